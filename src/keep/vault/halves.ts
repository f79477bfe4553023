// The half that wraps epoch keys, outside of the vault: with it destroyed, old copies of the vault do not open (K3, K4).
import { link, open, readFile, rename, rm, stat, writeFile, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { StartError } from "../start-error.ts";

export type Halves = {
  /** A half by its number; null when it is not there (any more). */
  of(half: number): Promise<Buffer | null>;
  /** Whether there is more than one: while keys are re-wrapped, and until one of them is destroyed. */
  areSeveral(): Promise<boolean>;
  /** Durable when the promise resolves. */
  add(number: number, half: Buffer): Promise<void>;
  /** Destroys all but one, as far as a file system can. */
  keepOnly(half: number): Promise<void>;
  /** All of them, for the copy of the vault, and back. */
  all(): Promise<Record<string, string>>;
  replace(all: Readonly<Record<string, string>>): Promise<void>;
  /** Ends what a kill cut short: halves that were to be destroyed are. */
  settle(): Promise<void>;
};

export const halvesFile = "vault-epochs.key";

const sync = async (file: string, act: (handle: FileHandle) => Promise<void>, flags: string) => {
  const handle = await open(file, flags, 0o600);
  try {
    await act(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Overwritten where it lies, then removed. A disk that writes elsewhere may keep it: docs/security.md says so. */
const destroy = async (file: string): Promise<void> => {
  const { length } = await readFile(file).catch(() => Buffer.alloc(0));
  if (length > 0) await sync(file, (handle) => handle.write(Buffer.alloc(length), 0, length, 0).then(), "r+");
  await rm(file, { force: true });
};

/** What tells one file from another, whatever it is called. */
const numberOf = async (file: string): Promise<number | null> =>
  stat(file).then(
    ({ ino }) => ino,
    () => null,
  );

/** The halves of the vault that belongs to a data folder. */
export const halvesIn = (dataDir: string): Halves => {
  const file = path.join(dataDir, halvesFile);
  const all = async (): Promise<Record<string, string>> => {
    const text = await readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === "ENOENT") return "{}";
      throw fault;
    });
    try {
      return JSON.parse(text) as Record<string, string>;
    } catch {
      throw new StartError(
        "epoch-key-lost",
        `${file} is damaged. Put the newest vault back with: upheld restore --vault.`,
      );
    }
  };
  const [beside, old] = [`${file}.next`, `${file}.old`];
  const settle = async (): Promise<void> => {
    await rm(beside, { force: true });
    const [now, before] = [await numberOf(file), await numberOf(old)];
    if (before === null) return;
    // A second name of what is in use is not to be overwritten.
    if (before === now) await rm(old);
    else if (now === null) await rename(old, file);
    else await destroy(old);
  };
  /** At every moment there is one whole file under its name: the old one, and then the new one. */
  const replace = async (next: Readonly<Record<string, string>>): Promise<void> => {
    await settle();
    await sync(beside, (handle) => handle.writeFile(JSON.stringify(next)), "wx");
    await link(file, old).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== "ENOENT") throw fault;
    });
    await rename(beside, file);
    const folder = await open(dataDir, "r");
    await folder.sync().then(
      () => folder.close(),
      () => folder.close(),
    );
    await destroy(old);
  };
  return {
    all,
    replace,
    settle,
    of: async (half) => {
      const hex = (await all())[half];
      return hex === undefined ? null : Buffer.from(hex, "hex");
    },
    areSeveral: async () => Object.keys(await all()).length > 1,
    add: async (number, half) => replace({ ...(await all()), [number]: half.toString("hex") }),
    keepOnly: async (half) => {
      const { [half]: kept } = await all();
      if (kept === undefined) throw new Error(`half ${half} of the vault's key is not there`);
      await replace({ [half]: kept });
    },
  };
};

/** For a test that copies a vault with its folder. */
export const copyHalves = async (from: string, to: string): Promise<void> => {
  const text = await readFile(path.join(from, halvesFile), "utf8").catch(() => null);
  if (text !== null) await writeFile(path.join(to, halvesFile), text, { mode: 0o600 });
};
