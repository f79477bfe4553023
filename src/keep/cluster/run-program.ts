// Runs one of PostgreSQL's programs as the account that owns the data, so that root never opens that data itself.
import { spawn } from "node:child_process";

/** Who PostgreSQL runs as. `uid` and `gid` are absent when that is whoever runs Upheld. */
export type Account = { name: string; uid?: number; gid?: number };

export type Outcome = { code: number; stdout: string; stderr: string };

/**
 * The environment PostgreSQL gets: none of the caller's, so that a PGDATA, PGOPTIONS or LC_ALL of the terminal
 * from which Upheld was started changes nothing.
 */
export const programEnv = { PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C", TZ: "UTC" };

/**
 * What `spawn` needs to start a program as `account`. The working folder is "/": the one that Upheld was started
 * in may be closed to the account.
 */
export function spawnAs(account: Account) {
  const ids = account.uid === undefined ? {} : { uid: account.uid, gid: account.gid ?? account.uid };
  return { ...ids, cwd: "/", env: programEnv };
}

/**
 * Runs a program to its end and hands back its exit code and what it wrote; a program that a signal ended has
 * code -1. Rejects only when it could not be started at all. Detached from the terminal: a Ctrl-C there reaches
 * Upheld, which decides what becomes of its children.
 */
export function runProgram(program: string, args: string[], account: Account): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...spawnAs(account),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const out = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (out.stderr += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, ...out }));
  });
}
