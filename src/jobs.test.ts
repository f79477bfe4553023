import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchClock } from "./keep/clock-watch.ts";
import { inTurn, startJobs } from "./jobs.ts";

const day = 86_400_000;
let offset = 0;
let swept = 0;
let erased = 0;
let stop: () => Promise<void>;
const codes: string[] = [];

const start = async (movable: boolean): Promise<void> => {
  const clock = () => new Date(Date.now() + offset);
  const watch = await watchClock({
    vault: { recall: () => Promise.resolve(null), remember: () => Promise.resolve() },
    clock,
    movable,
    steady: () => ({ boot: "one", seconds: performance.now() / 1000 }),
  });
  stop = startJobs({
    clock,
    isAhead: () => watch.isAhead(),
    sweep: () => {
      swept += 1;
      return Promise.resolve();
    },
    endIdle: () => Promise.resolve(),
    beat: () => Promise.resolve(),
    beside: [],
    ending: [
      () => {
        erased += 1;
        return Promise.resolve();
      },
    ],
    log: ({ code }) => void codes.push(code ?? ""),
    onFault: (fault) => {
      throw fault;
    },
  });
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date", "performance"] });
  offset = 0;
  swept = 0;
  erased = 0;
  codes.length = 0;
});
afterEach(async () => {
  await stop();
  vi.useRealTimers();
});

test("sweeps soon after the start, and then every ten minutes", async () => {
  await start(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(swept).toBe(1);
  await vi.advanceTimersByTimeAsync(11 * 60_000);
  expect(swept).toBe(2);
});

test("halts when the clock jumps ahead by more than a day, and says so", async () => {
  await start(false);
  await vi.advanceTimersByTimeAsync(5000);
  offset = 365 * day;
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(swept).toBe(1);
  expect(codes.join()).toMatch(/jumped ahead/);
});

test("goes on by itself once the clock is right again", async () => {
  await start(false);
  await vi.advanceTimersByTimeAsync(5000);
  offset = 365 * day;
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  offset = 0;
  await vi.advanceTimersByTimeAsync(11 * 60_000);
  expect(swept).toBeGreaterThan(1);
  expect(codes).toHaveLength(2);
});

test("erases nobody by a clock that has just jumped, not even in the same moment", async () => {
  await start(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(erased).toBe(2);
  offset = 365 * day;
  await vi.advanceTimersByTimeAsync(60 * 60_000);
  expect(erased).toBe(2);
});

test("goes on after a jump where the clock may be moved on purpose, and after one backwards", async () => {
  await start(true);
  await vi.advanceTimersByTimeAsync(5000);
  offset = 31 * day;
  await vi.advanceTimersByTimeAsync(5000);
  expect(swept).toBe(2);
  offset = 0;
  await vi.advanceTimersByTimeAsync(5000);
  expect(swept).toBe(3);
});

test("a step that fails keeps none of the others from being done, and is told of", async () => {
  const done: string[] = [];
  const step = (name: string) => () => Promise.resolve(done.push(name));
  const faults: unknown[] = [];
  const fails = () => Promise.reject(new Error("no disk"));
  await inTurn([step("first"), fails, step("last")], (fault) => void faults.push(fault))();
  expect(done).toEqual(["first", "last"]);
  expect(faults).toHaveLength(1);
});
