// The instant at which something is due, in the zone in which it was counted, so that it is nobody's guess (R4).
import { en } from "../../messages/en.ts";
import { useReading } from "../../reading.ts";

export type ShownDue = { at: number; zone: string };

/** "Wednesday, 9 December 2026, 00:00 (America/New_York)". */
export const DueAt = ({ due: { at, zone } }: { due: ShownDue }) => (
  <time class="due" datetime={new Date(at).toISOString()}>
    {new Intl.DateTimeFormat(useReading().words.locale, {
      timeZone: zone,
      dateStyle: "full",
      timeStyle: "short",
    }).format(at)}{" "}
    ({zone.replaceAll("_", " ")})
  </time>
);

/** A time that a law sets: "3 years" where it is whole years, else days. */
export const inYears = (days: number, { years, days: inDays } = en.erased): string =>
  days % 365 < 5 && days >= 365 ? years(Math.round(days / 365)) : inDays(days);
