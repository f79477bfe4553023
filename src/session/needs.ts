// What the session rooms are handed; main wires it.
import type { Clock } from "../keep/clock.ts";
import type { Within } from "../keep/database.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { Look } from "../keep/look.ts";
import type { Pieces } from "../keep/pieces.ts";
import type { Newcomer } from "../keep/standing.ts";

/** The policy's answer to collecting a category at a collection point, with the rules that gave it. */
export type Permit = (point: string, category: string) => { allowed: boolean; rules: readonly string[] };

export type SessionNeeds = {
  /** Transactions of the room role; its one purpose is {@link purpose}. */
  within: Within;
  pieces: Pieces;
  ledger: Ledger;
  /** Tells people that staff looks at their data; to be waited for before anything is shown. */
  noteLook: (look: Look) => Promise<void>;
  permit: Permit;
  clock: Clock;
  newId: () => string;
  /** Makes the key of a new subject, durable when it resolves. */
  createKey: (subject: string) => Promise<Buffer>;
  /** Standing and permissions that a new subject starts with. */
  newcomer: Newcomer;
  /** 32 bytes from the vault, that invitations are made from and guests' cookies hashed under. */
  inviteKey: Buffer;
  policyVersion: number;
};

export const purpose = "provide-service";

/** What a browser tells of itself; stored only where the policy collects it. */
export type Network = { address: string; browser: string };

/** Keeps of `values` what the policy collects at the point; an empty value counts as not given. */
export const collectable = (
  permit: Permit,
  point: string,
  values: Readonly<Record<string, string | undefined>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([category, value]) =>
      value && permit(point, category).allowed ? [[category, value]] : [],
    ),
  );
