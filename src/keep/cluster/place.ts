// Decides where a cluster lies: in the data folder, or outside when the database's user may not enter that folder.
import { randomBytes } from "node:crypto";
import { readlink, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { keep, makeFolder } from "./folder.ts";
import { runProgram, type Account } from "./run-program.ts";

/** The link in the data folder that leads to a cluster which lies outside, and the note beside it for people. */
const link = "elsewhere";
const note = "WHERE-IS-THE-DATA.txt";

/**
 * The folder that holds everything of one cluster, made if need be. It belongs to whoever runs Upheld; the
 * database's account may pass through it and owns only what lies deeper, so that root never writes to a place
 * in which that account could have planted a link.
 *
 * `dir` is the folder that was asked for, `outside` the folder for clusters that can't lie there. The way from
 * one to the other is a link with a random name at its end, not one computed from the path: a data folder that is
 * moved keeps its database, and one that is deleted and made anew starts empty.
 */
export async function placeFor(dir: string, account: Account, outside: string): Promise<string> {
  const passable = account.uid === undefined ? 0o700 : 0o711;
  await makeFolder(dirname(dir), passable);
  await makeFolder(dir, passable);
  const here = await realpath(dir);
  const linked = await linkedPlace(here);
  if (linked !== undefined) return linked;
  if (await mayEnter(here, account)) return here;
  if (await exists(join(here, "cluster")))
    throw new Error(
      `${account.name} can't enter the folders above ${here}, where its database lies: make them passable (chmod o+x), or move the data folder to where they are.`,
    );
  return leadOutside(here, account, outside);
}

/** Where the data of the cluster that was asked for in `dir` lies, were it there; makes nothing. */
export async function whereDataIs(dir: string): Promise<string> {
  const here = await realpath(dir).catch(() => dir);
  return join((await linkedPlace(here).catch(() => undefined)) ?? here, "cluster");
}

async function linkedPlace(here: string): Promise<string | undefined> {
  const place = await readlink(join(here, link)).catch(() => undefined);
  if (place === undefined || (await exists(place))) return place;
  throw new Error(
    `The database of ${here} lay in ${place}, and that folder is gone: bring it back, or delete ${here} to begin with an empty one.`,
  );
}

async function leadOutside(here: string, account: Account, outside: string): Promise<string> {
  const place = join(outside, `${basename(here)}-${randomBytes(6).toString("hex")}`);
  await makeFolder(outside, 0o755).catch(() => undefined);
  await makeFolder(place, 0o711).catch(() => undefined);
  if (!(await mayEnter(place, account))) {
    throw new Error(
      `PostgreSQL runs as ${account.name}, which can enter neither ${here} nor ${outside}: choose a data folder that it can enter with UPHELD_DATA.`,
    );
  }
  try {
    await symlink(place, join(here, link));
  } catch (fault) {
    await rm(place, { recursive: true, force: true });
    const other = await linkedPlace(here);
    if (other === undefined) throw fault;
    return other;
  }
  await writeFile(join(here, note), noteText(here, place, account));
  await keep(here);
  return place;
}

function noteText(here: string, place: string, account: Account): string {
  return `PostgreSQL refuses to run as root, so Upheld runs it as the user ${account.name}.
That user can't enter this folder:
  ${here}
The database's files are therefore here, and the link "${link}" leads to them:
  ${place}
To remove the data, remove both folders. To move it, move both and mend the link.
`;
}

async function mayEnter(folder: string, account: Account): Promise<boolean> {
  if (account.uid === undefined) return true;
  const { code } = await runProgram("/bin/sh", ["-c", 'cd -- "$0"', folder], account);
  return code === 0;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
