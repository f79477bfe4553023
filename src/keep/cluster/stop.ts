// Ends the server in good order: everything acknowledged is on disk, and the next start has nothing to repair.
import { readFile, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Running } from "./find-running.ts";
import { whoHas } from "./pid-file.ts";
import type { Programs } from "./programs.ts";
import { runProgram, type Account } from "./run-program.ts";
import type { EndWatch } from "./watch-end.ts";

export type Stopping = {
  running: Running;
  dataDir: string;
  programs: Programs;
  account: Account;
  end: EndWatch;
};

/** Milliseconds for an orderly end; after that it is cut short, and the next start replays its log instead. */
const orderly = 60_000;
const untilUnderWay = 5_000;
const cutShort = 20_000;

/** A function that stops the server once, however often it is called. */
export function stopper(stopping: Stopping): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  return () => (stopped ??= stop(stopping));
}

async function stop({ running, dataDir, programs, account, end }: Stopping): Promise<void> {
  end.ignore();
  const isGone = async () => (await whoHas(running.pid, dataDir)) !== "postgres";
  const tell = (mode: string) =>
    runProgram(programs.pg_ctl, ["stop", "-D", dataDir, "-m", mode, "-W"], account);
  if (!(await isGone())) {
    const isUnderWay = await shutdownWatch(join(dirname(dataDir), "postgresql.log"));
    await tell("fast");
    if (
      !(await comesTrue(isGone, untilUnderWay)) &&
      !((await isUnderWay()) && (await comesTrue(isGone, orderly)))
    ) {
      await tell("immediate");
      if (!(await comesTrue(isGone, cutShort)))
        throw new Error(`The database in ${dataDir} doesn't stop (process ${running.pid}).`);
    }
  }
  await running.launched?.ended;
  // Empty after an orderly end; a full one is cleared by a later start.
  await rmdir(running.socketDir).catch(() => undefined);
}

/**
 * Whether the server has said from now on that it is writing its last checkpoint, which may take long. Asked to end
 * in the midst of a recovery, PostgreSQL 18 finishes the recovery, never says so and never ends.
 */
async function shutdownWatch(log: string): Promise<() => Promise<boolean>> {
  const before = (await readFile(log).catch(() => Buffer.alloc(0))).length;
  return async () => {
    const said = await readFile(log).catch(() => Buffer.alloc(0));
    return said.subarray(before).includes("LOG:  shutting down");
  };
}

async function comesTrue(isSo: () => Promise<boolean>, patience: number): Promise<boolean> {
  const until = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > until) return false;
    await sleep(20);
  }
  return true;
}
