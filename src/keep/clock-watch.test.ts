import { beforeEach, expect, test } from "vitest";
import { believeClock, clockWarnings, watchClock, type ClockWatch } from "./clock-watch.ts";

const minute = 60_000;
const day = 86_400_000;

/** A machine: what its clock says, and how long it has been on since it was started for the so-manieth time. */
let machine: { clock: number; boot: string; seconds: number };
const kept = new Map<string, string>();
const vault = {
  recall: (name: string) => Promise.resolve(kept.get(name) ?? null),
  remember: (name: string, value: string) => Promise.resolve(void kept.set(name, value)),
};
const clock = () => new Date(machine.clock);
const steady = () => ({ boot: machine.boot, seconds: machine.seconds });

const pass = (ms: number): void => {
  machine.clock += ms;
  machine.seconds += ms / 1000;
};

const started = (movable = false): Promise<ClockWatch> => watchClock({ vault, clock, movable, steady });

/** The service has run for a while, and has kept what it believes. */
const ranFor = async (ms: number): Promise<ClockWatch> => {
  const watch = await started();
  pass(ms);
  await watch.save();
  return watch;
};

const turnedOffFor = (ms: number): void => {
  machine = { clock: machine.clock + ms, boot: `${machine.boot}+`, seconds: 10 };
};

beforeEach(() => {
  kept.clear();
  machine = { clock: Date.UTC(2026, 10, 28), boot: "first", seconds: 5000 };
});

test("a clock that goes on is believed, also after the service, the machine, or both were off for a while", async () => {
  await ranFor(minute);
  pass(40 * day);
  expect((await started()).isAhead()).toBe(false);
  await (await started()).save();
  turnedOffFor(13 * day);
  expect((await started()).isAhead()).toBe(false);
});

test("a jump of more than a day is not believed, not after a restart of the service, and not after many", async () => {
  const watch = await ranFor(minute);
  machine.clock += day + minute;
  expect(watch.isAhead()).toBe(true);
  await watch.save();
  pass(3 * day);
  for (const again of [await started(), await started()]) {
    await again.save();
    expect(again.isAhead()).toBe(true);
    expect(clockWarnings(again.trouble()).join()).toMatch(/Nothing is ended.*upheld clock --right/);
  }
});

test("a clock that is a year ahead when the machine is turned on again is not believed", async () => {
  await ranFor(minute);
  turnedOffFor(365 * day);
  expect((await started()).isAhead()).toBe(true);
});

test("set right, it is believed again by itself; and as it is, once somebody says that it is right", async () => {
  const watch = await ranFor(minute);
  machine.clock += 365 * day;
  expect(watch.isAhead()).toBe(true);
  machine.clock -= 365 * day;
  expect(watch.trouble()).toBeNull();
  machine.clock += 365 * day;
  await believeClock(vault, clock, steady);
  expect(watch.isAhead()).toBe(true);
  await watch.save();
  expect(watch.trouble()).toBeNull();
  expect((await started()).trouble()).toBeNull();
});

test("a clock that was set back ends nothing sooner, is told, and is no jump when it is set right", async () => {
  const watch = await ranFor(minute);
  machine.clock -= 365 * day;
  pass(minute);
  await watch.save();
  expect(watch.isAhead()).toBe(false);
  expect(clockWarnings(watch.trouble()).join()).toMatch(/set back/);
  machine.clock += 365 * day;
  expect(watch.trouble()).toBeNull();
  machine.clock -= 365 * day;
  await believeClock(vault, clock, steady);
  await watch.save();
  expect(watch.trouble()).toBeNull();
});

test("a clock that is moved on purpose is always believed, and nothing of it is kept", async () => {
  const watch = await started(true);
  machine.clock += 365 * day;
  await watch.save();
  expect([watch.trouble(), kept.size]).toEqual([null, 0]);
});
