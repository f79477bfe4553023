// Gets to a running server, whatever a crash has left behind: takes over the one that runs, or starts one.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { StartError } from "../start-error.ts";
import { fullOnes, noRoom, saysNoRoom } from "../room-left.ts";
import { cannotOpen } from "./cannot-open.ts";
import { knock } from "./knock.ts";
import { launch, type Launched } from "./launch.ts";
import { readPidFile, setAside, whoHas, type PidFile } from "./pid-file.ts";
import type { Programs } from "./programs.ts";
import type { Account } from "./run-program.ts";

/**
 * A server that answers. `launched` is absent when another process started it; `isHere` is false when that was in
 * another container on the same folder, where its number means nothing to us.
 */
export type Running = { pid: number; port: number; socketDir: string; isHere: boolean; launched?: Launched };

export type Search = {
  place: string;
  programs: Programs;
  account: Account;
  password: string;
  progress: (line: string) => void;
  settings: Record<string, string> | undefined;
};

/** How long, in milliseconds, a silent server is waited for: what was killed takes a while to go. */
const patience = 15_000;
const pause = 25;
const pauseAfterRefusal = 250;
const sayEvery = 5_000;

/** Reasons for which a start fails now and succeeds in a second. */
const passing = /lock file|shared memory|still in use/;

/** Throws one sentence when the server can't be started, or is held by something that does not answer. */
export async function findRunning(search: Search): Promise<Running> {
  const dataDir = join(search.place, "cluster");
  const wait = waiting(search.progress);
  let launched: Launched | undefined;
  try {
    for (;;) {
      const file = await readPidFile(dataDir);
      const answer = file === undefined ? "nobody" : await knock(file, dataDir, search);
      if (file !== undefined && answer === "ready") return await runningAt(file, dataDir, launched);
      if (answer === "nobody" && !isAlive(launched))
        launched = await launchUnlessHeld(search, file, launched, wait);
      const late = wait.isOver(answer === "busy", isAlive(launched));
      if (late) throw stuck(dataDir, file, wait.refusal);
      await sleep(pause);
    }
  } catch (fault) {
    if (isAlive(launched)) launched?.child.kill("SIGINT");
    await launched?.ended;
    throw fault;
  }
}

async function runningAt(file: PidFile, dataDir: string, launched: Launched | undefined): Promise<Running> {
  const { pid, port, socketDir } = file;
  if (port === undefined || socketDir === undefined)
    throw new Error("A server answered that has no address.");
  const isHere = (await whoHas(pid, dataDir)) === "postgres";
  return { pid, port, socketDir, isHere, ...(launched?.child.pid === pid ? { launched } : {}) };
}

/** Starts a server unless a living one has the database: that one may be starting, or on its way out. */
async function launchUnlessHeld(
  search: Search,
  file: PidFile | undefined,
  before: Launched | undefined,
  wait: Waiting,
) {
  const dataDir = join(search.place, "cluster");
  if (before !== undefined) {
    wait.refusal = await before.ended;
    const stored = [{ name: "the database", folder: dataDir }];
    // Where there is no room, there may have been none to say so either.
    if (saysNoRoom(wait.refusal) || (await fullOnes(stored)).length > 0) throw noRoom(stored);
    if (!passing.test(wait.refusal))
      throw cannotOpen(`The database in ${dataDir} can't start: ${wait.refusal}.`);
    await sleep(pauseAfterRefusal);
  }
  const holder = file === undefined ? "free" : await whoHas(file.pid, dataDir);
  if (holder === "postgres") return undefined;
  if (file !== undefined && holder === "other") await setAside(dataDir, file);
  return launch(search.place, search.programs, search.account, search.settings);
}

function isAlive(launched: Launched | undefined): boolean {
  return (
    launched?.child.pid !== undefined &&
    launched.child.exitCode === null &&
    launched.child.signalCode === null
  );
}

type Waiting = { refusal: string; isOver(busy: boolean, ours: boolean): boolean };

/**
 * Counts the time without any sign of life. A server that says it is busy recovering may take as long as it takes;
 * one that we have just started gets longer than one that we found.
 */
function waiting(progress: (line: string) => void): Waiting {
  let quietSince = Date.now();
  let saidAt = Date.now();
  return {
    refusal: "",
    isOver(busy, ours) {
      const now = Date.now();
      if (busy) quietSince = now;
      if (now - saidAt > sayEvery) {
        saidAt = now;
        progress(
          busy ? "The database is recovering or stopping; waiting for it …" : "Waiting for the database …",
        );
      }
      return now - quietSince > (ours ? 4 * patience : patience);
    },
  };
}

function stuck(dataDir: string, file: PidFile | undefined, refusal: string): StartError {
  const why = refusal === "" ? "" : ` (${refusal})`;
  const who = file === undefined ? "Something" : `Process ${file.pid}`;
  return cannotOpen(
    `${who} holds the database in ${dataDir} and doesn't answer${why}: end it and start again.`,
  );
}
