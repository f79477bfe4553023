// The second step: a code from an app (TOTP, RFC 6238) or one of ten backup codes; each works once, however often it is sent at once (K8).
import { createHmac, randomBytes, randomInt } from "node:crypto";
import { createOTP } from "@better-auth/utils/otp";
import { tables } from "../keep/tables.ts";
import type { Data } from "../keep/database.ts";
import { accountPurpose } from "./account-purpose.ts";
import { tellOfChange, type MailNeeds } from "./mail-address.ts";
import type { CollectNeeds } from "./needs.ts";
import type { Ticket } from "./tickets.ts";

/** 144 random bits, in letters that the app gets in base32. */
export const newSecret = (): string => randomBytes(18).toString("base64url");

/** What an app reads, off a picture or by a link. */
export const codeAppUrl = (secret: string, service: string, userName: string): string =>
  createOTP(secret).url(service, userName);

const stepLength = 30_000;

/** Steps before and after the one that runs, for clocks that are not quite right. */
const drift = 1;

/** The 30-second step that a code is of, near an instant; null for one of none. */
export const stepOf = async (secret: string, code: string, now: Date): Promise<number | null> => {
  const running = Math.floor(now.getTime() / stepLength);
  let found: number | null = null;
  for (let step = running - drift; step <= running + drift; step += 1)
    if ((await createOTP(secret).hotp(step)) === code) found = step;
  return found;
};

const tidy = (code: string): string => code.replace(/[\s-]/g, "").toLowerCase();

/** Letters and digits that are not taken for one another. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";
const backupLength = 10;
const backupCount = 10;

const newBackupCode = (): string =>
  Array.from({ length: backupLength }, () => letters[randomInt(letters.length)]).join("");

const backupHash = ({ tokenKey }: CollectNeeds, subject: string, code: string): Buffer =>
  createHmac("sha256", tokenKey)
    .update(`backup-code:${subject}:${tidy(code)}`)
    .digest();

/** As people read and copy them. */
const inHalves = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

const replaceBackupCodes = async (
  needs: CollectNeeds,
  data: Data,
  subject: string,
  codes: readonly string[],
): Promise<void> => {
  const made_at = needs.clock();
  await data.deleteFrom("backup_code").where("subject", "=", subject).execute();
  await data
    .insertInto("backup_code")
    .values(codes.map((code) => ({ subject, hash: backupHash(needs, subject, code), made_at })))
    .execute();
};

const newCodes = (): string[] => Array.from({ length: backupCount }, newBackupCode);

/** Whoever has restricted the use of their data, or closed their account, signs in all the same. */
const statedFor = async (needs: CollectNeeds, subject: string) => ({
  actor: subject,
  purpose: await accountPurpose(needs, subject),
});

/** Since when there is a code app, and how many backup codes are left; null where there is none. */
export const codeAppOf = async (
  needs: CollectNeeds,
  subject: string,
): Promise<{ madeAt: Date; codesLeft: number } | null> =>
  needs.within(await statedFor(needs, subject), async (data) => {
    const app = await data
      .selectFrom("code_app")
      .select("made_at")
      .where("subject", "=", subject)
      .executeTakeFirst();
    const codes = await data
      .selectFrom("backup_code")
      .select("hash")
      .where("subject", "=", subject)
      .execute();
    return app ? { madeAt: app.made_at, codesLeft: codes.length } : null;
  });

/**
 * Turns the second step on, once the app has shown a code of the ticket's secret; gives the backup codes, which are
 * shown this once. Null when the code is not right, or the ticket was used before.
 */
export const turnOnCodeApp = async (
  needs: MailNeeds,
  ticket: Ticket<"code-app">,
  code: string,
): Promise<string[] | null> => {
  const { subject, secret } = ticket.carries;
  const now = needs.clock();
  const step = await stepOf(secret, tidy(code), now);
  if (step === null) return null;
  const sealed = await needs.pieces.seal(tables.code_app, "secret", { subject }, { "second-factor": secret });
  const codes = newCodes();
  const stated = await statedFor(needs, subject);
  return needs.within(stated, async (data) => {
    if (!(await needs.tickets.spend(data, ticket))) return null;
    await data.deleteFrom("code_app").where("subject", "=", subject).execute();
    await data
      .insertInto("code_app")
      .values({ subject, made_at: now, last_step: step, secret: sealed })
      .execute();
    await replaceBackupCodes(needs, data, subject, codes);
    await tellOfChange(needs, data, subject, stated.purpose, "second-step-on");
    await needs.ledger.append(data, [
      { kind: "collected", about: [subject], purpose: stated.purpose, categories: ["second-factor"] },
    ]);
    return codes.map(inHalves);
  });
};

/** New backup codes in the place of the old ones; null where there is no code app. */
export const renewBackupCodes = async (needs: CollectNeeds, subject: string): Promise<string[] | null> =>
  needs.within(await statedFor(needs, subject), async (data) => {
    const app = await data
      .selectFrom("code_app")
      .select("subject")
      .where("subject", "=", subject)
      .executeTakeFirst();
    if (!app) return null;
    const codes = newCodes();
    await replaceBackupCodes(needs, data, subject, codes);
    return codes.map(inHalves);
  });

export const turnOffCodeApp = async (needs: MailNeeds, subject: string): Promise<void> => {
  const stated = await statedFor(needs, subject);
  await needs.within(stated, async (data) => {
    await data.deleteFrom("code_app").where("subject", "=", subject).execute();
    await data.deleteFrom("backup_code").where("subject", "=", subject).execute();
    await tellOfChange(needs, data, subject, stated.purpose, "second-step-off");
  });
};

const useStep = async (data: Data, subject: string, step: number): Promise<boolean> => {
  const { numUpdatedRows } = await data
    .updateTable("code_app")
    .set({ last_step: step })
    .where("subject", "=", subject)
    .where("last_step", "<", step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

const useBackupCode = async (data: Data, subject: string, hash: Buffer): Promise<boolean> => {
  const { numDeletedRows } = await data
    .deleteFrom("backup_code")
    .where("subject", "=", subject)
    .where("hash", "=", hash)
    .executeTakeFirst();
  return numDeletedRows > 0n;
};

/** Uses a code of the app or a backup code up; false when it is not right, or was used before. */
export const useCode = async (needs: CollectNeeds, subject: string, typed: string): Promise<boolean> => {
  const stated = await statedFor(needs, subject);
  const app = await needs.within(stated, (data) =>
    data.selectFrom("code_app").selectAll().where("subject", "=", subject).executeTakeFirst(),
  );
  if (!app) return false;
  const { "second-factor": secret = "" } = await needs.pieces.open(
    stated.purpose,
    tables.code_app,
    "secret",
    app,
  );
  const code = tidy(typed);
  const step = /^\d{6}$/.test(code) && secret ? await stepOf(secret, code, needs.clock()) : null;
  return needs.within(stated, (data) =>
    step === null
      ? useBackupCode(data, subject, backupHash(needs, subject, code))
      : useStep(data, subject, step),
  );
};
