// A new password by mail: a link to each account whose confirmed address it is, good once, for an hour, and for the password that was there (K8, C3).
import { addressKey } from "../keep/vault/address-key.ts";
import type { Data } from "../keep/database.ts";
import { accountPurpose } from "./account-purpose.ts";
import { hashPassword, replacePassword, sealPassword } from "./check-password.ts";
import { addressOf, tellOfChange, type MailNeeds } from "./mail-address.ts";
import { endSignIns, userNameOf } from "./sign-in.ts";
import type { Ticket } from "./tickets.ts";

/** When the password was set that a link may replace; 0 where there is none. */
const passwordSince = async (data: Data, subject: string): Promise<number> => {
  const row = await data
    .selectFrom("credential")
    .select("updated_at")
    .where("subject", "=", subject)
    .executeTakeFirst();
  return row?.updated_at.getTime() ?? 0;
};

const mailLink = async (needs: MailNeeds, subject: string, typed: string): Promise<void> => {
  const address = await addressOf(needs, subject);
  if (!address?.provedAt || addressKey(address.email) !== addressKey(typed)) return;
  const purpose = await accountPurpose(needs, subject);
  const userName = (await userNameOf(needs, subject)) ?? "";
  await needs.within({ actor: subject, purpose }, async (data) => {
    const ticket = needs.tickets.make("new-password", { subject, since: await passwordSince(data, subject) });
    const letter = needs.letters.newPassword(userName, ticket);
    await needs.queueMail(data, { subject, purpose, to: address.email, kind: "reset-password", ...letter });
  });
};

/**
 * Mails a link to each account that has confirmed this address. Not to be waited for by the answer to a request, which
 * would tell by its time who has an account.
 */
export const mailNewPassword = async (needs: MailNeeds, address: string): Promise<void> => {
  for (const subject of await needs.vault.findAll("email", addressKey(address)))
    await mailLink(needs, subject, address);
};

/** Whose password a link changes; null where that was changed since by other means. */
export const accountOfLink = async (
  needs: MailNeeds,
  { carries: { subject, since } }: Ticket<"new-password">,
): Promise<{ subject: string; userName: string } | null> => {
  const purpose = await accountPurpose(needs, subject);
  const set = await needs.within({ actor: subject, purpose }, (data) => passwordSince(data, subject));
  const userName = set === since ? await userNameOf(needs, subject) : null;
  return userName === null ? null : { subject, userName };
};

/** Sets the new password and ends every sign-in; false when the link was used before. */
export const useNewPasswordLink = async (
  needs: MailNeeds,
  ticket: Ticket<"new-password">,
  password: string,
): Promise<boolean> => {
  const { subject, since } = ticket.carries;
  const row = await sealPassword(needs, subject, await hashPassword(password));
  const purpose = await accountPurpose(needs, subject);
  return needs.within({ actor: subject, purpose }, async (data) => {
    if (!(await needs.tickets.spend(data, ticket)) || (await passwordSince(data, subject)) !== since)
      return false;
    await replacePassword(needs, data, row);
    await endSignIns(data, subject, needs.clock(), null);
    await tellOfChange(needs, data, subject, purpose, "password");
    await needs.ledger.append(data, [
      { kind: "collected", about: [subject], purpose, categories: ["password"] },
    ]);
    return true;
  });
};
