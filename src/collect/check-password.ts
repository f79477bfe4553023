// Passwords at rest: scrypt, sealed; a name that nobody has is checked as slowly and as plainly as any other (K3).
import { hashPassword, verifyPassword } from "@better-auth/utils/password";
import { tables } from "../keep/tables.ts";
import type { Data } from "../keep/database.ts";
import { passwordLength } from "./password.ts";
import { noteCorrection } from "./correct-piece.ts";
import { accountPurpose } from "./account-purpose.ts";
import type { CollectNeeds } from "./needs.ts";

export { hashPassword };

/** The kind of credential that a password is. */
const provider = "credential";

/** The stored hash of an account, or null where it has none. */
const passwordOf = async (needs: CollectNeeds, subject: string): Promise<string | null> => {
  const { within, pieces } = needs;
  const purpose = await accountPurpose(needs, subject);
  const row = await within({ actor: subject, purpose }, (data) =>
    data
      .selectFrom("credential")
      .innerJoin("subject", "subject.id", "credential.subject")
      .select(["credential.id", "credential.subject", "credential.secret"])
      .where("credential.subject", "=", subject)
      .where("credential.provider", "=", provider)
      .where("subject.status", "<>", "erased")
      .executeTakeFirst(),
  );
  if (!row) return null;
  const { password } = await pieces.open(purpose, tables.credential, "secret", row);
  return password ?? null;
};

export const hasPassword = async (needs: CollectNeeds, subject: string): Promise<boolean> =>
  (await passwordOf(needs, subject)) !== null;

/**
 * Whether this is the subject's password.
 * @param subject null for a name that nobody has
 * @param decoy an account that nobody has, which is asked in place of one that is not there or has no password
 */
export const checkPassword = async (
  needs: CollectNeeds,
  decoy: string,
  subject: string | null,
  password: string,
): Promise<boolean> => {
  if (password.length === 0 || password.length > passwordLength.most) return false;
  const own = await passwordOf(needs, subject ?? decoy);
  const hash = own ?? (await passwordOf(needs, decoy)) ?? "";
  const right = await verifyPassword(hash, password);
  return right && own !== null && subject !== null;
};

const idOf = async (needs: CollectNeeds, subject: string): Promise<string | null> => {
  const [row] = await needs.within.one(
    { actor: subject, purpose: await accountPurpose(needs, subject) },
    (data) =>
      data
        .selectFrom("credential")
        .select("id")
        .where("subject", "=", subject)
        .where("provider", "=", provider)
        .compile(),
  );
  return row?.id ?? null;
};

/** A row of `credential` for the hash of a password, in the place of the one that is there. */
export const sealPassword = async (needs: CollectNeeds, subject: string, hash: string) => {
  const row = { id: (await idOf(needs, subject)) ?? needs.newId(), subject };
  const secret = await needs.pieces.seal(tables.credential, "secret", row, { password: hash });
  const at = needs.clock();
  return { ...row, provider, secret, created_at: at, updated_at: at };
};

/** Puts a sealed password in the place of the one before, in the caller's transaction; no restore brings that back. */
export const replacePassword = async (
  needs: CollectNeeds,
  data: Data,
  row: Awaited<ReturnType<typeof sealPassword>>,
): Promise<void> => {
  const { id, secret, updated_at } = row;
  await data
    .insertInto("credential")
    .values(row)
    .onConflict((one) => one.columns(["subject", "provider"]).doUpdateSet({ id, secret, updated_at }))
    .execute();
  await noteCorrection(needs, row.subject, "credential", "secret", { id }, secret);
};
