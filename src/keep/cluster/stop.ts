// Ends the server in good order: everything acknowledged is on disk, and the next start has nothing to repair.
import { rmdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { knock } from "./knock.ts";
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
  password: string;
  end: EndWatch;
};

/** Seconds for an orderly end; after that it is cut short, and the next start replays its log instead. */
const orderly = 30;
const recovery = 10;
const cutShort = 20;

/** A function that stops the server once, however often it is called. */
export function stopper(stopping: Stopping): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  return () => (stopped ??= stop(stopping));
}

async function stop(stopping: Stopping): Promise<void> {
  const { running, dataDir, programs, account, end } = stopping;
  end.ignore();
  if ((await whoHas(running.pid, dataDir)) === "postgres") {
    const tell = (mode: string, seconds: number) =>
      runProgram(programs.pg_ctl, ["stop", "-D", dataDir, "-m", mode, "-w", "-t", String(seconds)], account);
    const isSound = await whenRecovered(stopping);
    const { code } = isSound ? await tell("fast", orderly) : { code: 1 };
    if (code !== 0) await tell("immediate", cutShort);
    await untilGone(running.pid, dataDir);
  }
  await running.launched?.ended;
  // Empty after an orderly end; a full one is cleared by a later start.
  await rmdir(running.socketDir).catch(() => undefined);
}

/**
 * Waits for the end of a recovery, and says whether it came: asked for an orderly end in the midst of one,
 * PostgreSQL 18 finishes the recovery and then never ends.
 */
async function whenRecovered({ running, dataDir, account, password }: Stopping): Promise<boolean> {
  const until = Date.now() + recovery * 1000;
  while ((await knock(running, dataDir, { account, password })) === "between") {
    if (Date.now() > until) return false;
    await sleep(50);
  }
  return true;
}

/** The server takes its pid file away shortly before it is gone itself. */
async function untilGone(pid: number, dataDir: string): Promise<void> {
  const until = Date.now() + cutShort * 1000;
  while ((await whoHas(pid, dataDir)) === "postgres") {
    if (Date.now() > until) throw new Error(`The database in ${dataDir} doesn't stop (process ${pid}).`);
    await sleep(20);
  }
}
