// Ages are reckoned to the day, around leap days and the turn of the year (C11).
import { expect, test } from "vitest";
import { birthDateIn, hasReached, isAgeAsked } from "./age.ts";

const at = (day: string): Date => new Date(`${day}T12:00:00Z`);
const born = (day: string, now = "2026-11-28") => {
  const [year, month, date] = day.split("-");
  return birthDateIn({ year, month, day: date }, at(now));
};

test.each([
  ["2013-11-28", "2026-11-28", true],
  ["2013-11-29", "2026-11-28", false],
  ["2013-11-29", "2026-11-29", true],
  ["2013-12-31", "2026-12-31", true],
  ["2014-01-01", "2026-12-31", false],
  ["2012-02-29", "2025-02-28", false],
  ["2012-02-29", "2025-03-01", true],
  ["1900-01-01", "2026-11-28", true],
])("who was born on %s has reached 13 on %s: %s", (day, now, reached) => {
  const date = born(day, now);
  expect(date && hasReached(13, date, at(now))).toBe(reached);
});

test.each([
  "2026-11-29",
  "2025-02-29",
  "2013-13-01",
  "2013-00-10",
  "2013-04-31",
  "1890-01-01",
  "13-04-01",
  "2013-4-x",
  "2013--1-01",
  "99999-01-01",
  "--",
])("%s is no day on which somebody who lives was born", (day) => expect(born(day)).toBeNull());

test("blanks around numbers do no harm, and what is no text is no date", () => {
  expect(birthDateIn({ year: " 1990", month: "5 ", day: "09" }, at("2026-11-28"))).toEqual({
    year: 1990,
    month: 5,
    day: 9,
  });
  expect(birthDateIn({ year: 1990, month: ["5"], day: undefined }, at("2026-11-28"))).toBeNull();
});

test("it is asked where the policy says so, and where there is no limit nowhere", () => {
  const age = { limit: 13, ask: ["technician-registration"] } as never;
  expect(isAgeAsked({ age }, "technician-registration")).toBe(true);
  expect(isAgeAsked({ age }, "session-join")).toBe(false);
  expect(isAgeAsked({ age: null }, "technician-registration")).toBe(false);
});
