/** The states that a person and an ask can be in: few enough that every one of them can be tried (P3). */
import { evidenceOf } from "./ask.ts";
import type { Evidence } from "./ask.ts";
import type { Age, ChoiceState, Status } from "./policy.ts";

export const ages = ["over", "under", "unknown"] as const satisfies readonly Age[];
export const statuses = [
  "active",
  "restricted",
  "deactivated",
  "erased",
] as const satisfies readonly Status[];
export const choiceStates = [
  "given",
  "assumed",
  "unset",
  "refused",
] as const satisfies readonly ChoiceState[];
export const evidences: readonly (Evidence | undefined)[] = [
  undefined,
  ...new Set(Object.values(evidenceOf)),
];

const evidenceNumbers = new Map(evidences.map((evidence, i) => [evidence, i]));
/** The number of what is shown as evidence, nothing being 0, or -1 where it is none that there is. */
export const evidenceIndex = (evidence: Evidence | undefined): number =>
  evidence === undefined ? 0 : (evidenceNumbers.get(evidence) ?? -1);

/** A person as a decision sees one. */
export type Person = { region: string; age: Age; status: Status; choice: ChoiceState };
export type State = Person & { evidence: Evidence | undefined };

/** Every state of a person in these regions, in the order in which `personIndex` counts them. */
export function personsIn(regions: Iterable<string>): Person[] {
  const made: Person[] = [];
  for (const region of regions)
    for (const age of ages)
      for (const status of statuses)
        for (const choice of choiceStates) made.push({ region, age, status, choice });
  return made;
}

const ageIndex = (age: Age | undefined): number =>
  age === "over" ? 0 : age === "under" ? 1 : age === undefined || age === "unknown" ? 2 : -1;

const statusIndex = (status: Status): number =>
  status === "active"
    ? 0
    : status === "restricted"
      ? 1
      : status === "deactivated"
        ? 2
        : status === "erased"
          ? 3
          : -1;

const choiceIndex = (choice: ChoiceState | undefined): number =>
  choice === undefined || choice === "unset"
    ? 2
    : choice === "given"
      ? 0
      : choice === "assumed"
        ? 1
        : choice === "refused"
          ? 3
          : -1;

/** The number of a state, or -1 where a word of it is none that there is. What is left out is read strictly. */
export function personIndex(
  region: number | undefined,
  age: Age | undefined,
  status: Status,
  choice: ChoiceState | undefined,
): number {
  const a = ageIndex(age);
  const s = statusIndex(status);
  const c = choiceIndex(choice);
  return region === undefined || a < 0 || s < 0 || c < 0 ? -1 : ((region * 3 + a) * 4 + s) * 4 + c;
}
