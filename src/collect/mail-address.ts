// The address of an account: confirmed by a link that was mailed to it, changed with a word to the old one (C3, K8, R2).
import { tables } from "../keep/tables.ts";
import type { Data } from "../keep/database.ts";
import { addressKey } from "../keep/vault/address-key.ts";
import type { AccountLetters, Changed } from "./account-letters.ts";
import { accountPurpose } from "./account-purpose.ts";
import { noteCorrection } from "./correct-piece.ts";
import type { CollectNeeds } from "./needs.ts";
import type { Ticket, Tickets } from "./tickets.ts";

export type MailNeeds = CollectNeeds & { letters: AccountLetters; tickets: Tickets };

/** An address as its person gave it; `provedAt`: when they confirmed it. */
export type MailAddress = { email: string; provedAt: Date | null };

type Profile = {
  userName: string;
  details: Readonly<Record<string, string>>;
  address: MailAddress | null;
};

const profileIn = async (
  { pieces }: CollectNeeds,
  data: Data,
  subject: string,
  purpose: string,
  held = false,
): Promise<Profile | null> => {
  const found = data
    .selectFrom("profile")
    .select(["subject", "user_name", "details", "email_proved_at"])
    .where("subject", "=", subject);
  const row = await (held ? found.forUpdate() : found).executeTakeFirst();
  if (!row) return null;
  const details = await pieces.open(purpose, tables.profile, "details", row);
  const { "user-name": userName = "" } = await pieces.open(purpose, tables.profile, "user_name", row);
  const { email } = details;
  return { userName, details, address: email ? { email, provedAt: row.email_proved_at } : null };
};

/** The account's address, or null where it has none. */
export const addressOf = async (needs: CollectNeeds, subject: string): Promise<MailAddress | null> => {
  const purpose = await accountPurpose(needs, subject);
  const profile = await needs.within({ actor: subject, purpose }, (data) =>
    profileIn(needs, data, subject, purpose),
  );
  return profile?.address ?? null;
};

/** Says to a confirmed address that something was changed, in the transaction that changes it. */
export const tellOfChange = async (
  needs: MailNeeds,
  data: Data,
  subject: string,
  purpose: string,
  what: Changed,
): Promise<void> => {
  const profile = await profileIn(needs, data, subject, purpose);
  if (!profile?.address?.provedAt) return;
  const letter = needs.letters.changed(profile.userName, what);
  await needs.queueMail(data, {
    subject,
    purpose,
    to: profile.address.email,
    kind: "account-changed",
    ...letter,
  });
};

/** Mails a link to an address that the account's person named, whoever else may have named it too. */
export const askToConfirm = async (needs: MailNeeds, subject: string, email: string): Promise<void> => {
  const purpose = await accountPurpose(needs, subject);
  await needs.within({ actor: subject, purpose }, async (data) => {
    const profile = await profileIn(needs, data, subject, purpose);
    if (!profile) return;
    const letter = needs.letters.confirmAddress(
      profile.userName,
      needs.tickets.make("address", { subject, email }),
    );
    await needs.queueMail(data, { subject, purpose, to: email, kind: "confirm-address", ...letter });
  });
};

/** Puts an address, or none, into the account's details, and notes it for a restore. */
const setAddress = async (
  needs: MailNeeds,
  data: Data,
  subject: string,
  { details }: Profile,
  email: string | null,
): Promise<void> => {
  const { email: _before, ...others } = details;
  const values = email === null ? others : { ...others, email };
  const sealed = await needs.pieces.seal(tables.profile, "details", { subject }, values);
  await data
    .updateTable("profile")
    .set({ details: sealed, email_proved_at: email === null ? null : needs.clock() })
    .where("subject", "=", subject)
    .execute();
  await noteCorrection(needs, subject, "profile", "details", { subject }, sealed);
};

/** Lets go of the old address in the vault, once it stands nowhere else. */
const letGo = async (
  { vault }: MailNeeds,
  subject: string,
  old: string,
  now: string | null,
): Promise<void> => {
  if (now === null || addressKey(old) !== addressKey(now))
    await vault.drop("email", addressKey(old), subject);
};

/**
 * Takes an address into use that the link's bearer has shown to reach them, and tells the old one; false when the
 * link was used before.
 */
export const confirmAddress = async (needs: MailNeeds, ticket: Ticket<"address">): Promise<boolean> => {
  const { subject, email } = ticket.carries;
  const purpose = await accountPurpose(needs, subject);
  // Before the rows: an address is never in an account without being found.
  await needs.vault.claim("email", addressKey(email), subject, needs.clock());
  const old = await needs.within({ actor: subject, purpose }, async (data) => {
    const profile = await profileIn(needs, data, subject, purpose, true);
    if (!profile || !(await needs.tickets.spend(data, ticket))) return null;
    const before = profile.address?.email ?? email;
    if (addressKey(before) !== addressKey(email))
      await tellOfChange(needs, data, subject, purpose, "address");
    await setAddress(needs, data, subject, profile, email);
    await needs.ledger.append(data, [
      { kind: "collected", about: [subject], purpose, categories: ["email"] },
    ]);
    return before;
  });
  if (old === null) return false;
  await letGo(needs, subject, old, email);
  return true;
};

/** Takes the address out of the account, and tells it. */
export const removeAddress = async (needs: MailNeeds, subject: string): Promise<void> => {
  const purpose = await accountPurpose(needs, subject);
  const old = await needs.within({ actor: subject, purpose }, async (data) => {
    const profile = await profileIn(needs, data, subject, purpose, true);
    if (!profile?.address) return null;
    await tellOfChange(needs, data, subject, purpose, "address-removed");
    await setAddress(needs, data, subject, profile, null);
    return profile.address.email;
  });
  if (old !== null) await letGo(needs, subject, old, null);
};
