// How old somebody is who wants to come in: reckoned from a date that is kept nowhere (C11).
import type { Policy } from "../policy/core.ts";

export type BirthDate = { year: number; month: number; day: number };

/** Whether the policy has the question asked at a collection point, before anything else is taken in there. */
export const isAgeAsked = ({ age }: Pick<Policy, "age">, point: string): boolean =>
  age?.ask.includes(point) ?? false;

const longestLife = 130;

const numberIn = (typed: unknown): number =>
  typeof typed === "string" && /^\s*\d{1,4}\s*$/.test(typed) ? Number(typed) : Number.NaN;

/** A day that there was, on which somebody who lives may have been born; null for anything else. */
export const birthDateIn = (
  typed: Readonly<Record<"year" | "month" | "day", unknown>>,
  now: Date,
): BirthDate | null => {
  const [year, month, day] = [numberIn(typed.year), numberIn(typed.month), numberIn(typed.day)];
  const at = new Date(Date.UTC(year, month - 1, day));
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  if (!real || at > now || year < now.getUTCFullYear() - longestLife) return null;
  return { year, month, day };
};

/** Whether so many years have passed, by the calendar of UTC; who was born on a leap day has them on the first of March. */
export const hasReached = (limit: number, { year, month, day }: BirthDate, now: Date): boolean =>
  Date.UTC(year + limit, month - 1, day) <= now.getTime();
