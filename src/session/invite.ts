// Invitations to a session: a link and a short spoken code, both derived, so that neither lies in the data (T1).
import { createHmac, timingSafeEqual } from "node:crypto";

/** Words that are told apart over a bad telephone line: short, of one spelling, far from each other. */
const words = (
  "AMBER APPLE ARROW BASIL BEACH BERRY BIRCH BISON BREAD BRICK CABIN CANOE CEDAR CHALK CHESS CLIFF CLOUD CORAL CRANE " +
  "DAISY DELTA EAGLE EMBER FALCON FERRY FLINT FROST GARDEN GINGER GLOBE GRAPE HARBOR HAZEL HONEY IVORY JACKET JUNGLE " +
  "KETTLE LADDER LEMON LILAC MAPLE MARBLE MEADOW MELON MINT MUSIC NEEDLE OCEAN OLIVE ORANGE ORBIT PANDA PEPPER PIANO " +
  "PILOT PLANET PRAIRIE RABBIT RIVER ROBIN SALMON SILVER SPRUCE"
).split(" ");

const macBytes = 16;

const mac = (key: Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest().subarray(0, macBytes);

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

const idOf = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** 43 letters for the address of the join page: the session's id and a proof that we gave it out. */
export const inviteToken = (key: Buffer, session: string): string =>
  Buffer.concat([bytesOf(session), mac(key, `link:${session}`)]).toString("base64url");

/** The session an invite token is for, or null when we never gave it out. */
export const readInviteToken = (key: Buffer, token: string): string | null => {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const session = idOf(bytes.subarray(0, 16));
  return timingSafeEqual(mac(key, `link:${session}`), bytes.subarray(16)) ? session : null;
};

/** A code to say aloud, as in `RIVER-482-193`: 64 words by a million numbers; `attempt` gives another when it is taken. */
export const spokenCode = (key: Buffer, session: string, attempt: number): string => {
  const bytes = mac(key, `code:${session}:${attempt}`);
  const word = words[bytes.readUInt8(0) % words.length];
  const number = String(bytes.readUInt32BE(1) % 1_000_000).padStart(6, "0");
  return `${word}-${number.slice(0, 3)}-${number.slice(3)}`;
};

/** Keyed hash under which a code is looked up; how it was typed (case, blanks, dashes) does not matter. */
export const codeHash = (key: Buffer, code: string): Buffer => {
  const letters = code
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");
  return createHmac("sha256", key)
    .update(`code-hash:${letters.slice(0, 40)}`)
    .digest();
};
