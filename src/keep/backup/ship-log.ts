// Takes finished pieces of the log to the backup place, sealed, and lets go of them only then (K1).
import { createReadStream } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Store } from "./store.ts";

/** Segments, marks of base copies, and histories of timelines (PostgreSQL, "Continuous Archiving"). */
const ofLog = /^([0-9A-F]{24}|[0-9A-F]{24}\.[0-9A-F]{8}\.backup|[0-9A-F]{8}\.history)$/;

/** Names of what waits in a spool, oldest first. */
export const waitingIn = async (spool: string): Promise<string[]> =>
  (await readdir(spool).catch(() => [])).filter((name) => ofLog.test(name)).sort();

/**
 * Takes everything that waits; stops at the first that can't be taken, and leaves it and what follows where they are.
 * @returns how many were taken
 */
export const shipLog = async (spool: string, store: Store): Promise<number> => {
  const names = await waitingIn(spool);
  for (const name of names) {
    const file = path.join(spool, name);
    await store.put("log", name, () => createReadStream(file, { highWaterMark: 1 << 20 }));
    await rm(file, { force: true });
  }
  return names.length;
};
