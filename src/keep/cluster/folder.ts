// Makes the folders that data lies in with exactly the rights meant, and makes sure that they outlive a power cut.
import { chmod, lchown, mkdir, open, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Account } from "./run-program.ts";

/** Makes `folder` with `mode` whatever the umask is; one that is there keeps the rights it has. */
export async function makeFolder(folder: string, mode: number): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made === undefined) return;
  await chmod(folder, mode);
  await keep(dirname(folder));
}

/** Makes a new folder that `account` alone may enter. Throws EEXIST where there is one already. */
export async function makeFolderOf(folder: string, account: Account): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  await give(folder, account);
}

/** Hands one file or folder to `account`, where that is somebody else. Never follows a link. */
export async function give(path: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined) await lchown(path, uid, gid ?? uid);
}

/** Hands everything below `folder`, and it last, to `account`: who owns the top owns the rest. */
export async function giveAll(folder: string, account: Account): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    await (entry.isDirectory() ? giveAll(path, account) : give(path, account));
  }
  await give(folder, account);
}

/** Writes a folder's list of names to the disk: without it a rename may be undone by a power cut. */
export async function keep(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
