// What the room of choices is handed; main wires it.
import type { Activated } from "../keep/activate.ts";
import type { Clock } from "../keep/clock.ts";
import type { Within } from "../keep/database.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { Restand } from "../keep/standing.ts";
import type { Journal } from "../keep/vault/journal.ts";

export type ChooseNeeds = {
  /** Transactions of the desk role: a choice can be made and taken back whatever else is stopped. */
  within: Within;
  ledger: Ledger;
  clock: Clock;
  newId: () => string;
  restand: Restand;
  inForce: Activated;
  /** The journal in the vault: what is noted there is done again after a restore. */
  note: Journal["note"];
};

export const purpose = "answer-person";
