// Has PostgreSQL copy each finished piece of its log beside the cluster, from where it goes sealed to the backup place (K1).
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { makeFolderOf } from "./folder.ts";
import type { Account } from "./run-program.ts";

const name = "spool";

/** From the cluster's own folder, in which PostgreSQL runs the command. */
const there = `../${name}`;

/** How much of the newest is at stake when the disk is lost, in seconds: the log is handed on at least so often. */
export const archiveEvery = 60;

/** On disk before PostgreSQL is told so: it throws its own copy away then. A piece that is there already must be the same. */
export const archiveSettings = {
  archive_mode: "on",
  archive_timeout: String(archiveEvery),
  archive_command:
    `if [ -e ${there}/%f ]; then cmp -s %p ${there}/%f; ` +
    `else cp %p ${there}/.%f && sync ${there}/.%f && mv ${there}/.%f ${there}/%f; fi`,
};

/** The spool of a cluster: made when the log is to be archived, removed when it is not, otherwise as it is. */
export async function spoolIn(
  place: string,
  account: Account,
  wanted: boolean | undefined,
): Promise<string | null> {
  const folder = join(place, name);
  const isThere = (await stat(folder).catch(() => undefined)) !== undefined;
  if (wanted === false) {
    await rm(folder, { recursive: true, force: true });
    return null;
  }
  if (isThere) return folder;
  if (wanted !== true) return null;
  await makeFolderOf(folder, account).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== "EEXIST") throw fault;
  });
  return folder;
}
