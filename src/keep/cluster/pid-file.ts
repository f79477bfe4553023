// Reads which PostgreSQL holds a database, so that a living one is never disturbed and a dead one never in the way.
import { link, readFile, readlink, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "./run-program.ts";

/** What `postmaster.pid` says. Its later lines are written bit by bit while PostgreSQL starts. */
export type PidFile = { text: string; pid: number; port?: number; socketDir?: string };

export async function readPidFile(dataDir: string): Promise<PidFile | undefined> {
  const text = await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid, , , port, socketDir] = text.split("\n");
  const address = port !== undefined && socketDir ? { port: Number(port), socketDir } : {};
  return { text, pid: Math.abs(Number.parseInt(pid ?? "", 10)) || 0, ...address };
}

/**
 * Whether process `pid` is PostgreSQL at work on `dataDir`: `free` when there is no such process; `other` when it
 * is a dead one that nobody has buried yet, or a program that was given the same number since.
 */
export async function whoHas(pid: number, dataDir: string): Promise<"postgres" | "other" | "free"> {
  if (pid === 0 || !exists(pid)) return "free";
  return (await worksOn(pid, dataDir)) ? "postgres" : "other";
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function worksOn(pid: number, dataDir: string): Promise<boolean> {
  if (process.platform !== "linux") return psShows(pid, dataDir);
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const state = status.slice(status.lastIndexOf(")") + 2, status.lastIndexOf(")") + 3);
  if (state === "" || state === "Z" || state === "X") return false;
  const args = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0");
  if (args[args.indexOf("-D") + 1] === dataDir) return true;
  // Found by its working folder even when the data folder has been renamed below it.
  return (await readlink(`/proc/${pid}/cwd`).catch(() => "")) === dataDir;
}

async function psShows(pid: number, dataDir: string): Promise<boolean> {
  const { stdout } = await runProgram("ps", ["-ww", "-o", "stat=,command=", "-p", String(pid)], {
    name: "self",
  });
  return !stdout.trim().startsWith("Z") && stdout.includes(` -D ${dataDir} `);
}

/**
 * Takes a pid file out of the way whose number belongs to something else; PostgreSQL alone would wait for ever for
 * that to end. If another start has put its own in place meanwhile, that one is put back. What guards the data is
 * not this file alone: PostgreSQL also refuses while any process has the shared memory of this folder attached.
 */
export async function setAside(dataDir: string, stale: PidFile): Promise<void> {
  const path = join(dataDir, "postmaster.pid");
  const aside = `${path}.stale-${process.pid}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, "utf8")) !== stale.text) await link(aside, path);
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "EEXIST") throw fault;
  } finally {
    await rm(aside, { force: true });
  }
}
