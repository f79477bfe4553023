// The root key: made at the first start, 0600, durable before anything depends on it; what else is secret is derived from it (K3).
import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { StartError } from "./start-error.ts";

export type RootKey = {
  /** 32 bytes for one use, named; the same name always gives the same bytes (HKDF-SHA-256, RFC 5869). */
  derive(use: string): Buffer;
  /** Tells keys apart without telling the key. */
  id: string;
};

/** Keeps the root key outside of this machine: here lies only what it alone can open. */
export type KeyKeeper = {
  /** Text to be kept in place of the key. */
  enclose(key: Buffer): Promise<string>;
  open(text: string): Promise<Buffer>;
  /** Begins a new version, for a new root key. */
  renew(): Promise<void>;
  /** Destroys every version but that of this text: what an older one enclosed opens no more. */
  keepOnly(text: string): Promise<void>;
};

/** A file with the key, or with what a keeper enclosed; or the key itself, from the environment. */
export type RootKeySource = string | { file: string; keeper: KeyKeeper } | { hex: string };

const keyBytes = 32;

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Whole and on disk under its name, or not there: written beside, and linked into place. */
const create = async (file: string, text: string): Promise<void> => {
  const beside = `${file}.${process.pid}`;
  const handle = await open(beside, "w", 0o600);
  await handle.writeFile(`${text}\n`);
  await handle.sync();
  await handle.close();
  await link(beside, file).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== "EEXIST") throw fault;
  });
  await rm(beside);
  await syncFolder(path.dirname(file));
};

const parse = (text: string, file: string): Buffer => {
  const hex = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(hex))
    throw new StartError(
      "root-key-unreadable",
      `${file} does not hold a root key. It must be 64 hexadecimal digits; put the original file back.`,
    );
  return Buffer.from(hex, "hex");
};

export const rootKeyOf = (bytes: Buffer): RootKey => ({
  derive: (use) => Buffer.from(hkdfSync("sha256", bytes, "upheld", use, keyBytes)),
  id: createHash("sha256").update("upheld root key id").update(bytes).digest("hex").slice(0, 16),
});

const readText = (file: string): Promise<string | null> =>
  readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return null;
    throw new StartError("root-key-unreadable", `${file} can't be read (${fault.code}). Make it readable.`);
  });

const plain: Pick<KeyKeeper, "enclose"> = { enclose: (key) => Promise.resolve(key.toString("hex")) };

/** File and keeper of a source; null for a key from the environment, which is in no file. */
const partsOf = (source: Exclude<RootKeySource, { hex: string }>) =>
  typeof source === "string" ? { file: source, keeper: null } : source;

const readFrom = async (
  source: Exclude<RootKeySource, { hex: string }>,
  ending: string,
): Promise<RootKey | null> => {
  const { file, keeper } = partsOf(source);
  const text = await readText(`${file}${ending}`);
  if (text === null) return null;
  return rootKeyOf(keeper ? await keeper.open(text.trim()) : parse(text, file));
};

/** The name of what the source reads, for sentences. */
export const sourceName = (source: RootKeySource): string =>
  typeof source === "string" ? source : "hex" in source ? "UPHELD_ROOT_KEY" : source.file;

const nextEnding = ".next";

/**
 * Reads the root key, or makes it when nothing depends on one yet.
 * @param mayCreate true only while no data has been sealed under any key
 */
export const openRootKey = async (source: RootKeySource, mayCreate: boolean): Promise<RootKey> => {
  if (typeof source !== "string" && "hex" in source) return rootKeyOf(parse(source.hex, sourceName(source)));
  const found = await readFrom(source, "");
  if (found) return found;
  const { file, keeper } = partsOf(source);
  if (!mayCreate)
    throw new StartError(
      "root-key-lost",
      `The root key ${file} is missing, and without it nobody's data opens. ` +
        `Put the file back, or point UPHELD_ROOT_KEY_FILE to where it is.`,
    );
  const text = await (keeper ?? plain).enclose(randomBytes(keyBytes));
  await create(file, text).catch((fault: NodeJS.ErrnoException) => {
    throw new StartError(
      "root-key-unreadable",
      `The root key can't be written to ${file} (${fault.code}). ` +
        `Set UPHELD_ROOT_KEY_FILE to a file in a folder that this user may write to.`,
    );
  });
  const made = await readFrom(source, "");
  if (!made) throw new StartError("root-key-lost", `The root key ${file} is gone again. Start once more.`);
  return made;
};

/** A root key that is to take the place of the one there is: it lies beside it until the vault is under it. */
export const makeNextRootKey = async (source: RootKeySource): Promise<RootKey> => {
  if (typeof source !== "string" && "hex" in source)
    throw new StartError(
      "bad-setting",
      "The root key comes from UPHELD_ROOT_KEY, where Upheld can't put another. Keep it in a file or at a key keeper to exchange it.",
    );
  const { file, keeper } = partsOf(source);
  await rm(`${file}${nextEnding}`, { force: true });
  await keeper?.renew();
  await create(`${file}${nextEnding}`, await (keeper ?? plain).enclose(randomBytes(keyBytes)));
  const next = await readFrom(source, nextEnding);
  if (!next) throw new Error("the next root key is gone again");
  return next;
};

/** The root key with this id, whether it is the one in use or the one that is taking its place. */
export const rootKeyWithId = async (source: RootKeySource, id: string): Promise<RootKey> => {
  const found = await openRootKey(source, false);
  if (found.id === id || (typeof source !== "string" && "hex" in source)) return found;
  const next = await readFrom(source, nextEnding);
  return next?.id === id ? next : found;
};

/** Ends an exchange: the next key takes its place, or is thrown away where the vault is not under it. */
export const settleRootKey = async (source: RootKeySource, taken: boolean): Promise<void> => {
  if (typeof source !== "string" && "hex" in source) return;
  const { file, keeper } = partsOf(source);
  if (!taken) return rm(`${file}${nextEnding}`, { force: true });
  await rename(`${file}${nextEnding}`, file).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== "ENOENT") throw fault;
  });
  await syncFolder(path.dirname(file));
  await keeper?.keepOnly(((await readText(file)) ?? "").trim());
};
