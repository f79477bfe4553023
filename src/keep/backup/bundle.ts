// A folder of files as one stream, and back: the files of a base copy, which PostgreSQL changes while they are read (K1).
import { constants } from "node:fs";
import { mkdir, open, readdir, type FileHandle } from "node:fs/promises";
import path from "node:path";

/** A file of the stream; folders are told too, since PostgreSQL wants its empty ones. */
type Head = { name: string; size: number; folder: boolean };

const readBytes = 1 << 20;

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
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(readBytes), 0, readBytes, done);
    const wanted = Math.min(bytesRead === 0 ? readBytes : bytesRead, size - done);
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
  let held = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const { done, value } = await from.next();
    if (!done) held = held.length === 0 ? Buffer.from(value) : Buffer.concat([held, value]);
    return !done;
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

/**
 * Writes the files of a stream into a folder that is there and empty. They are not forced to disk one by one:
 * PostgreSQL does that to all of them before it recovers a base copy.
 */
export const unpackFolder = async (
  source: AsyncIterable<Uint8Array>,
  folder: string,
  told: (bytes: number) => void = () => undefined,
): Promise<void> => {
  const from = reader(source);
  for (;;) {
    const size = await from.exactly(4);
    if (!size) return;
    const head = JSON.parse(String(await from.exactly(size.readUInt32BE()))) as Head;
    const file = inside(folder, head.name);
    if (head.folder) {
      await mkdir(file, { recursive: true, mode: 0o700 });
      continue;
    }
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, "wx", 0o600);
    for (let left = head.size; left > 0;) {
      const bytes = await from.some(left);
      await handle.write(bytes);
      left -= bytes.length;
      told(bytes.length);
    }
    await handle.close();
  }
};
