/** Short questions that other rooms ask of a policy: what may be used, why, until when, and what a form asks (C2 K6). */
import { isUnconditional } from "./compile.ts";
import { acts } from "./speak.ts";
import type { Compiled } from "./compile.ts";
import { objectionTo, personStops } from "./person-stops.ts";
import type { ChoiceState, CollectionPoint, Policy } from "./policy.ts";
import type { Person } from "./states.ts";

const useAct = acts.indexOf("use");

/** Whether some use rule names this category for this purpose; a person's own state is not asked here. */
export function mayUse(compiled: Compiled, category: string, purpose: string): boolean {
  const c = compiled.categories.get(category);
  const p = compiled.purposes.get(purpose);
  if (c === undefined || p === undefined) return false;
  const voices =
    compiled.voices[compiled.cells[(compiled.start[useAct] ?? 0) + c * compiled.purposes.size + p] ?? 0];
  if (voices === undefined) return false;
  return voices.permits.length > 0 && !voices.refuses.some(isUnconditional);
}

/** The purposes for which some use rule names this category. */
export function purposesFor(compiled: Compiled, category: string): string[] {
  return [...compiled.purposes.keys()].filter((purpose) => mayUse(compiled, category, purpose));
}

/** What is collected at a place of the service, or null where nothing may be. */
export function collectionPoint(policy: Policy, at: string): CollectionPoint | null {
  return policy.collect.find(({ point }) => point === at) ?? null;
}

/** What is known of a person; each choice that is not named is unset. */
export type Known = Omit<Person, "choice"> & { choices: Readonly<Record<string, ChoiceState>> };

/** What a person's choices come to for one purpose: where they objected to it, that is their no. */
export function choiceFor(
  { purposes }: Policy,
  purpose: string,
  choices: Readonly<Record<string, ChoiceState>>,
): ChoiceState {
  if (choices[objectionTo(purpose)] === "refused") return "refused";
  return choices[purposes[purpose]?.choice ?? ""] ?? "unset";
}

/** The purposes that a person's own state allows: what a mask of permissions has to hold, whatever the data (O1 R3 R4). */
export function permittedPurposes({ policy }: Compiled, { choices, ...person }: Known): string[] {
  return Object.keys(policy.purposes).filter(
    (id) => personStops(policy, "use", id, { ...person, choice: choiceFor(policy, id, choices) }) === null,
  );
}
