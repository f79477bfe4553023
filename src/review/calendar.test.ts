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
    ["no days at all end with the day", "2026-08-04T15:00:00Z", 0, "US", "2026-08-05T04:00:00.000Z"],
  ])("%s", async (_, asked, amount, calendar, expected) => {
    expect(await due(asked, business(amount, calendar))).toBe(expected);
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
    ["far east", "Pacific/Kiritimati", [2026, 1, 1], "2025-12-31T10:00:00.000Z"],
    ["far west", "Pacific/Pago_Pago", [2026, 1, 1], "2026-01-01T11:00:00.000Z"],
  ] as const)("%s", (_, zone, [year, month, day], expected) => {
    expect(startOfDay(zone, { year, month, day }).toISOString()).toBe(expected);
  });
});
