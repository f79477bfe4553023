// What the room of review is handed; main wires it.
import type { Clock } from "../keep/clock.ts";
import type { Within } from "../keep/database.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { QueueMail } from "../keep/letter.ts";
import type { InForce } from "../keep/permissions.ts";
import type { Pieces } from "../keep/pieces.ts";
import type { Vault } from "../keep/vault/vault.ts";

export type ReviewNeeds = {
  /** Transactions of the desk role. */
  within: Within;
  pieces: Pieces;
  ledger: Ledger;
  clock: Clock;
  newId: () => string;
  inForce: InForce;
  /** Writes to a person, within a transaction. */
  queueMail: QueueMail;
  /** Everybody whose address it is. */
  findAll: Vault["findAll"];
  /** 32 bytes from the vault, under which links to what is held are made and looked up. */
  linkKey: Buffer;
};

export const purpose = "answer-person";
