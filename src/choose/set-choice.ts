// Records what a person chose, and lets it decide from that moment: mask and ledger change in the same transaction (O4, O1, K4).
import type { Detail } from "../keep/journal-kinds.ts";
import type { Data, Within } from "../keep/database.ts";
import type { Restand } from "../keep/standing.ts";
import { purpose, type ChooseNeeds } from "./needs.ts";

export type Chosen = {
  choice: string;
  state: "given" | "refused";
  /** Where it was made, in the policy's words: `profile`, `mail`, a collection point. */
  place: string;
};

/** A choice as it is kept; the journal holds the same. */
type Kept = Chosen & { id: string; at: Date; activation: number };

/** Whether the policy lets this choice be made at that place. */
const isOffered = ({ inForce }: ChooseNeeds, { choice, place }: Chosen): boolean => {
  const { choices } = inForce.versions.running.compiled.policy;
  return choice in choices && (choices[choice]?.where.includes(place) ?? false);
};

const keep = async (data: Data, restand: Restand, subject: string, kept: Kept): Promise<void> => {
  // Locked first: of two choices made at once, the mask knows both.
  await data.selectFrom("subject").select("id").where("id", "=", subject).forUpdate().execute();
  await data
    .insertInto("choice")
    .values({ ...kept, subject })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await restand(data, subject);
};

/** @returns false where the policy offers no such choice there; nothing is changed then */
export const setChoice = async (needs: ChooseNeeds, subject: string, chosen: Chosen): Promise<boolean> => {
  if (!isOffered(needs, chosen)) return false;
  const { choice, state, place } = chosen;
  const at = needs.clock();
  const kept: Kept = {
    choice,
    state,
    place,
    id: needs.newId(),
    at,
    activation: needs.inForce.running.number,
  };
  await needs.note({ kind: "choice", at, subject, detail: { ...kept, at: at.toISOString() } });
  await needs.within({ actor: subject, purpose }, async (data) => {
    await keep(data, needs.restand, subject, kept);
    const detail = `${choice}: ${state}`;
    await needs.ledger.append(data, [
      { kind: "chose", about: [subject], rules: [`choices.${choice}`], detail },
    ]);
  });
  return true;
};

/** Keeps a choice again that a restored copy of the data does not have. */
export const keepChoiceAgain = async (
  { within, restand }: { within: Within; restand: Restand },
  subject: string,
  detail: Detail,
): Promise<void> => {
  const kept = { ...(detail as Omit<Kept, "at">), at: new Date(String(detail.at)) };
  await within({ actor: subject, purpose }, async (data) => {
    const there = await data.selectFrom("subject").select("id").where("id", "=", subject).executeTakeFirst();
    if (there) await keep(data, restand, subject, kept);
  });
};
