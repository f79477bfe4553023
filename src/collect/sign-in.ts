// Signing in: what is known of each sign-in, how long it lasts, when the person last proved who they are, and its end (O6, U11, K3).
import { createHmac, randomBytes } from "node:crypto";
import { tables } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import type { Data } from "../keep/database.ts";
import type { Status } from "../policy/core.ts";
import { accountPurpose } from "./account-purpose.ts";
import { purpose as runAccount, rightsPurpose, type CollectNeeds } from "./needs.ts";

/**
 * The hash under which a sign-in is looked up; the token itself is kept by the browser alone.
 * Keyed from the vault: whoever can write rows can't plant a sign-in.
 */
export const signInHash = (key: Buffer, token: string): Buffer =>
  createHmac("sha256", key).update(`sign-in:${token}`).digest();

/** Milliseconds after which a sign-in has ended, whatever became of its cookie. */
const signInLasts = 7 * 86_400_000;

/** Milliseconds by which two clocks may differ. */
const clocksDiffer = 60_000;

/** Who is signed in, how their account stands, and since when they have not been asked who they are. */
export type Who = {
  signIn: string;
  subject: string;
  kind: string;
  name: string;
  standing: Exclude<Status, "erased">;
  provedAt: Date;
};

export type ListedSignIn = { id: string; browser: string | null; at: Date; provedAt: Date };

/**
 * Signs a subject in who has just proved who they are; gives the token for the cookie.
 * @param network what the policy collects of the browser at a sign-in, by category
 */
export const openSignIn = async (
  needs: CollectNeeds,
  subject: string,
  network: Readonly<Record<string, string>>,
): Promise<string> => {
  const token = randomBytes(32).toString("base64url");
  const now = needs.clock();
  const row = { id: needs.newId(), subject };
  const device = await needs.pieces.seal(tables.sign_in, "device", row, network);
  const purpose = await accountPurpose(needs, subject);
  await needs.within({ actor: subject, purpose }, async (data) => {
    await data
      .insertInto("sign_in")
      .values({
        ...row,
        device,
        token_hash: signInHash(needs.tokenKey, token),
        created_at: now,
        proved_at: now,
        ended_at: null,
        expires_at: new Date(now.getTime() + signInLasts),
      })
      .execute();
    await needs.ledger.append(data, [{ kind: "signed-in", about: [subject], purpose }]);
  });
  return token;
};

/** One whose end lies further off than any could be made was made before the clock was set back, and has ended. */
const lasts = (expiresAt: Date, now: Date): boolean => {
  const left = expiresAt.getTime() - now.getTime();
  return left > 0 && left <= signInLasts + clocksDiffer;
};

const whoFor = async (needs: CollectNeeds, token: string, purpose: string): Promise<Who | null> => {
  const row = await needs.within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("sign_in")
      .innerJoin("subject", "subject.id", "sign_in.subject")
      .innerJoin("profile", "profile.subject", "subject.id")
      .select(["sign_in.id as signIn", "sign_in.expires_at", "sign_in.proved_at as provedAt"])
      .select(["subject.id as subject", "subject.kind", "subject.status", "profile.user_name"])
      .where("sign_in.token_hash", "=", signInHash(needs.tokenKey, token))
      .where("sign_in.ended_at", "is", null)
      .where("subject.status", "<>", "erased")
      .executeTakeFirst(),
  );
  if (!row || !lasts(row.expires_at, needs.clock())) return null;
  const { signIn, subject, kind, provedAt } = row;
  const opened = await needs.pieces.open(purpose, tables.profile, "user_name", row);
  const name = opened["user-name"];
  // The person's keys are gone, and their rows on the way.
  if (name === undefined) return null;
  return { signIn, subject, kind, provedAt, standing: row.status as Who["standing"], name };
};

/** Who holds a cookie; null once the sign-in has ended. */
export const whoIs = async (needs: CollectNeeds, token: string): Promise<Who | null> =>
  (await whoFor(needs, token, runAccount)) ?? (await whoFor(needs, token, rightsPurpose));

/** The name of an account, or null. */
export const userNameOf = async (needs: CollectNeeds, subject: string): Promise<string | null> => {
  const purpose = await accountPurpose(needs, subject);
  const row = await needs.within({ actor: subject, purpose }, (data) =>
    data
      .selectFrom("profile")
      .innerJoin("subject", "subject.id", "profile.subject")
      .select(["profile.subject", "profile.user_name"])
      .where("profile.subject", "=", subject)
      .where("subject.status", "<>", "erased")
      .executeTakeFirst(),
  );
  if (!row) return null;
  return (await needs.pieces.open(purpose, tables.profile, "user_name", row))["user-name"] ?? null;
};

/** The person has proved again who they are. */
export const proveAgain = async (needs: CollectNeeds, { signIn, subject }: Who): Promise<void> => {
  const purpose = await accountPurpose(needs, subject);
  await needs.within.one({ actor: subject, purpose }, (data) =>
    data.updateTable("sign_in").set({ proved_at: needs.clock() }).where("id", "=", signIn).compile(),
  );
};

const running = (data: Data, subject: string, now: Date) =>
  data
    .updateTable("sign_in")
    .set({ ended_at: now })
    .where("subject", "=", subject)
    .where("ended_at", "is", null);

/** Ends one sign-in of a subject; one of somebody else's is not found. */
export const endSignIn = async (needs: CollectNeeds, subject: string, id: string): Promise<void> => {
  const purpose = await accountPurpose(needs, subject);
  await needs.within.one({ actor: subject, purpose }, (data) =>
    running(data, subject, needs.clock()).where("id", "=", id).compile(),
  );
};

/** Ends all sign-ins of a subject but one, or all, in the caller's transaction. */
export const endSignIns = async (
  data: Data,
  subject: string,
  now: Date,
  but: string | null,
): Promise<void> => {
  const all = running(data, subject, now);
  await (but === null ? all : all.where("id", "<>", but)).execute();
};

/** Where the subject is signed in now, the newest first. */
export const listSignIns = async (needs: CollectNeeds, subject: string): Promise<ListedSignIn[]> => {
  const purpose = await accountPurpose(needs, subject);
  const rows = await needs.within({ actor: subject, purpose }, (data) =>
    data
      .selectFrom("sign_in")
      .selectAll()
      .where("subject", "=", subject)
      .where("ended_at", "is", null)
      .where("expires_at", ">", needs.clock())
      .orderBy("created_at", "desc")
      .execute(),
  );
  return Promise.all(
    rows.map(async (row) => {
      const { browser } = await needs.pieces.open(purpose, tables.sign_in, "device", row);
      return { id: row.id, browser: browser ?? null, at: row.created_at, provedAt: row.proved_at };
    }),
  );
};
