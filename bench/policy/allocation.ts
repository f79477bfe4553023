// Bytes that the heap grows by for a decision that allows, once such a decision has been made before.
import { PerformanceObserver } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { decide, type Ask, type Compiled } from "../../dist/policy/core.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const decideAgain = (compiled: Compiled, asks: readonly Ask[], passes: number): number => {
  let allowed = 0;
  for (let pass = 0; pass < passes; pass += 1)
    for (const ask of asks) if (decide(compiled, ask).effect === "allow") allowed += 1;
  return allowed;
};

export type Allocated = { bytes: number; collections: number };

/**
 * Bytes a decision, and how often garbage was collected meanwhile: only if never do the bytes tell everything. Of several
 * goes the least, since the compiler and the clock leave some too.
 */
export const measureAllocation = async (
  compiled: Compiled,
  asks: readonly Ask[],
  decisions: number,
): Promise<Allocated> => {
  const goes = 5;
  const passes = Math.ceil(decisions / goes / asks.length);
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  observer.observe({ entryTypes: ["gc"] });
  const seen: Allocated[] = [];
  for (let go = 0; go < goes; go += 1) {
    collectGarbage();
    await sleep(100);
    collections = 0;
    const before = process.memoryUsage().heapUsed;
    const allowed = decideAgain(compiled, asks, passes);
    const grown = process.memoryUsage().heapUsed - before;
    await sleep(100);
    if (allowed !== passes * asks.length) throw new Error("an ask that was allowed was refused");
    seen.push({ bytes: grown / allowed, collections });
  }
  observer.disconnect();
  return seen.toSorted(
    (one, other) => one.collections - other.collections || one.bytes - other.bytes,
  )[0] as Allocated;
};
