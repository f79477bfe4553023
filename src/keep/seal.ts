// Seals values under their owner's key, bound to their place, and opens them for a stated purpose only (K3, third wall).
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  randomFillSync,
  type KeyObject,
} from "node:crypto";
import type { Table } from "./register.ts";

/** A value that does not open: moved from another row, column or person, or damaged. Never carries the value. */
export class SealError extends Error {
  override name = "SealError";
}

const ivBytes = 12;
const tagBytes = 16;
const pool = Buffer.alloc(ivBytes * 1024);
let used = pool.length;

const nextIv = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += ivBytes;
  return Buffer.from(pool.subarray(used - ivBytes, used));
};

const prepared = new WeakMap<Uint8Array, KeyObject>();

/** Node prepares a raw key anew at each use, which takes three times as long as the sealing itself. */
const preparedOf = (key: Uint8Array): KeyObject => {
  const found = prepared.get(key) ?? createSecretKey(key);
  prepared.set(key, found);
  return found;
};

type Row = Readonly<Record<string, unknown>>;

/** Where a value lies: table and column by their permanent numbers, the person, and the row's key. */
export const boundTo = (table: Table, column: string, row: Row): string => {
  const declared = table.columns[column];
  if (!declared?.sealed || !table.owner)
    throw new SealError(`${table.name}.${column} is not a sealed column`);
  const key = table.key.map((name) => String(row[name])).join(",");
  return `${table.number}.${declared.number}|${String(row[table.owner])}|${key}`;
};

/**
 * AES-256-GCM (NIST SP 800-38D): 12 bytes of IV, 16 of tag, then the sealed text.
 * @param key 32 bytes, the owner's
 * @param bound from {@link boundTo}
 */
export const seal = (key: Buffer, bound: string, text: string): Buffer => {
  const iv = nextIv();
  const cipher = createCipheriv("aes-256-gcm", preparedOf(key), iv);
  cipher.setAAD(Buffer.from(bound));
  const body = cipher.update(text, "utf8");
  const rest = cipher.final();
  return Buffer.concat([iv, cipher.getAuthTag(), body, rest]);
};

/** The text again, or a {@link SealError} when it was sealed elsewhere, for somebody else, or was changed. */
export const unseal = (key: Uint8Array, bound: string, sealed: Buffer): string => {
  try {
    const opener = createDecipheriv("aes-256-gcm", preparedOf(key), sealed.subarray(0, ivBytes));
    opener.setAAD(Buffer.from(bound));
    opener.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
    const opened = opener.update(sealed.subarray(ivBytes + tagBytes));
    opener.final();
    return opened.toString("utf8");
  } catch {
    throw new SealError(`a sealed value does not open at its place (${bound.split("|")[0]})`);
  }
};
