// What the collecting rooms are handed; main wires it.
import type { Clock } from "../keep/clock.ts";
import type { Within } from "../keep/database.ts";
import type { QueueMail } from "../keep/letter.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { Pieces } from "../keep/pieces.ts";
import type { Newcomer } from "../keep/standing.ts";
import type { Vault } from "../keep/vault/vault.ts";

export type CollectNeeds = {
  /** Transactions of the door role: registration and sign-in. */
  within: Within;
  pieces: Pieces;
  ledger: Ledger;
  vault: Vault;
  clock: Clock;
  newId: () => string;
  newcomer: Newcomer;
  /** 32 bytes from the vault, under which sign-ins are hashed. */
  tokenKey: Buffer;
  /** Writes to a person, within a transaction. */
  queueMail: QueueMail;
};

export const purpose = "manage-account";

/** What people sign in for who have restricted the use of their data, or closed their account: their rights alone. */
export const rightsPurpose = "answer-person";

/** What the address and the browser of a registration are stored for. */
export const networkPurpose = "keep-site-running";
