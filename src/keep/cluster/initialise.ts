// Makes a new database whole or not at all: a start that is killed in the middle leaves nothing the next one trusts.
import { randomBytes } from "node:crypto";
import { chmod, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { noRoom, saysNoRoom } from "../room-left.ts";
import { cannotOpen } from "./cannot-open.ts";
import { give, giveAll, keep, makeFolder, makeFolderOf } from "./folder.ts";
import type { Programs } from "./programs.ts";
import { runProgram, type Account } from "./run-program.ts";

/** Tells this process's drafts from those of a dead one that had the same number, as in every container. */
const mark = randomBytes(4).toString("hex");
const hour = 3_600_000;

/**
 * Makes sure that `place/cluster` is a database, and says whether it had to be made. It is made under another name,
 * on disk before it is renamed; of two that do so at once one wins, and both then have the same one.
 */
export async function initialiseOnce(
  place: string,
  programs: Programs,
  account: Account,
  password: string,
): Promise<boolean> {
  await removeDeadDrafts(place);
  const dataDir = join(place, "cluster");
  const there = await stat(join(dataDir, "PG_VERSION")).catch(() => undefined);
  if (there !== undefined) {
    // Copied back or restored by root.
    if (there.uid === 0 && account.uid !== undefined) await giveAll(dataDir, account);
    return false;
  }
  const draft = join(place, `new-${process.pid}-${mark}-${randomBytes(4).toString("hex")}`);
  await makeFolder(draft, account.uid === undefined ? 0o700 : 0o711);
  try {
    await initialise(draft, programs, account, password);
    return await adoptDraft(join(draft, "cluster"), dataDir, place);
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function initialise(
  draft: string,
  programs: Programs,
  account: Account,
  password: string,
): Promise<void> {
  const dataDir = join(draft, "cluster");
  const passwordFile = join(draft, "password");
  await makeFolderOf(dataDir, account);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: "wx" });
  await give(passwordFile, account);
  const { code, stderr } = await runProgram(
    programs.initdb,
    [
      `--pgdata=${dataDir}`,
      "--username=postgres",
      "--encoding=UTF8",
      // macOS has no C.UTF-8.
      `--locale=${process.platform === "darwin" ? "C" : "C.UTF-8"}`,
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
    ],
    account,
  );
  await rm(passwordFile, { force: true });
  if (saysNoRoom(stderr)) throw noRoom([{ name: "the database", folder: dirname(draft) }]);
  if (code !== 0) throw cannotOpen(`PostgreSQL could not make its database: ${lastLine(stderr)}`);
  await chmod(dataDir, 0o700);
}

async function adoptDraft(made: string, dataDir: string, place: string): Promise<boolean> {
  try {
    await rename(made, dataDir);
    await keep(place);
    return true;
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === "ENOTEMPTY" || code === "EEXIST") return false;
    throw fault;
  }
}

/**
 * Removes what starts left that were killed while they made a database. A number that is alive may belong to another
 * program by now, so an old draft goes whoever has its number. What can't be removed is left for the next start.
 */
async function removeDeadDrafts(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const [, pid, maker] = /^new-(\d+)-([0-9a-f]+)-/.exec(name) ?? [];
    if (pid === undefined) continue;
    const draft = join(place, name);
    const age = Date.now() - ((await stat(draft).catch(() => undefined))?.mtimeMs ?? 0);
    const inWork = Number(pid) === process.pid ? maker === mark : isAlive(Number(pid)) && age < hour;
    if (inWork) continue;
    await rm(draft, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === "EPERM";
  }
}

function lastLine(text: string): string {
  const lines = text.trim().split("\n");
  return (
    lines.find((line) => line.includes("error:") || line.includes("FATAL:")) ??
    lines.at(-1) ??
    ""
  ).trim();
}
