import { expect, test } from "vitest";
import { createBucket, flood } from "./live-socket.ts";
import { lineOfFault, logTo } from "./log.ts";
import { isOwnOrigin, isTrustworthy } from "./origin.ts";
import { networkOf } from "./throttle.ts";

test("addresses of one IPv6 network are counted as one, and IPv4 addresses one by one", () => {
  const one = ["2001:db8:0:7::1", "2001:db8:0:7:ffff:ffff:ffff:ffff", "2001:0DB8:0000:0007:0:0:0:1"];
  expect(one.map(networkOf)).toEqual(Array(3).fill("2001:db8:0:7"));
  expect(networkOf("2001:db8:0:8::1")).not.toBe(networkOf("2001:db8:0:7::1"));
  expect(["::1", "::", "fe80::1"].map(networkOf)).toEqual(["0:0:0:0", "0:0:0:0", "fe80:0:0:0"]);
  expect(networkOf("192.0.2.7")).toBe("192.0.2.7");
});

test("browsers keep secure cookies over https and from their own machine, and nowhere else", () => {
  for (const host of ["localhost:8080", "a.localhost", "127.0.0.1:1", "127.1.2.3", "[::1]:8080"])
    expect([host, isTrustworthy("http://localhost:8080", host)]).toEqual([host, true]);
  for (const host of [undefined, "192.0.2.7:8080", "localhost.evil.example", "evil.example", "1127.0.0.1"])
    expect([host, isTrustworthy("http://localhost:8080", host)]).toEqual([host, false]);
  expect(isTrustworthy("https://selmo.example", "192.0.2.7")).toBe(true);
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
