// An account that nobody has: a sign-in under an unknown name takes the same way as one under a known name (K3).
import { randomBytes } from "node:crypto";
import { tables } from "../keep/tables.ts";
import { purpose, type CollectNeeds } from "./needs.ts";

/** The decoy's id, the same at each start. */
const decoyId = (secret: Buffer): string =>
  secret
    .subarray(0, 16)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

const exists = async ({ within }: CollectNeeds, id: string): Promise<boolean> =>
  (await within({ actor: id, purpose }, (data) =>
    data.selectFrom("subject").select("id").where("id", "=", id).executeTakeFirst(),
  )) !== undefined;

/** Makes the decoy if need be: a subject with a key and a password that was never written down. */
export const ensureDecoy = async (
  needs: CollectNeeds,
  secret: Buffer,
  hashPassword: (password: string) => Promise<string>,
): Promise<string> => {
  const { vault, within, pieces, clock, newId, newcomer } = needs;
  const id = decoyId(secret);
  if (await exists(needs, id)) return id;
  if (!(await vault.keyOf(id))) await vault.createKey(id);
  const credential = { id: newId(), subject: id };
  const password = await hashPassword(randomBytes(32).toString("base64"));
  const sealed = await pieces.seal(tables.credential, "secret", credential, { password });
  const at = clock();
  await within({ actor: id, purpose }, async (data) => {
    await data
      .insertInto("subject")
      .values({ id, kind: "decoy", ...newcomer(), created_at: at })
      .execute();
    await data
      .insertInto("credential")
      .values({ ...credential, provider: "credential", secret: sealed, created_at: at, updated_at: at })
      .execute();
  });
  return id;
};
