// What the rooms bring about again after a restore: a restriction, a choice, an erasure that was asked for (K4).
import { keepChoiceAgain } from "./choose/set-choice.ts";
import type { Kind, RoomReplays } from "./keep/journal-kinds.ts";
import type { ForReplay } from "./keep/open-keep.ts";

/** A kind that this version never notes: met nevertheless, it was noted by a newer one, and must not be passed over. */
const unknown = (kind: Kind) => (): Promise<void> => {
  throw new Error(`the journal has an entry "${kind}", which this version does not know how to replay`);
};

/** One for each kind that the rooms note. */
export const roomReplays = ({ databases, restand }: ForReplay): RoomReplays => ({
  "erase-asked": unknown("erase-asked"),
  "erase-taken-back": unknown("erase-taken-back"),
  restricted: unknown("restricted"),
  unrestricted: unknown("unrestricted"),
  choice: ({ subject, detail }) => keepChoiceAgain({ within: databases.desk, restand }, subject, detail),
});
