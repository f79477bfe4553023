// The ledger: what was done and under which rule, chained by hash and signed, with no value of anybody's in it (K5).
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";
import { sql } from "kysely";
import { checkpointOf, type Checkpoint } from "./checkpoint.ts";
import type { Clock } from "./clock.ts";
import type { Data } from "./database.ts";

/** One act. `about` are subjects' ids; in the ledger they stand as references that end with the person's key. */
export type Act = {
  /** One a line, so that rooms add theirs side by side. */
  kind:
    | "collected"
    | "agreed"
    | "looked"
    | "ended"
    | "signed-in"
    | "restored"
    | "shared"
    | "chose"
    | "told"
    | "role-given"
    | "role-ended"
    | "restricted"
    | "unrestricted"
    | "erase-asked"
    | "erase-taken-back"
    | "held"
    | "hold-ended"
    | "erasing"
    | "corrected"
    | "telling-owed"
    | "told-recipient"
    | "objected"
    | "objection-taken-back"
    | "answered"
    | "child-reported"
    | "child-report-closed"
    | "downloaded"
    | "recognised";
  about: readonly string[];
  purpose?: string;
  categories?: readonly string[];
  /** The policy rules that say so, such as `collect[0]`. */
  rules?: readonly string[];
  /** Of what was shared: who got it, by the policy's name. */
  recipient?: string;
  count?: number;
  detail?: string;
};

/** The public key in the data folder, for whoever verifies: it is no secret, and is best kept elsewhere too. */
export const publicKeyFile = "ledger-public-key.pem";

export type Ledger = {
  /** Appends in the caller's transaction, as its last statements: the head is locked until it ends. */
  append(data: Data, acts: readonly Act[]): Promise<void>;
  /** A person's name in the entry of a number; null once their key is gone. */
  nameOf(subject: string): Promise<((seq: number) => string) | null>;
  /** Signs where the chain stands. */
  checkpoint(head: { seq: number; hash: Buffer }): Checkpoint;
  /** Signs a text of a kind, such as `receipt`; what is signed as one kind passes for no other. In base64. */
  sign(kind: string, text: string): string;
  /** Public key in PEM, for `upheld verify`. */
  publicKey: string;
};

type Needs = {
  clock: Clock;
  /** 32 bytes, from the vault. */
  signingSeed: Buffer;
  keyOf: (subject: string) => Promise<Buffer | null>;
  /** Policy id and version that entries name, as in `selmo@1`. */
  policy: string;
};

/** Ed25519 private key (RFC 8032) from its 32-byte seed, in the PKCS #8 wrapping of RFC 8410. */
const privateKeyOf = (seed: Buffer): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
    format: "der",
    type: "pkcs8",
  });

/**
 * A person's name in one entry: an HMAC under a key derived from the person's own, gone when that is destroyed. It is
 * another in each entry, so that afterwards not even two entries can be told to be about the same person.
 */
export const referenceOf = (key: Buffer, subject: string, seq: number): string => {
  const ledgerKey = createHmac("sha256", key).update("ledger reference").digest();
  const own = createHmac("sha256", ledgerKey).update(`${subject} ${seq}`).digest();
  return own.subarray(0, 16).toString("base64url");
};

/** Whether an entry is about somebody, for whoever still has their key. */
export const isAbout = (
  key: Buffer,
  subject: string,
  entry: { seq: number; about: readonly string[] },
): boolean => entry.about.includes(referenceOf(key, subject, entry.seq));

/** Hash of an entry: SHA-256 over the hash before it and the entry's text. */
export const chained = (previous: Buffer, entry: string): Buffer =>
  createHash("sha256").update(previous).update(entry).digest();

const stated = (kind: string, text: string): Buffer => Buffer.from(`upheld ${kind} ${text}`);

/** Whether the service whose public key (PEM) this is signed a text of a kind. */
export const isSigned = (publicKey: string, kind: string, text: string, signature: string): boolean =>
  verify(null, stated(kind, text), createPublicKey(publicKey), Buffer.from(signature, "base64"));

const headOf = async (data: Data): Promise<{ seq: number; hash: Buffer }> =>
  data.selectFrom("ledger_head").select(["seq", "hash"]).forUpdate().executeTakeFirstOrThrow();

export const createLedger = ({ clock, signingSeed, keyOf, policy }: Needs): Ledger => {
  const key = privateKeyOf(signingSeed);
  /** Before the head is locked: keys may have to come from the vault. */
  const keysFor = async (acts: readonly Act[]): Promise<Map<string, Buffer | null>> => {
    const ids = [...new Set(acts.flatMap(({ about }) => about))];
    return new Map(await Promise.all(ids.map(async (id) => [id, await keyOf(id)] as const)));
  };
  return {
    publicKey: createPublicKey(key).export({ format: "pem", type: "spki" }).toString(),
    sign: (kind, text) => sign(null, stated(kind, text), key).toString("base64"),
    async nameOf(subject) {
      const own = await keyOf(subject);
      return own && ((seq) => referenceOf(own, subject, seq));
    },
    checkpoint: (head) => checkpointOf(key, head, clock()),
    async append(data, acts) {
      const keys = await keysFor(acts);
      let { seq, hash } = await headOf(data);
      const at = clock().toISOString();
      const rows = acts.map((act) => {
        seq += 1;
        const about = act.about.map((id) => {
          const own = keys.get(id);
          return own ? referenceOf(own, id, seq) : "erased";
        });
        const entry = JSON.stringify({ seq, at, ...act, about, policy });
        hash = chained(hash, entry);
        return { seq, entry, hash, signature: sign(null, hash, key) };
      });
      await data.insertInto("ledger").values(rows).execute();
      await sql`update ledger_head set seq = ${seq}, hash = ${hash}`.execute(data);
    },
  };
};
