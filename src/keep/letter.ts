// The form in which any room writes to a person; who carries it, and whether, is the policy's matter (D1, D3).
import type { Reason } from "../policy/core.ts";
import type { Data } from "./database.ts";

export type Letter = {
  subject: string;
  /** What it is written for: one of those that the role `mail` may state. */
  purpose: string;
  /** One e-mail address, as the person gave it. */
  to: string;
  /** Plain text, one line. */
  title: string;
  /** Plain text. */
  text: string;
  /** Name of the template, for the outbox: `reset-password`. Never anything of the person's. */
  kind: string;
  /** When it is due; at once where left out. */
  at?: Date;
};

/**
 * A refusal says why, and by which rules of the policy. `not-permitted`: the person's permissions do not hold the
 * purpose, be it that they said no, or restricted the use, or are being erased.
 */
export type Queued =
  | { queued: true }
  | { queued: false; why: Reason | "not-permitted" | "not-an-address"; rules: readonly string[] };

/**
 * Puts a letter in line in the caller's transaction: it goes out if, and only if, that commits. The caller's role needs
 * INSERT on `mail`, and what the transaction states has to be a purpose that may put a letter in.
 */
export type QueueMail = (data: Data, letter: Letter) => Promise<Queued>;
