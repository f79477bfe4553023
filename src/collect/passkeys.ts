// Passkeys (WebAuthn): a device's own proof in the place of a password, with the check that it is the person who holds it (C3, K8).
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from "@simplewebauthn/server";
import { z } from "zod";
import { tables } from "../keep/tables.ts";
import type { Data } from "../keep/database.ts";
import { accountPurpose } from "./account-purpose.ts";
import { tellOfChange, type MailNeeds } from "./mail-address.ts";
import type { CollectNeeds } from "./needs.ts";
import type { Ticket } from "./tickets.ts";

/** Read when the first passkey is met: a start need not wait for it. */
const library = () => import("@simplewebauthn/server");

/** EdDSA, ES256 and RS256 (COSE): what every device has one of, and what Node checks without experiments. */
const algorithms = [-8, -7, -257];

/** Whose passkeys these are: the service's name, its domain, and the address that pages have. */
export type Party = { name: string; domain: string; origin: string };

export const partyOf = (name: string, origin: string): Party => ({
  name,
  domain: new URL(origin).hostname,
  origin,
});

/** What is kept of a passkey, as one sealed piece. */
type Kept = { id: string; publicKey: string; transports: string[]; label: string };

export type ListedPasskey = { id: string; label: string; madeAt: Date; usedAt: Date | null };

/** An authenticator keeps this beside the passkey, and gives it back: it is the account's random id. */
const handleOf = (subject: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(subject.replaceAll("-", ""), "hex"));

const subjectOf = (handle: string | undefined): string | null => {
  const bytes = Buffer.from(handle ?? "", "base64url");
  if (bytes.length !== 16) return null;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

const rowsOf = ({ within }: CollectNeeds, subject: string, purpose: string) =>
  within({ actor: subject, purpose }, (data) =>
    data
      .selectFrom("passkey")
      .innerJoin("subject", "subject.id", "passkey.subject")
      .selectAll("passkey")
      .where("passkey.subject", "=", subject)
      .where("subject.status", "<>", "erased")
      .orderBy("made_at")
      .execute(),
  );

const opened = async (needs: CollectNeeds, subject: string) => {
  const purpose = await accountPurpose(needs, subject);
  return Promise.all(
    (await rowsOf(needs, subject, purpose)).map(async (row) => {
      const { passkey } = await needs.pieces.open(purpose, tables.passkey, "secret", row);
      return { row, kept: passkey === undefined ? null : (JSON.parse(passkey) as Kept) };
    }),
  );
};

const keptOf = async (needs: CollectNeeds, subject: string): Promise<Kept[]> =>
  (await opened(needs, subject)).flatMap(({ kept }) => kept ?? []);

export const listPasskeys = async (needs: CollectNeeds, subject: string): Promise<ListedPasskey[]> =>
  (await opened(needs, subject)).map(({ row, kept }) => ({
    id: row.id,
    label: kept?.label ?? "",
    madeAt: row.made_at,
    usedAt: row.used_at,
  }));

/** What a browser is asked to make; those that the account has are not made again on the same device. */
export const newPasskeyOptions = async (
  needs: CollectNeeds,
  party: Party,
  subject: string,
  userName: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> => {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: party.name,
    rpID: party.domain,
    userName,
    userID: handleOf(subject),
    attestationType: "none",
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: (await keptOf(needs, subject)).map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
};

/** What a browser is asked to prove; `subject`: whose passkeys will do, null for anybody's. */
export const passkeyOptions = async (
  needs: CollectNeeds,
  party: Party,
  subject: string | null,
): Promise<PublicKeyCredentialRequestOptionsJSON> => {
  const { generateAuthenticationOptions } = await library();
  const kept = subject === null ? [] : await keptOf(needs, subject);
  return generateAuthenticationOptions({
    rpID: party.domain,
    userVerification: "required",
    allowCredentials: kept.map(({ id, transports }) => ({ id, transports })),
  });
};

const text = z.string().max(20_000);
const response = z.object({
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  response: z.looseObject({}),
});

/** The answer of a browser, as far as its shape goes; the library checks the rest. */
const parsed = (typed: unknown): unknown => {
  try {
    const { success, data } = response.safeParse(JSON.parse(String(typed)));
    return success ? { clientExtensionResults: {}, ...data } : null;
  } catch {
    return null;
  }
};

export type NewPasskey = { kept: Kept; counter: number };

/**
 * Checks a passkey that a browser has made; null for one that was not made for us, or without asking the person.
 * @param challenge what the browser was given to sign
 */
export const checkNewPasskey = async (
  party: Party,
  challenge: string,
  typed: unknown,
  label: string,
): Promise<NewPasskey | null> => {
  const answer = parsed(typed);
  if (!answer) return null;
  const { verifyRegistrationResponse } = await library();
  const made = await verifyRegistrationResponse({
    response: answer as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.domain,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => null);
  if (!made?.verified) return null;
  const { id, publicKey, counter, transports = [] } = made.registrationInfo.credential;
  return {
    kept: { id, publicKey: Buffer.from(publicKey).toString("base64url"), transports, label },
    counter,
  };
};

/** A row of `passkey`, sealed. */
export const sealPasskey = async (needs: CollectNeeds, subject: string, { kept, counter }: NewPasskey) => {
  const row = { id: needs.newId(), subject };
  const secret = await needs.pieces.seal(tables.passkey, "secret", row, { passkey: JSON.stringify(kept) });
  return { ...row, made_at: needs.clock(), used_at: null, counter, secret };
};

/** False when the ticket was used before. */
export const addPasskey = async (
  needs: MailNeeds,
  made: NewPasskey,
  ticket: Ticket<"new-passkey">,
): Promise<boolean> => {
  const { subject } = ticket.carries;
  const row = await sealPasskey(needs, subject, made);
  const purpose = await accountPurpose(needs, subject);
  return needs.within({ actor: subject, purpose }, async (data) => {
    if (!(await needs.tickets.spend(data, ticket))) return false;
    await data.insertInto("passkey").values(row).execute();
    await tellOfChange(needs, data, subject, purpose, "passkey-added");
    await needs.ledger.append(data, [
      { kind: "collected", about: [subject], purpose, categories: ["passkey"] },
    ]);
    return true;
  });
};

/** Removes one; false where it is the only way left to sign in. Two at once are taken one after the other. */
export const removePasskey = async (needs: MailNeeds, subject: string, id: string): Promise<boolean> => {
  const purpose = await accountPurpose(needs, subject);
  return needs.within({ actor: subject, purpose }, async (data) => {
    const ways = data.selectFrom("passkey").select("id").where("subject", "=", subject);
    const rows = await ways.forUpdate().execute();
    const password = await data
      .selectFrom("credential")
      .select("id")
      .where("subject", "=", subject)
      .executeTakeFirst();
    if (!password && rows.every((row) => row.id === id)) return false;
    await data.deleteFrom("passkey").where("subject", "=", subject).where("id", "=", id).execute();
    await tellOfChange(needs, data, subject, purpose, "passkey-removed");
    return true;
  });
};

/**
 * Notes a use; false when the authenticator's counter has not gone up, as it does not with one that was copied, or when
 * the ticket was used before. Authenticators without a counter say nought for ever.
 */
const noteUse = async (
  needs: CollectNeeds,
  row: { id: string; subject: string },
  counter: number,
  spend: (data: Data) => Promise<boolean>,
): Promise<boolean> =>
  needs.within({ actor: row.subject, purpose: await accountPurpose(needs, row.subject) }, async (data) => {
    if (!(await spend(data))) return false;
    const { numUpdatedRows } = await data
      .updateTable("passkey")
      .set({ counter, used_at: needs.clock() })
      .where("id", "=", row.id)
      .where((column) =>
        column.or([
          column("counter", "<", counter),
          column.and([column("counter", "=", 0), column.val(counter === 0)]),
        ]),
      )
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  });

const credentialOf = ({ id, publicKey, transports }: Kept, counter: number): WebAuthnCredential => ({
  id,
  publicKey: Uint8Array.from(Buffer.from(publicKey, "base64url")),
  counter,
  transports,
});

/**
 * Whose passkey has answered a challenge; null when the answer is not right, was given before, or names nobody.
 * @param subject who has to have answered, or null for whoever it says it is
 */
export const checkPasskey = async (
  needs: CollectNeeds,
  party: Party,
  challenge: string,
  typed: unknown,
  subject: string | null,
  spend: (data: Data) => Promise<boolean>,
): Promise<string | null> => {
  const answer = parsed(typed) as AuthenticationResponseJSON | null;
  const claimed = subject ?? subjectOf(answer?.response.userHandle);
  if (!answer || !claimed) return null;
  const found = (await opened(needs, claimed)).find(({ kept }) => kept?.id === answer.id);
  if (!found?.kept) return null;
  const { verifyAuthenticationResponse } = await library();
  const checked = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.domain,
    credential: credentialOf(found.kept, 0),
    requireUserVerification: true,
  }).catch(() => null);
  if (!checked?.verified) return null;
  return (await noteUse(needs, found.row, checked.authenticationInfo.newCounter, spend)) ? claimed : null;
};
