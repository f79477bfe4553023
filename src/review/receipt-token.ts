// The link to what became of an erasure: given out when it is asked for, and good when no account is left (R4).
import { createHmac, timingSafeEqual } from "node:crypto";

const macBytes = 16;

const macOf = (key: Buffer, request: string): Buffer =>
  createHmac("sha256", key).update(`erasure:${request}`).digest().subarray(0, macBytes);

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

const idOf = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** 43 letters: the request's id, and a proof that we gave it out. */
export const receiptToken = (key: Buffer, request: string): string =>
  Buffer.concat([bytesOf(request), macOf(key, request)]).toString("base64url");

/** The request a token is for; null when we never gave it out. */
export const readReceiptToken = (key: Buffer, token: string): string | null => {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const request = idOf(bytes.subarray(0, 16));
  return timingSafeEqual(macOf(key, request), bytes.subarray(16)) ? request : null;
};
