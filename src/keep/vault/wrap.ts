// Wraps a key under another, bound to its name, so that a wrapped key put in another's place does not open (K3).
import { createCipheriv, createDecipheriv, randomBytes, type CipherKey } from "node:crypto";

/** AES-256-GCM: 12 bytes of IV, 16 of tag, the wrapped bytes. */
export const wrap = (under: CipherKey, name: string, key: Buffer): Buffer => {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", under, iv).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
};

/** The key again; throws when the wrapping key, the name or a byte is another. */
export const unwrap = (under: CipherKey, name: string, wrapped: Buffer): Buffer => {
  const opener = createDecipheriv("aes-256-gcm", under, wrapped.subarray(0, 12)).setAAD(Buffer.from(name));
  opener.setAuthTag(wrapped.subarray(12, 28));
  return Buffer.concat([opener.update(wrapped.subarray(28)), opener.final()]);
};
