// What the rooms bring about again after a restore: a restriction, a choice, an objection, an erasure that was asked for (K4).
import { randomUUID } from "node:crypto";
import { keepChoiceAgain } from "./choose/set-choice.ts";
import { endSignIns } from "./collect/sign-in.ts";
import type { Detail, Replay, RoomReplays } from "./keep/journal-kinds.ts";
import type { ForReplay } from "./keep/keep.ts";
import { keepErasureAsked, keepErasureTakenBack } from "./review/erase-request.ts";
import { keepHeld, keepHoldEnded } from "./review/holds.ts";
import { keepObjected, keepObjectionEnded } from "./review/object.ts";
import { keepRestricted, keepUnrestricted } from "./review/restrict.ts";
import type { StandingNeeds } from "./review/rights-needs.ts";
import { closeSeats } from "./session/close-seats.ts";

/** What brings a person's standing about, now or again. */
export const standingNeeds = (keep: ForReplay): StandingNeeds => ({
  within: keep.databases.desk,
  pieces: keep.pieces,
  ledger: keep.ledger,
  clock: keep.clock,
  newId: randomUUID,
  restand: keep.restand,
  closeSeats,
  endSignIns: (data, subject, at) => endSignIns(data, subject, at, null),
});

type StandingKind = Exclude<keyof RoomReplays, "choice">;
type Again = (needs: StandingNeeds, subject: string, detail: Detail) => Promise<boolean>;

/** One for each kind that the rooms note; what stands already is left as it is. */
export const roomReplays = (keep: ForReplay): RoomReplays => {
  const { databases, restand } = keep;
  const again =
    (act: Again): Replay<StandingKind> =>
    async ({ subject, detail }) =>
      void (await act(standingNeeds(keep), subject, detail));
  return {
    "erase-asked": again(keepErasureAsked),
    "erase-taken-back": again(keepErasureTakenBack),
    restricted: again(keepRestricted),
    unrestricted: again(keepUnrestricted),
    held: again(keepHeld),
    "hold-ended": again(keepHoldEnded),
    objected: again(keepObjected),
    "objection-ended": again(keepObjectionEnded),
    choice: ({ subject, detail }) => keepChoiceAgain({ within: databases.desk, restand }, subject, detail),
  };
};
