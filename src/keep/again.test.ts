import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { again } from "./again.ts";

const told: string[] = [];
let trouble: string | null = null;
let times = 0;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  told.length = 0;
  times = 0;
  stop = again(
    () => {
      times += 1;
      return trouble === null ? Promise.resolve() : Promise.reject(new Error(trouble));
    },
    { first: 1_000, every: 5_000 },
    (fault) => void told.push((fault as Error).message),
  );
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000);

test("tells of a trouble that goes on, or comes and goes, once in an hour, and of another one at once", async () => {
  trouble = "the store is gone";
  await minutes(10);
  expect(times).toBeGreaterThan(100);
  expect(told).toEqual(["the store is gone"]);
  trouble = "it refuses the key";
  await minutes(10);
  trouble = null;
  await minutes(10);
  trouble = "the store is gone";
  await minutes(20);
  expect(told).toEqual(["the store is gone", "it refuses the key"]);
  await minutes(20);
  expect(told.slice(2)).toEqual(["the store is gone"]);
});
