import { expect, test } from "vitest";
import { createBucket, flood } from "./live-socket.ts";
import { lineOfFault, logTo } from "./log.ts";
import { isOwnOrigin } from "./origin.ts";
import { createThrottle } from "./throttle.ts";

test("a throttle allows so many tries in a window, key by key, and takes back one that was none", () => {
  let now = 0;
  const throttle = createThrottle(2, 1000, () => now);
  expect(["a", "a", "a", "b"].map((key) => throttle.allow(key))).toEqual([true, true, false, true]);
  now = 1000;
  expect(throttle.allow("a")).toBe(true);
  throttle.refund("a");
  expect(["a", "a", "a"].map((key) => throttle.allow(key))).toEqual([true, true, false]);
});

test("a bucket gives a burst and then so many a second", () => {
  let now = 0;
  const bucket = createBucket(() => now);
  const taken = () => {
    let count = 0;
    while (bucket.take()) count += 1;
    return count;
  };
  expect(taken()).toBe(flood.burst);
  now = 1000;
  expect(taken()).toBe(flood.perSecond);
  now = 3_600_000;
  expect(taken()).toBe(flood.burst);
});

test("our own pages are told from others by host and port", () => {
  expect(isOwnOrigin("https://selmo.example", "selmo.example")).toBe(true);
  expect(isOwnOrigin(undefined, "selmo.example")).toBe(true);
  for (const origin of ["null", "https://evil.example", "https://selmo.example:444", "selmo.example"])
    expect([origin, isOwnOrigin(origin, "selmo.example")]).toEqual([origin, false]);
});

test("a fault is logged by name, code and place, never by its message", () => {
  const fault = Object.assign(new Error("Key (email)=(ann@example.org) exists"), { code: "23505" });
  const lines: string[] = [];
  logTo(
    (text) => lines.push(text),
    () => new Date(0),
  )({ event: "fault", ...lineOfFault(fault) });
  expect(lines.join()).toContain("23505");
  expect(lines.join()).toContain("guards.test.ts");
  expect(lines.join()).not.toContain("ann@");
});
