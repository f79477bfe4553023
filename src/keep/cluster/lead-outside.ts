// Gives a cluster a place outside its data folder, with a link and a note so that neither is lost from the other.
import { chmod, mkdtemp, readdir, readlink, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { cannotOpen } from "./cannot-open.ts";
import { keep, makeFolder } from "./folder.ts";
import { runProgram, type Account } from "./run-program.ts";

/** Where clusters and copies of programs go on a machine where nothing else is said. */
export const usualOutside = "/var/lib/upheld";

/** In the data folder: the link that leads out, and the note beside it for people. In the place: the link back. */
const link = "elsewhere";
const note = "WHERE-IS-THE-DATA.txt";
const linkBack = "belongs-to";

export type Outside = { folder: string; account: Account; progress: (line: string) => void };

/** A data folder under the system's temporary one has its cluster there too: both end with the next reboot. */
export async function outsideFor(dir: string): Promise<string> {
  const temporary = await realpath(tmpdir());
  return relative(temporary, dir).startsWith("..") ? usualOutside : temporary;
}

/** Where the link of the data folder `here` leads; undefined without one. Throws when what it led to is gone. */
export async function linkedPlace(here: string): Promise<string | undefined> {
  const place = await readlink(join(here, link)).catch(() => undefined);
  if (place === undefined || (await stat(place).catch(() => undefined)) !== undefined) return place;
  throw cannotOpen(
    `The database of ${here} lay in ${place}, and that folder is gone: bring it back, or delete ${here} to begin with an empty one.`,
  );
}

/**
 * Makes a place outside and the link to it. Its name is random and not computed from the path: a data folder that
 * is moved keeps its database, and one that is deleted and made anew starts empty.
 */
export async function leadOutside(here: string, { folder, account, progress }: Outside): Promise<string> {
  await makeFolder(folder, 0o755).catch(() => undefined);
  const place = await mkdtemp(join(folder, "upheld-db-")).catch(() => undefined);
  if (place !== undefined) await chmod(place, 0o711);
  if (place === undefined || !(await mayEnter(place, account))) {
    throw cannotOpen(
      `PostgreSQL runs as ${account.name}, which can enter neither ${here} nor ${folder}: choose a data folder that it can enter with UPHELD_DATA.`,
    );
  }
  try {
    await symlink(place, join(here, link));
  } catch (fault) {
    // Of two first starts at once one was quicker.
    await rm(place, { recursive: true, force: true });
    const other = await linkedPlace(here);
    if (other === undefined) throw fault;
    return other;
  }
  await tellOwner(place, here);
  await writeFile(join(here, note), noteText(here, place, account));
  await keep(here);
  await tellOfOrphans(folder, here, progress);
  return place;
}

/** Whether `account` may go into `folder`, tried and not guessed: rights may come from more than the mode. */
export async function mayEnter(folder: string, account: Account): Promise<boolean> {
  if (account.uid === undefined) return true;
  const { code } = await runProgram("/bin/sh", ["-c", 'cd -- "$0"', folder], account);
  return code === 0;
}

/** Lets the place say whose it is, also after the data folder has been moved. */
export async function tellOwner(place: string, here: string): Promise<void> {
  const path = join(place, linkBack);
  if ((await readlink(path).catch(() => "")) === here) return;
  await rm(path, { force: true });
  await symlink(here, path).catch(() => undefined);
}

/** Counts what deleted data folders of the same name left. Removing it is for people: a folder may be but moved. */
async function tellOfOrphans(folder: string, here: string, progress: (line: string) => void): Promise<void> {
  const orphans: string[] = [];
  for (const name of await readdir(folder)) {
    const place = join(folder, name);
    const owner = await readlink(join(place, linkBack)).catch(() => undefined);
    if (owner === undefined || basename(owner) !== basename(here)) continue;
    if ((await readlink(join(owner, link)).catch(() => "")) !== place) orphans.push(place);
  }
  const [first, ...more] = orphans;
  if (first === undefined) return;
  const others = more.length === 0 ? "" : ` (and ${more.length} more there)`;
  progress(
    `${first}${others} holds the database of a data folder that is gone or was moved, named by its link "${linkBack}": delete it if you don't need it.`,
  );
}

function noteText(here: string, place: string, account: Account): string {
  return `PostgreSQL refuses to run as root, so Upheld runs it as the user ${account.name}.
That user can't enter this folder:
  ${here}
The database's files are therefore here, and the link "${link}" leads to them:
  ${place}
To remove the data, remove both folders. This one may be moved; the link goes with it.
`;
}
