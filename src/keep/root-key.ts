// The root key: made at the first start, 0600, durable before anything depends on it; what else is secret is derived from it (K3).
import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { link, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { StartError } from "./start-error.ts";

export type RootKey = {
  /** 32 bytes for one use, named; the same name always gives the same bytes (HKDF-SHA-256, RFC 5869). */
  derive(use: string): Buffer;
  /** Tells keys apart without telling the key. */
  id: string;
};

const keyBytes = 32;

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Written beside and linked into place, so that a kill leaves either a whole key or none. */
const create = async (file: string): Promise<void> => {
  const beside = `${file}.${process.pid}`;
  const handle = await open(beside, "w", 0o600);
  await handle.writeFile(`${randomBytes(keyBytes).toString("hex")}\n`);
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

/**
 * Reads the root key, or makes it when nothing depends on one yet.
 * @param mayCreate true only while no data has been sealed under any key
 */
export const openRootKey = async (file: string, mayCreate: boolean): Promise<RootKey> => {
  const read = (): Promise<string | null> =>
    readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === "ENOENT") return null;
      throw new StartError("root-key-unreadable", `${file} can't be read (${fault.code}). Make it readable.`);
    });
  const text = await read();
  if (text !== null) return rootKeyOf(parse(text, file));
  if (!mayCreate)
    throw new StartError(
      "root-key-lost",
      `The root key ${file} is missing, and without it nobody's data opens. ` +
        `Put the file back, or point UPHELD_ROOT_KEY_FILE to where it is.`,
    );
  await create(file).catch((fault: NodeJS.ErrnoException) => {
    throw new StartError(
      "root-key-unreadable",
      `The root key can't be written to ${file} (${fault.code}). ` +
        `Set UPHELD_ROOT_KEY_FILE to a file in a folder that this user may write to.`,
    );
  });
  return rootKeyOf(parse((await read()) ?? "", file));
};
