// Changes the name by which somebody signs in, and tells their address: the new one is claimed before, the old let go after (R2, K8).
import { tables } from "../keep/tables.ts";
import { accountPurpose } from "./account-purpose.ts";
import { noteCorrection } from "./correct-piece.ts";
import { tellOfChange, type MailNeeds } from "./mail-address.ts";
import { tidyName, userNameKey } from "./user-name.ts";

/** The account's own: cut off between claim and commit, it finds the name claimed for itself the next time. */
const claim = async ({ vault, clock }: MailNeeds, subject: string, key: string): Promise<boolean> =>
  (await vault.claim("user-name", key, subject, clock())) ||
  (await vault.find("user-name", key))?.subject === subject;

/** `taken`: another account goes by this name. Whoever got the old one is told by the caller. */
export const changeUserName = async (
  needs: MailNeeds,
  subject: string,
  typed: string,
): Promise<"changed" | "same" | "taken"> => {
  const name = tidyName(typed);
  if (!(await claim(needs, subject, userNameKey(name)))) return "taken";
  const purpose = await accountPurpose(needs, subject);
  const old = await needs.within({ actor: subject, purpose }, async (data) => {
    const row = await data
      .selectFrom("profile")
      .select(["subject", "user_name"])
      .where("subject", "=", subject)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const { "user-name": before = "" } = await needs.pieces.open(purpose, tables.profile, "user_name", row);
    if (before === name) return before;
    await tellOfChange(needs, data, subject, purpose, "user-name");
    const sealed = await needs.pieces.seal(tables.profile, "user_name", { subject }, { "user-name": name });
    await data.updateTable("profile").set({ user_name: sealed }).where("subject", "=", subject).execute();
    await noteCorrection(needs, subject, "profile", "user_name", { subject }, sealed);
    await needs.ledger.append(data, [
      { kind: "corrected", about: [subject], purpose, categories: ["user-name"], rules: ["rights.correct"] },
    ]);
    return before;
  });
  if (old === name) return "same";
  if (userNameKey(old) !== userNameKey(name)) await needs.vault.drop("user-name", userNameKey(old), subject);
  return "changed";
};
