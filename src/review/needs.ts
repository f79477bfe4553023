// What the room of review is handed; main wires it.
import type { Clock } from "../keep/clock.ts";
import type { Within } from "../keep/database.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { QueueMail } from "../keep/letter.ts";
import type { InForce } from "../keep/permissions.ts";
import type { Pieces } from "../keep/pieces.ts";

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
};

export const purpose = "answer-person";
