// A folder as backup place: a file gets its name only once it is on disk and was read again (K1).
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { fewBytes } from "../load.ts";
import { StartError } from "../start-error.ts";
import { shelves, type Shelf, type Shelves } from "./shelves.ts";

const codeOf = (fault: unknown): string => (fault as NodeJS.ErrnoException).code ?? "unknown";

const unusable = (folder: string, fault: unknown): StartError =>
  new StartError(
    "backup-place",
    codeOf(fault) === "ENOSPC"
      ? `The backup place ${folder} is full. Make room there; until then the log waits beside the data.`
      : `The backup place ${folder} can't be used (${codeOf(fault)}). Bring it back, or name another with UPHELD_BACKUP.`,
  );

const isSystemFault = (fault: unknown): boolean => /^E[A-Z]+$/.test(codeOf(fault));

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const partEnding = ".part";

/** To the disk little by little: all of it at the end would keep PostgreSQL's own small writes waiting behind it. */
const writeAll = async (file: string, source: AsyncIterable<Uint8Array>): Promise<void> => {
  const handle = await open(file, "w", 0o600);
  try {
    let unsynced = 0;
    for await (const bytes of source) {
      await handle.writeFile(bytes);
      unsynced += bytes.length;
      if (unsynced < fewBytes) continue;
      await handle.datasync();
      unsynced = 0;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return [];
    throw fault;
  });

export const folderShelves = (folder: string): Shelves => {
  const pathOf = (shelf: Shelf, file: string): string => path.join(folder, shelf, file);
  const guarded = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (fault) {
      throw isSystemFault(fault) ? unusable(folder, fault) : fault;
    }
  };
  const read = (file: string) => createReadStream(file, { highWaterMark: fewBytes });
  return {
    name: folder,
    list: (shelf) =>
      guarded(async () =>
        (await namesIn(path.join(folder, shelf))).filter((name) => !name.endsWith(partEnding)).sort(),
      ),
    write: (shelf, file, source, check) =>
      guarded(async () => {
        const whole = pathOf(shelf, file);
        const part = `${whole}.${process.pid}${partEnding}`;
        await mkdir(path.dirname(whole), { recursive: true, mode: 0o700 });
        try {
          await writeAll(part, source);
          await check(read(part));
          await rename(part, whole);
        } finally {
          await rm(part, { force: true });
        }
        await syncFolder(path.dirname(whole));
        return (await stat(whole)).size;
      }),
    read: (shelf, file) => read(pathOf(shelf, file)),
    remove: (shelf, file) => guarded(() => rm(pathOf(shelf, file), { force: true })),
    async tidy() {
      for (const shelf of shelves)
        for (const name of await namesIn(path.join(folder, shelf)))
          if (name.endsWith(partEnding)) await rm(pathOf(shelf, name), { force: true });
    },
    keepsVersions: () => Promise.resolve(false),
  };
};
