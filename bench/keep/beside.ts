// What people in a room notice of something that goes on beside them: latency before it, during it, and after it.
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { percentile } from "../parts/figures.ts";
import { descendant } from "../parts/processes.ts";
import type { Talk } from "./folder.ts";

export type Latency = { p50: number; p99: number; messages: number };

export type Beside = { quiet: Latency; during: Latency; took: number };

const settle = () => promisify(execFile)("sync");

const latencyOf = (all: readonly number[]): Latency => ({
  p50: percentile(all, 0.5),
  p99: percentile(all, 0.99),
  messages: all.length,
});

/**
 * Of all messages, so that a short stall weighs what it weighs. Quiet is measured on both sides, since a shared machine
 * changes meanwhile, and the more rounds, the less it depends on the seconds that were met. `took` is the longest.
 * @param seconds of quiet, before and after each
 */
export const beside = async (
  talk: Talk,
  { rate, seconds, rounds = 1 }: { rate: number; seconds: number; rounds?: number },
  act: () => Promise<unknown>,
  prepare: (round: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<Beside> => {
  const during: number[] = [];
  const quiet: number[] = [];
  let took = 0;
  for (let round = 0; round < rounds; round += 1) {
    await prepare(round);
    // What others have left to be written belongs to neither side.
    await settle();
    await talk.atRate(rate, 3);
    quiet.push(...(await talk.atRate(rate, seconds)));
    const began = performance.now();
    let over = false;
    const acting = act().finally(() => {
      over = true;
      took = Math.max(took, (performance.now() - began) / 1000);
    });
    while (!over) during.push(...(await talk.atRate(rate, 0.5)));
    await acting;
    await settle();
    await talk.atRate(rate, 1);
    quiet.push(...(await talk.atRate(rate, seconds)));
  }
  return { quiet: latencyOf(quiet), during: latencyOf(during), took };
};

const processOf = async (named: string): Promise<number> => {
  for (let tries = 0; tries < 500; tries += 1) {
    const pid = await descendant(named);
    if (pid !== null) return pid;
    await sleep(10);
  }
  throw new Error(`no process of ${named} was started`);
};

/** False where the process is over. */
const signal = (pid: number, name: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
};

/**
 * What goes on in a process of its own is halted and let go on by turns, so that quiet is of the same minutes: a disk
 * that is shared changes within one. `took` is what it had of them; what is left of it is done with nobody talking.
 * @param named in the command of that process
 * @param turns of so many seconds each, at most
 */
export const byTurns = async (
  talk: Talk,
  { rate, seconds, turns }: { rate: number; seconds: number; turns: number },
  named: string,
  act: () => Promise<unknown>,
): Promise<Beside> => {
  await settle();
  await talk.atRate(rate, 3);
  const during: number[] = [];
  const quiet: number[] = [];
  let over = false;
  const acting = act().finally(() => (over = true));
  acting.catch(() => undefined);
  const pid = await processOf(named);
  let took = 0;
  for (let turn = 0; turn < turns && !over; turn += 1) {
    const began = performance.now();
    while (!over && performance.now() - began < seconds * 1000)
      during.push(...(await talk.atRate(rate, 0.5)));
    took += (performance.now() - began) / 1000;
    if (over) break;
    if (!signal(pid, "SIGSTOP")) break;
    try {
      // What it had begun to write belongs to it.
      await talk.atRate(rate, 0.5);
      quiet.push(...(await talk.atRate(rate, seconds)));
    } finally {
      signal(pid, "SIGCONT");
    }
  }
  await acting;
  return { quiet: latencyOf(quiet), during: latencyOf(during), took };
};
