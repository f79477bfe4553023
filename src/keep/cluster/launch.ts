// Starts PostgreSQL apart from the terminal, so that Upheld stops it in its own time, and not a Ctrl-C.
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, open, readdir, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { give, makeFolderOf } from "./folder.ts";
import type { Programs } from "./programs.ts";
import { spawnAs, type Account } from "./run-program.ts";
import { settingArgs } from "./settings.ts";

export const port = 5432;
const socketName = `.s.PGSQL.${port}`;
/** A socket's path must fit into 104 to 108 bytes, as the system has it. */
const longestPath = 100;
const logLimit = 4 << 20;

/** A PostgreSQL that this process started. `ended` resolves when it is no more, with what it said last. */
export type Launched = { child: ChildProcess; socketDir: string; ended: Promise<string> };

export async function launch(
  place: string,
  programs: Programs,
  account: Account,
  settings: Record<string, string> | undefined,
): Promise<Launched> {
  const socketDir = await newSocketFolder(place, account);
  const logPath = join(place, "postgresql.log");
  await startAfresh(logPath);
  const log = await open(logPath, "a", 0o600);
  const { size } = await log.stat();
  const args = ["-D", join(place, "cluster"), "-p", String(port), ...settingArgs(socketDir, settings)];
  const child = spawn(programs.postgres, args, {
    ...spawnAs(account),
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (fault) => resolve(fault.message));
    child.once(
      "exit",
      () => void lastWords(logPath, size).then(resolve, () => resolve("no reason known, its log is gone")),
    );
  });
  child.unref();
  void ended.then(() => rm(socketDir, { recursive: true, force: true }));
  await log.close();
  return { child, socketDir, ended };
}

/**
 * A new folder at each start: what a dead PostgreSQL left in an older one can't be in the way. It is in the data
 * folder, or under the system's temporary one when the path there would be too long for a socket.
 */
async function newSocketFolder(place: string, account: Account): Promise<string> {
  const folder = join(place, `run-${randomBytes(3).toString("hex")}`);
  if (Buffer.byteLength(join(folder, socketName)) < longestPath) {
    await makeFolderOf(folder, account);
    return folder;
  }
  const temporary = Buffer.byteLength(tmpdir()) < 60 ? tmpdir() : "/tmp";
  const made = await mkdtemp(join(temporary, "upheld-"));
  await give(made, account);
  return made;
}

/** Removes the socket folders of earlier starts, once it is known that `current` is in use. */
export async function removeOldSocketFolders(place: string, current: string): Promise<void> {
  const minuteAgo = Date.now() - 60_000;
  for (const name of await readdir(place)) {
    const folder = join(place, name);
    if (!name.startsWith("run-") || folder === current) continue;
    const found = await stat(folder).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < minuteAgo) await rm(folder, { recursive: true, force: true });
  }
}

/** The log stays small: it is set aside at a start when it has grown, and the one before that goes. */
async function startAfresh(logPath: string): Promise<void> {
  const found = await stat(logPath).catch(() => undefined);
  if (found !== undefined && found.size > logLimit) await rename(logPath, `${logPath}.1`);
}

async function lastWords(logPath: string, from: number): Promise<string> {
  const log = await open(logPath, "r");
  try {
    const { buffer, bytesRead } = await log.read(Buffer.alloc(16_384), 0, 16_384, from);
    const lines = buffer.toString("utf8", 0, bytesRead).trim().split("\n");
    const bad = lines.filter((line) => /\b(FATAL|PANIC):/.test(line));
    // Who knocked meanwhile was told that it was starting, which is not why it ended.
    const why = bad.find((line) => !line.includes("the database system is")) ?? bad[0] ?? lines.at(-1) ?? "";
    return why.replace(/^.*?\b(FATAL|PANIC): */, "");
  } finally {
    await log.close();
  }
}
