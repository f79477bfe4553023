// What people in a room notice of something that goes on beside them: latency before it, during it, and after it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { percentile } from "../parts/figures.ts";
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
 * changes meanwhile.
 * @param seconds of quiet, before and after each
 */
export const beside = async (
  talk: Talk,
  { rate, seconds }: { rate: number; seconds: number },
  act: () => Promise<unknown>,
): Promise<Beside> => {
  // What others have left to be written belongs to neither side.
  await settle();
  await talk.atRate(rate, 3);
  const quiet = await talk.atRate(rate, seconds);
  const began = performance.now();
  let over = false;
  let took = 0;
  const acting = act().finally(() => {
    over = true;
    took = (performance.now() - began) / 1000;
  });
  const during: number[] = [];
  while (!over) during.push(...(await talk.atRate(rate, 0.5)));
  await acting;
  await settle();
  await talk.atRate(rate, 1);
  quiet.push(...(await talk.atRate(rate, seconds)));
  return { quiet: latencyOf(quiet), during: latencyOf(during), took };
};
