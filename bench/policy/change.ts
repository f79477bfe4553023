// How long the slowest decision takes in a process that decides without end, while a new version is loaded and put in force.
import { closeSync, openSync, readSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { loadPolicy } from "../../dist/load-policy.js";
import { decide, type Ask, type Compiled } from "../../dist/policy/core.js";
import { median } from "../parts/figures.ts";

/** From one answer to the next, in milliseconds: on the clock, and without what this thread waited for a processor. */
export type Slowest = { clock: number; own: number };

export const none = (): Slowest => ({ clock: 0, own: 0 });

const buffer = Buffer.alloc(100);

/** Milliseconds that this thread was ready to run and was not let; 0 where Linux does not tell. */
const openWaits = (): { waited: () => number; close: () => void } => {
  try {
    const file = openSync("/proc/self/schedstat", "r");
    const waited = () => {
      const length = readSync(file, buffer, 0, buffer.length, 0);
      return Number(buffer.toString("latin1", 0, length).split(" ")[1]) / 1e6;
    };
    return { waited, close: () => closeSync(file) };
  } catch {
    return { waited: () => 0, close: () => undefined };
  }
};

/** Milliseconds after which the event loop gets its turn. */
const turn = 1;

/** Decides until told to stop, in turns with whatever else the process has to do. */
export const decideWithoutEnd = (compiled: Compiled, asks: readonly Ask[]) => {
  const { waited, close } = openWaits();
  const running = { compiled, slowest: none(), decided: 0, stopped: false };
  let last = performance.now();
  let waitedBefore = waited();
  const note = (clock: number): void => {
    const waits = waited();
    const own = Math.max(0, clock - (waits - waitedBefore));
    waitedBefore = waits;
    running.slowest = {
      clock: Math.max(running.slowest.clock, clock),
      own: Math.max(running.slowest.own, own),
    };
  };
  const decideForATurn = (): void => {
    note(performance.now() - last);
    last = performance.now();
    const until = last + turn;
    let longest = 0;
    while (last < until) {
      decide(running.compiled, asks[running.decided % asks.length] as Ask);
      running.decided += 1;
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
    note(longest);
    last = performance.now();
    if (running.stopped) close();
    else setImmediate(decideForATurn);
  };
  setImmediate(decideForATurn);
  return running;
};

export const summed = (all: readonly Slowest[]) => ({
  clock: median(all.map(({ clock }) => clock)),
  own: median(all.map(({ own }) => own)),
  mostOwn: Math.max(...all.map(({ own }) => own)),
});

/** Each change is loaded from text by `loadPolicy`; before it, the same time without one. */
export const measureChanges = async (
  compiled: Compiled,
  textOf: (version: number) => string,
  asks: readonly Ask[],
  changes: number,
) => {
  const running = decideWithoutEnd(compiled, asks);
  const [quiet, around]: [Slowest[], Slowest[]] = [[], []];
  const took: number[] = [];
  await sleep(500);
  for (let change = 1; change <= changes; change += 1) {
    const text = textOf(change + 1);
    running.slowest = none();
    const began = performance.now();
    const loaded = await loadPolicy(text, "large.yaml");
    if (loaded.compiled === null) throw new Error("the changed policy does not check");
    running.compiled = loaded.compiled;
    const lasted = performance.now() - began;
    await sleep(100);
    around.push(running.slowest);
    took.push(lasted);
    running.slowest = none();
    await sleep(lasted + 100);
    quiet.push(running.slowest);
  }
  running.stopped = true;
  if (running.compiled.policy.version !== changes + 1) throw new Error("the last change is not in force");
  return { quiet: summed(quiet), around: summed(around), tookMs: median(took), decided: running.decided };
};
