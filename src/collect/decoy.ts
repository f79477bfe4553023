// An account that nobody has: a sign-in under an unknown name takes the same way as one under a known name (K3).
import { randomBytes } from "node:crypto";
import { hashPassword, sealPassword } from "./check-password.ts";
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
export const ensureDecoy = async (needs: CollectNeeds, secret: Buffer): Promise<string> => {
  const { vault, within, clock, newcomer } = needs;
  const id = decoyId(secret);
  if (await exists(needs, id)) return id;
  if (!(await vault.keyOf(id))) await vault.createKey(id);
  const credential = await sealPassword(needs, id, await hashPassword(randomBytes(32).toString("base64")));
  await within({ actor: id, purpose }, async (data) => {
    await data
      .insertInto("subject")
      .values({ id, kind: "decoy", ...newcomer(), created_at: clock() })
      .execute();
    await data.insertInto("credential").values(credential).execute();
  });
  return id;
};
