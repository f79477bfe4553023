// The backup place: a folder of sealed files, each whole or not there, and each read again after it was written (K1).
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline as joined, Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress, createZstdDecompress } from "node:zlib";
import { StartError } from "../start-error.ts";
import { openStream, sealStream } from "./sealed-file.ts";

/** Base copies, and the log between them. */
export const shelves = ["base", "log"] as const;
export type Shelf = (typeof shelves)[number];

export type Store = {
  folder: string;
  /** Names on a shelf, sorted. */
  list(shelf: Shelf): Promise<string[]>;
  /** Writes, reads back and compares, and only then gives the file its name; how many bytes it has. */
  put(shelf: Shelf, name: string, source: () => AsyncIterable<Uint8Array>): Promise<number>;
  /** What was put, checked piece by piece. */
  get(shelf: Shelf, name: string): AsyncIterable<Buffer>;
  remove(shelf: Shelf, name: string): Promise<void>;
  size(shelf: Shelf, name: string): Promise<number>;
};

const ending = ".sealed";

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

/** A fault of the source comes out of the transform, where it is read. */
const through = (source: AsyncIterable<Uint8Array>, transform: Transform): AsyncIterable<Buffer> => {
  joined(Readable.from(source, { objectMode: false }), transform, () => undefined);
  return transform;
};

/** The fastest: PostgreSQL's files shrink to a quarter by it, and a log that was cut after a minute to nearly nothing. */
const compress = () =>
  createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 1 << 18 });

const drain = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const bytes of source) void bytes;
};

/**
 * A folder as backup place.
 * @param key 32 bytes, from the vault: the place holds nothing that opens without it
 */
export const openStore = (folder: string, key: Buffer): Store => {
  const pathOf = (shelf: Shelf, name: string): string => path.join(folder, shelf, `${name}${ending}`);
  const guarded = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (fault) {
      throw isSystemFault(fault) ? unusable(folder, fault) : fault;
    }
  };
  const open = (file: string, shelf: Shelf, name: string) =>
    openStream(key, `${shelf}/${name}`, createReadStream(file, { highWaterMark: 1 << 20 }));
  return {
    folder,
    list: (shelf) =>
      guarded(async () => {
        const names = await readdir(path.join(folder, shelf)).catch((fault: NodeJS.ErrnoException) => {
          if (fault.code === "ENOENT") return [];
          throw fault;
        });
        return names.flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : [])).sort();
      }),
    put: (shelf, name, source) =>
      guarded(async () => {
        const file = pathOf(shelf, name);
        const part = `${file}.${process.pid}.part`;
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        try {
          const sealed = sealStream(key, `${shelf}/${name}`, through(source(), compress()));
          await pipeline(sealed, createWriteStream(part, { mode: 0o600, flush: true }));
          // Sealed pieces that open are what was sealed: nothing else has the key.
          await drain(open(part, shelf, name));
          await rename(part, file);
        } finally {
          await rm(part, { force: true });
        }
        await syncFolder(path.dirname(file));
        return (await stat(file)).size;
      }),
    get: (shelf, name) =>
      through(open(pathOf(shelf, name), shelf, name), createZstdDecompress({ chunkSize: 1 << 18 })),
    remove: (shelf, name) => guarded(() => rm(pathOf(shelf, name), { force: true })),
    size: (shelf, name) => guarded(async () => (await stat(pathOf(shelf, name))).size),
  };
};
