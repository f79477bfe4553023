import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dueAfter, knowsCalendar, startOfDay, type Delay } from "./calendar.ts";

const business = (amount: number, calendar = "US"): Delay => ({ amount, unit: "business-days", calendar });

const due = async (asked: string, delay: Delay): Promise<string> =>
  (await dueAfter(new Date(asked), delay)).at.toISOString();

describe("business days", () => {
  test.each([
    // asked, business days, calendar, due
    ["an ordinary fortnight", "2026-08-04T15:00:00Z", 10, "US", "2026-08-19T04:00:00.000Z"],
    ["asked on a Saturday", "2026-08-01T15:00:00Z", 10, "US", "2026-08-15T04:00:00.000Z"],
    ["asked on a Sunday is as on the Saturday", "2026-08-02T15:00:00Z", 10, "US", "2026-08-15T04:00:00.000Z"],
    ["asked in the last minute of a day there", "2026-08-05T03:59:00Z", 1, "US", "2026-08-06T04:00:00.000Z"],
    ["asked a minute later", "2026-08-05T04:00:00Z", 1, "US", "2026-08-07T04:00:00.000Z"],
    ["over Labor Day", "2026-09-04T12:00:00Z", 1, "US", "2026-09-09T04:00:00.000Z"],
    ["over Thanksgiving", "2026-11-25T12:00:00Z", 1, "US", "2026-11-28T05:00:00.000Z"],
    ["over Christmas and New Year", "2026-12-23T12:00:00Z", 10, "US", "2027-01-09T05:00:00.000Z"],
    [
      "a holiday on a Saturday is kept on the Friday",
      "2026-07-01T12:00:00Z",
      2,
      "US",
      "2026-07-07T04:00:00.000Z",
    ],
    [
      "a holiday on a Sunday is kept on the Monday",
      "2027-07-02T12:00:00Z",
      1,
      "US",
      "2027-07-07T04:00:00.000Z",
    ],
    ["over the start of summer time", "2026-03-06T12:00:00Z", 1, "US", "2026-03-10T04:00:00.000Z"],
    ["over the end of summer time", "2026-10-30T12:00:00Z", 1, "US", "2026-11-03T05:00:00.000Z"],
    ["over a leap day", "2028-02-28T15:00:00Z", 1, "US", "2028-03-01T05:00:00.000Z"],
    ["over a February without one", "2027-02-26T15:00:00Z", 1, "US", "2027-03-02T05:00:00.000Z"],
    ["over the end of a month of 30 days", "2026-06-30T15:00:00Z", 1, "US", "2026-07-02T04:00:00.000Z"],
    ["over the end of a year", "2026-12-31T15:00:00Z", 1, "US", "2027-01-05T05:00:00.000Z"],
    ["over Easter in Germany", "2027-03-25T12:00:00Z", 1, "DE", "2027-03-30T22:00:00.000Z"],
    [
      "a day that is a holiday in one state alone",
      "2026-06-03T12:00:00Z",
      1,
      "DE-BY",
      "2026-06-05T22:00:00.000Z",
    ],
    ["and none in the next", "2026-06-03T12:00:00Z", 1, "DE-BE", "2026-06-04T22:00:00.000Z"],
    ["where people work on Sundays", "2026-06-04T12:00:00Z", 1, "IL", "2026-06-07T21:00:00.000Z"],
    ["on the other side of the date line", "2026-06-11T11:30:00Z", 1, "NZ", "2026-06-12T12:00:00.000Z"],
    [
      "over a day that is a holiday in California",
      "2026-11-25T12:00:00Z",
      1,
      "US-CA",
      "2026-12-01T08:00:00.000Z",
    ],
    ["and another, by that state's clock", "2026-03-30T12:00:00Z", 1, "US-CA", "2026-04-02T07:00:00.000Z"],
    [
      "over Christmas on a Friday and a Saturday",
      "2026-12-23T12:00:00Z",
      2,
      "GB",
      "2026-12-30T00:00:00.000Z",
    ],
    ["over Scotland's second of January", "2026-12-31T12:00:00Z", 1, "GB-SCT", "2027-01-06T00:00:00.000Z"],
    ["which England does not keep", "2026-12-31T12:00:00Z", 1, "GB-ENG", "2027-01-05T00:00:00.000Z"],
    [
      "a holiday on a Saturday that nobody makes up for",
      "2026-10-30T12:00:00Z",
      1,
      "DE-BB",
      "2026-11-02T23:00:00.000Z",
    ],
    ["where people rest on Friday and Saturday", "2026-06-04T12:00:00Z", 2, "SA", "2026-06-08T21:00:00.000Z"],
    [
      "a New Year on a Saturday, kept in the year before",
      "2021-12-30T12:00:00Z",
      2,
      "US",
      "2022-01-05T05:00:00.000Z",
    ],
    [
      "a New Year on a Sunday, kept on the Monday",
      "2022-12-30T12:00:00Z",
      1,
      "US",
      "2023-01-04T05:00:00.000Z",
    ],
    [
      "asked when it is the next year there already",
      "2026-12-31T23:30:00Z",
      1,
      "DE",
      "2027-01-04T23:00:00.000Z",
    ],
    [
      "asked when it is the old year there still",
      "2027-01-01T04:59:00Z",
      1,
      "US",
      "2027-01-05T05:00:00.000Z",
    ],
    ["over the start of summer time in Europe", "2026-03-27T12:00:00Z", 1, "DE", "2026-03-30T22:00:00.000Z"],
    ["over its end", "2026-10-23T12:00:00Z", 1, "DE", "2026-10-26T23:00:00.000Z"],
    [
      "over its start in the south, and a holiday",
      "2026-10-02T10:00:00Z",
      1,
      "AU-NSW",
      "2026-10-06T13:00:00.000Z",
    ],
    [
      "over Easter and the end of summer time in the south",
      "2026-04-03T12:00:00Z",
      1,
      "AU-NSW",
      "2026-04-07T14:00:00.000Z",
    ],
    ["where clocks are put forward at midnight", "2026-09-04T12:00:00Z", 1, "CL", "2026-09-08T03:00:00.000Z"],
    ["and back at midnight", "2026-04-03T12:00:00Z", 1, "CL", "2026-04-07T04:00:00.000Z"],
    ["with a leap day among them", "2028-02-28T12:00:00Z", 2, "DE", "2028-03-01T23:00:00.000Z"],
    ["asked on a leap day", "2028-02-29T12:00:00Z", 1, "DE", "2028-03-01T23:00:00.000Z"],
    [
      "over the February of a century that has none",
      "2100-02-26T12:00:00Z",
      1,
      "DE",
      "2100-03-01T23:00:00.000Z",
    ],
    ["no days at all end with the day", "2026-08-04T15:00:00Z", 0, "US", "2026-08-05T04:00:00.000Z"],
  ])("%s", async (_, asked, amount, calendar, expected) => {
    expect(await due(asked, business(amount, calendar))).toBe(expected);
  });

  test("whoever asks later is not done sooner, and a day more is later, whenever and wherever it is asked", async () => {
    const instant = fc.date({
      min: new Date("2020-01-01"),
      max: new Date("2035-12-31"),
      noInvalidDate: true,
    });
    const calendar = fc.constantFrom("US", "US-CA", "DE-BY", "GB-SCT", "IL", "CL", "NZ");
    const later = fc.integer({ min: 0, max: 3 * 86_400_000 });
    await fc.assert(
      fc.asyncProperty(
        instant,
        later,
        fc.integer({ min: 0, max: 12 }),
        calendar,
        async (at, by, days, name) => {
          const now = await dueAfter(at, business(days, name));
          const then = await dueAfter(new Date(at.getTime() + by), business(days, name));
          const more = await dueAfter(at, business(days + 1, name));
          expect(now.at > at).toBe(true);
          expect(then.at >= now.at).toBe(true);
          expect(more.at > now.at).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("say by which zone and which version of the calendar they were counted", async () => {
    const { zone, calendar } = await dueAfter(new Date("2026-08-04T15:00:00Z"), business(10));
    expect(zone).toBe("America/New_York");
    expect(calendar).toMatch(/^US, date-holidays \d+\.\d+\.\d+$/);
  });

  test("are not counted by a calendar that there is not", async () => {
    await expect(due("2026-08-04T15:00:00Z", business(1, "XX"))).rejects.toThrow("there is no calendar XX");
    expect(["US", "DE", "DE-BY", "XX", "US-", "us", "", "../US"].filter(knowsCalendar)).toEqual([
      "US",
      "DE",
      "DE-BY",
    ]);
  });
});

describe("days that are no business days", () => {
  test.each([
    ["2026-03-08T05:30:00Z", { amount: 3, unit: "days" }, "2026-03-11T05:30:00.000Z"],
    ["2028-02-28T12:00:00Z", { amount: 2, unit: "days" }, "2028-03-01T12:00:00.000Z"],
    ["2026-12-31T23:00:00Z", { amount: 2, unit: "hours" }, "2027-01-01T01:00:00.000Z"],
    ["2026-12-31T23:00:00Z", { amount: 0, unit: "hours" }, "2026-12-31T23:00:00.000Z"],
  ] as const)("%s and %o", async (asked, delay, expected) => {
    expect(await due(asked, { ...delay, calendar: null })).toBe(expected);
  });
});

describe("the first instant of a day", () => {
  test.each([
    ["where clocks are put forward at midnight", "America/Havana", [2026, 3, 8], "2026-03-08T05:00:00.000Z"],
    ["where clocks are put back at midnight", "America/Havana", [2026, 11, 1], "2026-11-01T04:00:00.000Z"],
    ["where they are put back to the day before", "Asia/Beirut", [2026, 10, 25], "2026-10-24T22:00:00.000Z"],
    ["where a day was left out", "Pacific/Apia", [2011, 12, 31], "2011-12-30T10:00:00.000Z"],
    ["put forward at midnight on a Friday", "Africa/Cairo", [2026, 4, 24], "2026-04-23T22:00:00.000Z"],
    ["put back in the last hour of a Thursday", "Africa/Cairo", [2026, 10, 30], "2026-10-29T22:00:00.000Z"],
    ["put forward at midnight in the south", "America/Santiago", [2026, 9, 6], "2026-09-06T04:00:00.000Z"],
    ["put forward from the first hour", "Atlantic/Azores", [2026, 3, 29], "2026-03-29T01:00:00.000Z"],
    [
      "put back to midnight, which comes twice",
      "Atlantic/Azores",
      [2026, 10, 25],
      "2026-10-25T00:00:00.000Z",
    ],
    ["put forward by half an hour", "Australia/Lord_Howe", [2026, 10, 4], "2026-10-03T13:30:00.000Z"],
    ["a quarter of an hour off", "Asia/Kathmandu", [2026, 1, 1], "2025-12-31T18:15:00.000Z"],
    ["a leap day", "Europe/Berlin", [2028, 2, 29], "2028-02-28T23:00:00.000Z"],
    ["far east", "Pacific/Kiritimati", [2026, 1, 1], "2025-12-31T10:00:00.000Z"],
    ["far west", "Pacific/Pago_Pago", [2026, 1, 1], "2026-01-01T11:00:00.000Z"],
  ] as const)("%s", (_, zone, [year, month, day], expected) => {
    expect(startOfDay(zone, { year, month, day }).toISOString()).toBe(expected);
  });
});
