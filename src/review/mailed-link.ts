// A link mailed to an address on file opens what is held, once, for a visit that ends soon (R7).
import { createHmac, randomBytes } from "node:crypto";
import type { Data } from "../keep/database.ts";
import { tables } from "../keep/tables.ts";
import { addressKey } from "../keep/vault/address-key.ts";
import { service } from "../policy/rows.ts";
import { purpose, type ReviewNeeds } from "./needs.ts";

const hour = 3_600_000;

/** A mailed link is good for a day, and what it opens for an hour. */
export const lasts = { link: 24 * hour, visit: hour } as const;

/** Nobody's mailbox is filled by others: so many links to a person within an hour. */
const mostAnHour = 3;

const hashOf = ({ linkKey }: Pick<ReviewNeeds, "linkKey">, kind: "link" | "visit", token: string): Buffer =>
  createHmac("sha256", linkKey).update(`${kind}:${token}`).digest();

const newToken = (): string => randomBytes(32).toString("base64url");

/** The address as this person gave it; null where it is on file no more. */
const addressOnFile = async (
  { pieces }: ReviewNeeds,
  data: Data,
  subject: string,
  address: string,
): Promise<string | null> => {
  const row = await data
    .selectFrom("profile")
    .select(["subject", "details"])
    .where("subject", "=", subject)
    .executeTakeFirst();
  if (!row) return null;
  const { email } = await pieces.open(purpose, tables.profile, "details", row);
  return email && addressKey(email) === addressKey(address) ? email : null;
};

const askedLately = async (data: Data, subject: string, now: Date): Promise<number> => {
  const { count } = await data
    .selectFrom("review_link")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("subject", "=", subject)
    .where("asked_at", ">", new Date(now.getTime() - hour))
    .executeTakeFirstOrThrow();
  return count;
};

export type LinkLetter = (link: string, endsAt: Date) => { title: string; text: string };

const sendTo = async (
  needs: ReviewNeeds,
  subject: string,
  address: string,
  write: LinkLetter,
): Promise<void> => {
  const { within, clock, newId, queueMail, ledger } = needs;
  await within({ actor: subject, purpose }, async (data) => {
    // Held until the end, so that those who ask at once are counted one after the other.
    await data.selectFrom("subject").select("id").where("id", "=", subject).forUpdate().execute();
    const to = await addressOnFile(needs, data, subject, address);
    const now = clock();
    if (to === null || (await askedLately(data, subject, now)) >= mostAnHour) return;
    const token = newToken();
    const ends_at = new Date(now.getTime() + lasts.link);
    const token_hash = hashOf(needs, "link", token);
    const unused = { used_at: null, visit_hash: null, visit_ends_at: null };
    await data
      .insertInto("review_link")
      .values({ id: newId(), subject, asked_at: now, ends_at, token_hash, ...unused })
      .execute();
    await queueMail(data, { subject, purpose, to, kind: "review-link", ...write(token, ends_at) });
    await ledger.append(data, [{ kind: "told", about: [subject], detail: "review link by mail" }]);
  });
};

/**
 * Writes to an address on file, one mail for each person who has it: whoever reads the mail is answered, and whoever
 * asks learns nothing. Not to be waited for by the answer to a request, which would tell by its time what is held.
 */
export const mailLinks = async (needs: ReviewNeeds, address: string, write: LinkLetter): Promise<void> => {
  for (const subject of await needs.findAll("email", addressKey(address)))
    await sendTo(needs, subject, address, write);
};

/** Uses a mailed link up and gives the token of the visit; null for one that is forged, used or over. */
export const openLink = async (needs: ReviewNeeds, token: string): Promise<string | null> => {
  const { within, clock } = needs;
  const visit = `v${newToken()}`;
  const now = clock();
  const opened = await within({ actor: service, purpose }, (data) =>
    data
      .updateTable("review_link")
      .set({
        used_at: now,
        visit_hash: hashOf(needs, "visit", visit),
        visit_ends_at: new Date(now.getTime() + lasts.visit),
      })
      .where("token_hash", "=", hashOf(needs, "link", token))
      .where("used_at", "is", null)
      .where("ends_at", ">", now)
      .where("asked_at", "<=", now)
      .returning("id")
      .executeTakeFirst(),
  );
  return opened ? visit : null;
};

/** Whose visit it is, and until when; null for one that is forged or over. */
export const visitOf = async (
  needs: Pick<ReviewNeeds, "within" | "clock" | "linkKey">,
  token: string,
): Promise<{ subject: string; until: Date } | null> => {
  if (!token.startsWith("v")) return null;
  const now = needs.clock();
  const row = await needs.within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("review_link")
      .select(["subject", "visit_ends_at"])
      .where("visit_hash", "=", hashOf(needs, "visit", token))
      .where("visit_ends_at", ">", now)
      .where("used_at", "<=", now)
      .executeTakeFirst(),
  );
  return row?.visit_ends_at ? { subject: row.subject, until: row.visit_ends_at } : null;
};
