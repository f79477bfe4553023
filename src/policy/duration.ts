/** Reads how long something lasts, in the words of a policy: "180 days", "10 business days", "2 years" (K6). */

const perUnit = { minute: 1 / 1440, hour: 1 / 24, day: 1, week: 7, month: 365.2425 / 12, year: 365.2425 };
type Unit = keyof typeof perUnit;

export const durationPattern = /^(\d{1,5}) (minute|hour|day|week|month|year)s?$/;
export const businessPattern = /^(\d{1,3}) business days?$/;

/** Days, as a fraction below a day; from a month up, whole days rounded up, so that a duty is never cut short. Null if not a duration. */
export function durationDays(text: string): number | null {
  const found = durationPattern.exec(text);
  if (found === null) return null;
  const days = Number(found[1]) * perUnit[found[2] as Unit];
  return days > 27 ? Math.ceil(days) : days;
}

/** Business days, or null where the text does not speak of business days. */
export function businessDays(text: string): number | null {
  const found = businessPattern.exec(text);
  return found === null ? null : Number(found[1]);
}
