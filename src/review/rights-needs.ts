// What the acts on a person's standing are handed; main wires it (R3, R4).
import type { Clock } from "../keep/clock.ts";
import type { Data, Within } from "../keep/database.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { Pieces } from "../keep/pieces.ts";
import type { Restand } from "../keep/standing.ts";
import type { Journal } from "../keep/vault/journal.ts";
import type { Policy } from "../policy/core.ts";

export const purpose = "answer-person";

/** What brings a standing about in one transaction, now or again after a restore. */
export type StandingNeeds = {
  /** Transactions of the desk role: these acts can be done whatever else is stopped. */
  within: Within;
  pieces: Pieces;
  ledger: Ledger;
  clock: Clock;
  newId: () => string;
  restand: Restand;
  /** Ends in the transaction what the person still has open in sessions. */
  closeSeats: (data: Data, subject: string, at: Date) => Promise<void>;
  /** Ends in the transaction every sign-in of the person. */
  endSignIns: (data: Data, subject: string, at: Date) => Promise<void>;
};

export type RightsNeeds = StandingNeeds & {
  policy: Pick<Policy, "erase" | "contact">;
  /** The journal in the vault: what is noted there is done again after a restore. */
  note: Journal["note"];
  /** The live rooms of this process. */
  rooms: {
    takeOut(subject: string): Promise<void>;
    readAnew(subject: string): Promise<void>;
  };
};
