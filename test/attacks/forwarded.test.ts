// A visitor who writes X-Forwarded-For gains nothing: not a fresh start at a throttle, nor another address in what is stored.
import { afterEach, expect, test } from "vitest";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { password, visitor } from "./visitor.ts";

let upheld: TestUpheld;
afterEach(() => upheld.stop());

const proxied = { UPHELD_TRUSTED_PROXY: "127.0.0.1, ::1" };

/** What the account page says of where its holder came from. */
const storedAddresses = async (headers: Record<string, string>): Promise<string> => {
  const person = visitor(upheld.url);
  const form = { "user-name": "Wilhelmina Quux", password, agree: "yes" };
  const { status } = await person.post("/register", form, headers);
  expect(status).toBe(303);
  return (await person.get("/account")).text;
};

/** Wrong codes, each with a header of its own; the answers' states. */
const guess = async (headerOf: (number: number) => string): Promise<number[]> => {
  const states: number[] = [];
  for (let number = 0; number < 12; number += 1) {
    const headers = { "x-forwarded-for": headerOf(number) };
    const { status } = await visitor(upheld.url).get("/join?code=RIVER-000-100", headers);
    states.push(status);
  }
  return states;
};

const throttled = [...Array<number>(10).fill(404), 429, 429];

test("with no proxy named the header is not read: neither the throttle nor the record believes it", async () => {
  upheld = await startForTest();
  expect(await guess((number) => `203.0.113.${number}`)).toEqual(throttled);
  expect(await storedAddresses({ "x-forwarded-for": "203.0.113.77" })).not.toContain("203.0.113.77");
});

test("behind a proxy what a visitor writes in front of the proxy's word is not believed either", async () => {
  upheld = await startForTest(proxied);
  expect(await guess((number) => `198.51.100.${number}, 203.0.113.9`)).toEqual(throttled);
});

test("behind a proxy each visitor is throttled alone, and recorded under the address that the proxy saw", async () => {
  upheld = await startForTest(proxied);
  expect(await guess((number) => `203.0.113.${number}`)).toEqual(Array<number>(12).fill(404));
  const text = await storedAddresses({ "x-forwarded-for": "198.51.100.1, 203.0.113.77" });
  expect(text).toContain("203.0.113.77");
  expect(text).not.toContain("198.51.100.1");
});
