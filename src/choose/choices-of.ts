// What a person has chosen so far, what it comes to, and how it came about (O1, O4).
import type { ChoiceState, Policy } from "../policy/core.ts";
import { purposesOf } from "../keep/permissions.ts";
import { personIn } from "../keep/standing.ts";
import { purpose, type ChooseNeeds } from "./needs.ts";

export type ChoiceNow = {
  id: string;
  label: string;
  /** What a yes allows: "we may write to you about what is new". */
  about: string;
  state: ChoiceState;
  /** Whether it can be made on the person's own page. */
  here: boolean;
  /** What rests on it, and whether that is allowed for this person now. */
  purposes: { label: string; about: string; allowed: boolean }[];
  /** Newest first. */
  history: { state: ChoiceState; at: Date; place: string }[];
};

/**
 * Every choice of the policy, as this person made it.
 * @param said the policy in the words in which it is read; in its own where left out
 */
export const choicesOf = async (needs: ChooseNeeds, subject: string, said?: Policy): Promise<ChoiceNow[]> => {
  const policy = said ?? needs.inForce.versions.running.compiled.policy;
  const { person, rows } = await needs.within({ actor: subject, purpose }, async (data) => ({
    person: await personIn(data, subject),
    rows: await data
      .selectFrom("choice")
      .select(["choice", "state", "at", "place"])
      .where("subject", "=", subject)
      .orderBy("at", "desc")
      .orderBy("activation", "desc")
      .execute(),
  }));
  const allowed = new Set(purposesOf(needs.inForce, person));
  return Object.entries(policy.choices).map(([id, { label, about, where }]) => ({
    id,
    label,
    about,
    state: person.choices[id]?.state ?? "unset",
    here: where.includes("profile"),
    purposes: Object.entries(policy.purposes)
      .filter(([, { choice }]) => choice === id)
      .map(([name, { label: title, about: to }]) => ({
        label: title,
        about: to,
        allowed: allowed.has(name),
      })),
    history: rows
      .filter(({ choice }) => choice === id)
      .map(({ state, at, place }) => ({ state: state as ChoiceState, at, place })),
  }));
};
