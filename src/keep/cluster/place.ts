// Decides where a cluster lies: in the data folder, or outside when the database's user may not enter that folder.
import { realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cannotOpen } from "./cannot-open.ts";
import { makeFolder } from "./folder.ts";
import { leadOutside, linkedPlace, mayEnter, tellOwner, type Outside } from "./lead-outside.ts";

/**
 * The folder that holds everything of one cluster, made if need be. It belongs to whoever runs Upheld; the
 * database's account may pass through it and owns only what lies deeper, so that root never writes to a place
 * in which that account could have planted a link.
 */
export async function placeFor(dir: string, outside: Outside): Promise<string> {
  const { account } = outside;
  const passable = account.uid === undefined ? 0o700 : 0o711;
  await makeFolder(dirname(dir), passable);
  await makeFolder(dir, passable);
  const here = await realpath(dir);
  const linked = await linkedPlace(here);
  if (linked !== undefined) {
    await tellOwner(linked, here);
    return linked;
  }
  if (await mayEnter(here, account)) return here;
  if ((await stat(join(here, "cluster")).catch(() => undefined)) === undefined)
    return leadOutside(here, outside);
  throw cannotOpen(
    `${account.name} can't enter the folders above ${here}, where its database lies: make them passable (chmod o+x), or move the data folder to where they are.`,
  );
}

/** Where the data of the cluster that was asked for in `dir` lies, were it there; makes nothing. */
export async function whereDataIs(dir: string): Promise<string> {
  const here = await realpath(dir).catch(() => dir);
  return join((await linkedPlace(here).catch(() => undefined)) ?? here, "cluster");
}
