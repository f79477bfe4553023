// An instant as people read it: in UTC as it leaves the server, which knows nobody's zone; a small module makes it local.
import { en } from "../../messages/en.ts";
import { useReading } from "../../reading.ts";

type Formats = { day: Intl.DateTimeFormat; clock: Intl.DateTimeFormat };

/** Made once for each language: making one takes longer than using it. */
const formats = new Map<string, Formats>();

const formatsOf = (locale: string): Formats => {
  const known = formats.get(locale) ?? {
    day: new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }),
    clock: new Intl.DateTimeFormat(locale, { timeZone: "UTC", hour: "2-digit", minute: "2-digit" }),
  };
  formats.set(locale, known);
  return known;
};

export type Shown = "date" | "time" | "both";

/** `at` in milliseconds since 1970 UTC. */
export const When = ({ at, show = "both" }: { at: number; show?: Shown }) => {
  const { day, clock } = formatsOf(useReading().words.locale);
  return (
    <time datetime={new Date(at).toISOString()} data-show={show}>
      {show === "time" ? null : day.format(at)}
      {show === "both" ? ", " : null}
      {show === "date" ? null : `${clock.format(at)} UTC`}
    </time>
  );
};

/** A date of the calendar, "2026-12-01": the same day in every zone. */
export const CalendarDay = ({ date }: { date: string }) => (
  <time datetime={date}>{formatsOf(useReading().words.locale).day.format(Date.parse(date))}</time>
);

/** The UTC day of an instant, "2026-12-01": two instants with the same one stand under one heading. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** A length of time in words, from milliseconds: "less than a minute", "12 min", "1 h 05 min". */
export const inWords = (ms: number, { shorter } = en.account): string => {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return shorter;
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
};
