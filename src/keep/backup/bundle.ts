// A folder of files as one stream, and back: the files of a base copy, which PostgreSQL changes while they are read (K1).
import { closeSync, constants, fdatasync, mkdirSync, openSync, writeSync } from "node:fs";
import { open, readdir, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { fewBytes } from "../load.ts";

/** A file of the stream; folders are told too, since PostgreSQL wants its empty ones. */
type Head = { name: string; size: number; folder: boolean };

const datasync = promisify(fdatasync);

const isGone = (fault: unknown): boolean => (fault as NodeJS.ErrnoException).code === "ENOENT";

const headOf = (head: Head): Buffer => {
  const text = Buffer.from(JSON.stringify(head));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(text.length);
  return Buffer.concat([size, text]);
};

/** Exactly as many bytes as were told: what a file lost meanwhile is zeros, which the log makes good. */
async function* bytesOf(file: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < size;) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(fewBytes), 0, fewBytes, done);
    const wanted = Math.min(bytesRead === 0 ? fewBytes : bytesRead, size - done);
    yield bytesRead === 0 ? Buffer.alloc(wanted) : buffer.subarray(0, wanted);
    done += wanted;
  }
}

async function* packFile(file: string, name: string): AsyncGenerator<Buffer> {
  // Never through a link: whoever reads may be root, and the folder is not root's.
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch((fault: unknown) => {
    if (isGone(fault)) return null;
    throw fault;
  });
  if (!handle) return;
  try {
    const { size } = await handle.stat();
    yield headOf({ name, size, folder: false });
    yield* bytesOf(handle, size);
  } finally {
    await handle.close();
  }
}

/**
 * Everything below a folder. Files that go while it is read are left out.
 * @param wanted whether a file is taken, by its path from the folder; folders always are
 */
export async function* packFolder(folder: string, wanted: (name: string) => boolean): AsyncGenerator<Buffer> {
  const below = async function* (under: string): AsyncGenerator<Buffer> {
    const entries = await readdir(path.join(folder, under), { withFileTypes: true }).catch(
      (fault: unknown) => {
        if (isGone(fault)) return [];
        throw fault;
      },
    );
    for (const entry of entries) {
      const name = path.posix.join(under, entry.name);
      if (entry.isDirectory()) {
        yield headOf({ name, size: 0, folder: true });
        yield* below(name);
      } else if (entry.isFile() && wanted(name)) yield* packFile(path.join(folder, name), name);
    }
  };
  yield* below("");
}

/** A file of the stream that is not in the folder. */
export const packText = (name: string, text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([headOf({ name, size: bytes.length, folder: false }), bytes]);
};

/** Hands out as many bytes as are asked for; null at the end of the stream. */
const reader = (source: AsyncIterable<Uint8Array>) => {
  const from = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const { done, value } = await from.next();
    if (done) return false;
    const more = Buffer.from(value.buffer, value.byteOffset, value.length);
    held = held.length === 0 ? more : Buffer.concat([held, more]);
    return true;
  };
  const take = (most: number): Buffer => {
    const taken = held.subarray(0, most);
    held = held.subarray(taken.length);
    return taken;
  };
  return {
    async exactly(size: number): Promise<Buffer | null> {
      while (held.length < size) if (!(await more())) return null;
      return take(size);
    },
    async some(most: number): Promise<Buffer> {
      while (held.length === 0) if (!(await more())) throw new Error("the stream ends within a file");
      return take(most);
    },
  };
};

const inside = (folder: string, name: string): string => {
  const file = path.resolve(folder, name);
  if (!file.startsWith(`${path.resolve(folder)}${path.sep}`)) throw new Error("a file outside its folder");
  return file;
};

/** What was written goes to the disk from here on, while more is written: whoever needs it there waits less. */
const syncEvery = 32 << 20;

/**
 * A file that is being written. Written at once and not by turns, since whoever unpacks does nothing else: a turn for
 * each small file and each piece of a big one took most of the time.
 */
const fileAt = (file: string) => {
  const fd = openSync(file, "wx", 0o600);
  let unsynced = 0;
  let syncing: Promise<unknown> = Promise.resolve();
  return {
    write(bytes: Buffer): void {
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
      unsynced += bytes.length;
      if (unsynced < syncEvery) return;
      unsynced = 0;
      syncing = Promise.all([syncing, datasync(fd)]);
    },
    async close(): Promise<void> {
      try {
        await syncing;
      } finally {
        closeSync(fd);
      }
    },
  };
};

/** Makes folders that are not there yet, each once. */
const makerOf = (folder: string) => {
  const made = new Set<string>([path.resolve(folder)]);
  return (wanted: string): void => {
    if (made.has(wanted)) return;
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    made.add(wanted);
  };
};

/**
 * Writes the files of a stream into a folder that is there and empty. They are not all forced to disk: PostgreSQL does
 * that before it recovers a base copy.
 */
export const unpackFolder = async (
  source: AsyncIterable<Uint8Array>,
  folder: string,
  told: (bytes: number) => void = () => undefined,
): Promise<void> => {
  const from = reader(source);
  const make = makerOf(folder);
  let closing: Promise<void> = Promise.resolve();
  for (;;) {
    const size = await from.exactly(4);
    if (!size) return closing;
    const head = JSON.parse(String(await from.exactly(size.readUInt32BE()))) as Head;
    const file = inside(folder, head.name);
    make(head.folder ? file : path.dirname(file));
    if (head.folder) continue;
    const written = fileAt(file);
    try {
      for (let left = head.size; left > 0;) {
        const bytes = await from.some(left);
        written.write(bytes);
        left -= bytes.length;
        told(bytes.length);
      }
    } finally {
      closing = Promise.all([closing, written.close()]).then(() => undefined);
      // Its fault comes out at the end, or is told by the one that ends all of this.
      closing.catch(() => undefined);
    }
  }
};
