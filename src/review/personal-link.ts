// A guest's own link to what is held about them: derived, so that it rests nowhere, and good as long as there is something (R7).
import { createHmac, timingSafeEqual } from "node:crypto";
import { service } from "../policy/rows.ts";
import { purpose, type ReviewNeeds } from "./needs.ts";

const macBytes = 16;

const mac = (key: Buffer, seat: string): Buffer =>
  createHmac("sha256", key).update(`mine:${seat}`).digest().subarray(0, macBytes);

/** A `g`, the seat, and a proof that we gave it out. @param seat the guest's place in a session, a UUID */
export const personalToken = (key: Buffer, seat: string): string =>
  `g${Buffer.concat([Buffer.from(seat.replaceAll("-", ""), "hex"), mac(key, seat)]).toString("base64url")}`;

const seatIn = (key: Buffer, token: string): string | null => {
  if (!/^g[\w-]{43}$/.test(token)) return null;
  const bytes = Buffer.from(token.slice(1), "base64url");
  // One spelling alone: the last letter has bits that decode to nothing.
  if (bytes.toString("base64url") !== token.slice(1)) return null;
  const seat = bytes
    .subarray(0, 16)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return timingSafeEqual(mac(key, seat), bytes.subarray(16)) ? seat : null;
};

/** Whose link it is; null for one that we never gave out, or whose data has ended. */
export const guestOf = async (
  { within, linkKey }: Pick<ReviewNeeds, "within" | "linkKey">,
  token: string,
): Promise<string | null> => {
  const seat = seatIn(linkKey, token);
  if (!seat) return null;
  const row = await within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("participant")
      .select("subject")
      .where("id", "=", seat)
      .where("role", "=", "guest")
      .executeTakeFirst(),
  );
  return row?.subject ?? null;
};
