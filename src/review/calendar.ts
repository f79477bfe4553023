// Counts the days until something is due, by the calendar of a country and in its zone, as both are today (R4).
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Erasure } from "../policy/core.ts";

/** An instant with the zone and the version of the calendar by which it was found; fixed once, never worked out again. */
export type Due = { at: Date; zone: string; calendar: string };

export type Delay = Pick<Erasure, "amount" | "unit" | "calendar">;

type Day = { year: number; month: number; day: number };

/** `month` from 1. The day of the month may run over: the 32nd of January is the 1st of February. */
const noonOf = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day, 12);

const dayInMs = 86_400_000;
const hourInMs = 3_600_000;

const require = createRequire(import.meta.url);
const holidaysFile = require.resolve("date-holidays/package.json");
const { version } = require(holidaysFile) as { version: string };

/** What a clock on the wall in the zone shows, as if it were UTC. */
const wallOf = (zone: string): ((instant: number) => number) => {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    ...({ year: "numeric", month: "2-digit", day: "2-digit" } as const),
    ...({ hour: "2-digit", minute: "2-digit", second: "2-digit" } as const),
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    return Date.UTC(
      part("year"),
      part("month") - 1,
      part("day"),
      part("hour"),
      part("minute"),
      part("second"),
    );
  };
};

const dayOf = (wall: number): Day => {
  const date = new Date(wall);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

const sameDay = (a: Day, b: Day): boolean => noonOf(a) === noonOf(b);

/** The first instant of a day in the zone: where clocks are put forward at midnight, that is one o'clock. */
export const startOfDay = (zone: string, day: Day): Date => {
  const wall = wallOf(zone);
  const midnight = noonOf(day) - 12 * hourInMs;
  const offsets = [midnight - dayInMs, midnight + dayInMs].map((near) => wall(near) - near);
  const candidates = offsets.map((offset) => midnight - offset).toSorted((a, b) => a - b);
  const first = candidates.find((instant) => sameDay(dayOf(wall(instant)), dayOf(noonOf(day))));
  return new Date(first ?? midnight);
};

type WeekInfo = { weekend: number[] };

/** Days of the week (1 is Monday) on which a country does not work; Unicode CLDR, as Node brings it. */
const weekendIn = (country: string): readonly number[] => {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getWeekInfo(): WeekInfo };
  return locale.getWeekInfo().weekend;
};

type Calendar = { zone: string; isBusiness: (noon: Date) => boolean };

/** Loaded when the first day is counted: the holidays of all countries take a second to read, and one's a while. */
const loadCalendar = async (name: string): Promise<Calendar> => {
  const { default: Holidays } = await import("date-holidays");
  const [country = "", state = "", region = ""] = name.split("-");
  const holidays = new Holidays(country, state, region);
  const [zone] = holidays.getTimezones();
  if (zone === undefined) throw new Error(`there is no calendar ${name}`);
  const weekend = weekendIn(country);
  const judge = (noon: Date): boolean => {
    const weekday = new Date(wallOf(zone)(noon.getTime())).getUTCDay() || 7;
    if (weekend.includes(weekday)) return false;
    const found = holidays.isHoliday(noon);
    return !found || found.every(({ type }) => type !== "public");
  };
  // A day's holidays are worked out for its whole year, each time they are asked for.
  const judged = new Map<number, boolean>();
  return {
    zone,
    isBusiness(noon) {
      const known = judged.get(noon.getTime()) ?? judge(noon);
      judged.set(noon.getTime(), known);
      return known;
    },
  };
};

const calendars = new Map<string, Promise<Calendar>>();

const openCalendar = (name: string): Promise<Calendar> => {
  const opened = calendars.get(name) ?? loadCalendar(name);
  calendars.set(name, opened);
  return opened;
};

/** Whether there is a calendar of that name, such as `US` or `DE`, or `US-CA` for a part of a country. */
export const knowsCalendar = (name: string): boolean =>
  /^[A-Z]{2}(-[A-Za-z0-9]{1,4}){0,2}$/.test(name) &&
  existsSync(path.join(path.dirname(holidaysFile), "data/countries", `${name.slice(0, 2)}.yaml`));

/** Why an erasure's delay can't be counted, in a sentence for whoever wrote the policy; null when it can. */
export const calendarFault = ({ unit, calendar }: Delay): string | null =>
  unit !== "business-days" || knowsCalendar(calendar ?? "")
    ? null
    : `The policy's erase.calendar ${calendar === null ? "is missing" : `"${calendar}" is not known`}: business days ` +
      "are counted by a country's calendar, such as US, DE or DE-BY.";

/** Whole business days have gone by when it is due: at the first instant of the day after the last of them. */
const afterBusinessDays = async (asked: Date, amount: number, name: string): Promise<Due> => {
  const { zone, isBusiness } = await openCalendar(name);
  let day = dayOf(wallOf(zone)(asked.getTime()));
  for (let left = amount; left > 0;) {
    day = dayOf(noonOf({ ...day, day: day.day + 1 }));
    if (isBusiness(new Date(startOfDay(zone, day).getTime() + 12 * hourInMs))) left -= 1;
  }
  const at = startOfDay(zone, { ...day, day: day.day + 1 });
  return { at, zone, calendar: `${name}, date-holidays ${version}` };
};

/** When something is due that was asked for at an instant. Days and hours that are not business days need no calendar. */
export const dueAfter = async (asked: Date, { amount, unit, calendar }: Delay): Promise<Due> => {
  if (unit === "business-days") return afterBusinessDays(asked, amount, calendar ?? "");
  const each = unit === "days" ? dayInMs : hourInMs;
  return { at: new Date(asked.getTime() + amount * each), zone: "UTC", calendar: "none" };
};
