// Registers a technician with a user name and a password or a passkey alone; everything else is optional and as the policy offers it (C1, C3, C6).
import { tables } from "../keep/tables.ts";
import { addressKey } from "../keep/vault/address-key.ts";
import { sealPassword } from "./check-password.ts";
import { sealPasskey, type NewPasskey } from "./passkeys.ts";
import { service } from "../policy/rows.ts";
import type { Age } from "../policy/core.ts";
import type { Vault } from "../keep/vault/vault.ts";
import { networkPurpose, purpose, type CollectNeeds } from "./needs.ts";
import { tidyName, userNameKey } from "./user-name.ts";

export type AgreedDocument = { id: string; version: number; digest: Buffer };

export type Registration = {
  kind: "technician" | "administrator";
  userName: string;
  /** Null where a passkey takes its place. */
  passwordHash: string | null;
  /** A passkey, and the id that it was made for. */
  made?: { passkey: NewPasskey; subject: string } | null;
  /** Offered fields that were filled in, by category. */
  details: Readonly<Record<string, string>>;
  /** What the browser told, by category, as far as the policy collects it here. */
  network: Readonly<Record<string, string>>;
  /** The age group, where the policy has it asked. */
  age?: Age;
  /** The region whose rules hold for the person. */
  region?: string;
  agreed: readonly AgreedDocument[];
  /** Path of the page on which this was sent. */
  page: string;
  rules: readonly string[];
};

/** A claim older than this with no subject behind it was left by a registration that was cut short. */
const claimStale = 60_000;

const subjectExists = async (needs: CollectNeeds, subject: string): Promise<boolean> =>
  (await needs.within({ actor: service, purpose }, (data) =>
    data.selectFrom("subject").select("id").where("id", "=", subject).executeTakeFirst(),
  )) !== undefined;

const claimName = async (needs: CollectNeeds, key: string, subject: string): Promise<boolean> => {
  const now = needs.clock();
  if (await needs.vault.claim("user-name", key, subject, now)) return true;
  const holder = await needs.vault.find("user-name", key);
  if (!holder) return needs.vault.claim("user-name", key, subject, now);
  const stale = Math.abs(now.getTime() - holder.claimedAt.getTime()) > claimStale;
  if (!stale || (await subjectExists(needs, holder.subject))) return false;
  await forget(needs.vault, holder.subject);
  return needs.vault.claim("user-name", key, subject, now);
};

const forget = async (vault: Vault, subject: string): Promise<void> => {
  await vault.release(subject);
  await vault.destroyKey(subject);
};

const sealRows = async (needs: CollectNeeds, subject: string, given: Registration) => {
  const { pieces } = needs;
  const { userName, details, network, passwordHash, made } = given;
  return {
    credential: passwordHash === null ? null : await sealPassword(needs, subject, passwordHash),
    passkey: made ? await sealPasskey(needs, subject, made.passkey) : null,
    userName: await pieces.seal(
      tables.profile,
      "user_name",
      { subject },
      { "user-name": tidyName(userName) },
    ),
    details: await pieces.seal(tables.profile, "details", { subject }, details),
    network: await pieces.seal(tables.registration, "network", { subject }, network),
  };
};

/** Of the answer nothing is kept but the group, which stands with the person's standing. */
const ageCollected = (subject: string, { age, rules }: Registration) =>
  age === undefined || age === "unknown"
    ? []
    : [
        {
          kind: "collected" as const,
          about: [subject],
          categories: ["age-answer"],
          rules: [...rules, "age"],
        },
      ];

const write = async (needs: CollectNeeds, subject: string, given: Registration): Promise<void> => {
  const sealed = await sealRows(needs, subject, given);
  const at = needs.clock();
  await needs.within({ actor: subject, purpose }, async (data, restate) => {
    await data
      .insertInto("subject")
      .values({
        id: subject,
        kind: given.kind,
        ...needs.newcomer({ region: given.region, age: given.age }),
        created_at: at,
      })
      .execute();
    await data
      .insertInto("profile")
      .values({ subject, created_at: at, user_name: sealed.userName, details: sealed.details })
      .execute();
    await restate(networkPurpose);
    await data
      .insertInto("registration")
      .values({ subject, at, page: given.page, network: sealed.network })
      .execute();
    await restate(purpose);
    if (sealed.credential) await data.insertInto("credential").values(sealed.credential).execute();
    if (sealed.passkey) await data.insertInto("passkey").values(sealed.passkey).execute();
    await data
      .insertInto("agreement")
      .values(
        given.agreed.map(({ id, version, digest }) => ({
          id: needs.newId(),
          subject,
          document: id,
          version,
          digest,
          page: given.page,
          at,
        })),
      )
      .execute();
    await needs.ledger.append(data, [
      {
        kind: "collected",
        about: [subject],
        purpose,
        categories: [
          "user-name",
          ...(sealed.credential ? ["password"] : []),
          ...(sealed.passkey ? ["passkey"] : []),
          ...Object.keys(given.details),
        ],
        rules: given.rules,
      },
      ...ageCollected(subject, given),
      {
        kind: "collected",
        about: [subject],
        purpose: networkPurpose,
        categories: Object.keys(given.network),
        rules: given.rules,
      },
      {
        kind: "agreed",
        about: [subject],
        detail: given.agreed.map(({ id, version }) => `${id}@${version}`).join(" "),
      },
    ]);
  });
};

/** Registers, and gives the new subject's id; null when the user name is taken. */
export const registerTechnician = async (
  needs: CollectNeeds,
  given: Registration,
): Promise<string | null> => {
  const subject = given.made?.subject ?? needs.newId();
  if (!(await claimName(needs, userNameKey(given.userName), subject))) return null;
  try {
    await needs.vault.createKey(subject);
    const { email } = given.details;
    if (email) await needs.vault.claim("email", addressKey(email), subject, needs.clock());
    await write(needs, subject, given);
  } catch (fault) {
    // Where it is not known whether the rows stand, the key stays: a name that is stale is taken over later.
    const stands = await subjectExists(needs, subject).catch(() => true);
    if (!stands) await forget(needs.vault, subject);
    throw fault;
  }
  return subject;
};
