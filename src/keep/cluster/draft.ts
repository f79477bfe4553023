// A cluster from a copy: its files are put where a cluster lies, beside the one that is in use, and it can take that one's place (K1).
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { accountFor } from "./account.ts";
import { giveAll, keep } from "./folder.ts";
import { linkedPlace, outsideFor } from "./lead-outside.ts";
import { placeFor, whereDataIs } from "./place.ts";
import { readPidFile, whoHas } from "./pid-file.ts";
import type { Account } from "./run-program.ts";

export type Draft = {
  /** The folder to hand to `openCluster`. */
  dir: string;
  place: string;
  dataDir: string;
  account: Account;
};

/** Makes the place of a cluster in `dir`, and has its files filled in. Nothing of it is left when that fails. */
export async function draftCluster(
  dir: string,
  fill: (draft: Draft) => Promise<void>,
  progress: (line: string) => void,
): Promise<Draft> {
  // Whoever owns the cluster that is in use is to own this one.
  const account = await accountFor(await whereDataIs(join(dir, "../pg")));
  const outside = await outsideFor(resolve(dir));
  const place = await placeFor(resolve(dir), { folder: outside, account, progress });
  const dataDir = join(place, "cluster");
  const draft = { dir, place, dataDir, account };
  try {
    await mkdir(dataDir, { mode: 0o700 });
    await fill(draft);
    await giveAll(dataDir, account);
    await keep(place);
    return draft;
  } catch (fault) {
    await removeCluster(dir);
    throw fault;
  }
}

/** Removes a cluster that is not running, wherever it lies. */
export async function removeCluster(dir: string): Promise<void> {
  const outside = await linkedPlace(dir).catch(() => undefined);
  if (outside !== undefined) await rm(outside, { recursive: true, force: true });
  await rm(dir, { recursive: true, force: true });
}

/** Whether a PostgreSQL is at work on the cluster of `dir`. */
export async function isRunning(dir: string): Promise<boolean> {
  const dataDir = await whereDataIs(dir);
  const file = await readPidFile(dataDir);
  return file !== undefined && (await whoHas(file.pid, dataDir)) === "postgres";
}

/** Whether there is a cluster in `dir` at all. */
export async function isMade(dir: string): Promise<boolean> {
  return (await stat(join(await whereDataIs(dir), "PG_VERSION")).catch(() => undefined)) !== undefined;
}

const wholeMark = "whole";

/** Puts `dir` in the place of `current`, which from then on lies in `aside`. After a kill, `finishTakingPlace` ends it. */
export async function takePlaceOf(dir: string, current: string, aside: string): Promise<void> {
  const mark = await open(join(dir, wholeMark), "w");
  await mark.sync();
  await mark.close();
  await keep(dir);
  await rename(current, aside).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== "ENOENT") throw fault;
  });
  await finishTakingPlace(dir, current);
}

/** Where `current` is gone and `dir` was whole and about to take its place, it does. */
export async function finishTakingPlace(dir: string, current: string): Promise<void> {
  if ((await stat(current).catch(() => undefined)) !== undefined) return;
  if ((await stat(join(dir, wholeMark)).catch(() => undefined)) === undefined) return;
  await rename(dir, current);
  await rm(join(current, wholeMark), { force: true });
  await keep(join(current, ".."));
}
