// Knows a browser in which somebody has signed in before, so that those who guess passwords elsewhere can't keep that person out (K3).
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { userNameKey } from "./user-name.ts";

const day = 86_400_000;

/** Bytes of the random part, of the day on which it was made, and of the seal. */
const parts = { random: 16, made: 4, seal: 20 };

const sealOf = (key: Buffer, userName: string, front: Buffer): Buffer =>
  createHmac("sha256", key)
    .update(`device:${userNameKey(userName)}:`)
    .update(front)
    .digest()
    .subarray(0, parts.seal);

/** A mark for the browser of somebody who has just signed in; it holds a random number, today's date and a seal. */
export const makeDevice = (key: Buffer, userName: string, now: Date): string => {
  const front = Buffer.alloc(parts.random + parts.made);
  randomBytes(parts.random).copy(front);
  front.writeUInt32BE(Math.floor(now.getTime() / day), parts.random);
  return Buffer.concat([front, sealOf(key, userName, front)]).toString("base64url");
};

/**
 * What a known browser is counted by, or null for one that is not known to have signed in under this name.
 * @param lasts days for which a mark is good
 */
export const knownDevice = (
  key: Buffer,
  mark: string | null,
  userName: string,
  lasts: number,
  now: Date,
): string | null => {
  const bytes = Buffer.from(mark ?? "", "base64url");
  if (bytes.length !== parts.random + parts.made + parts.seal) return null;
  const front = bytes.subarray(0, parts.random + parts.made);
  if (!timingSafeEqual(sealOf(key, userName, front), bytes.subarray(front.length))) return null;
  const age = Math.floor(now.getTime() / day) - front.readUInt32BE(parts.random);
  return age >= -1 && age <= lasts ? front.subarray(0, parts.random).toString("base64url") : null;
};
