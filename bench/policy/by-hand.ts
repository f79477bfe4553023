// The look-up that one would write by hand for sixty-rules.yaml alone: each ask has one place in one table of small numbers.
import type { Ask, Decision, Policy } from "../../dist/policy/core.js";
import { evidences } from "../../dist/policy/states.js";

export type Found = Pick<Decision, "effect" | "rules">;

type Numbers = Record<string, number>;

const numbered = (words: Iterable<string>): Numbers =>
  Object.assign(Object.create(null) as Numbers, Object.fromEntries([...words].map((word, i) => [word, i])));

const ageOf = ({ age }: Ask): number => (age === "over" ? 0 : age === "under" ? 1 : 2);
const statusOf = ({ status }: Ask): number =>
  status === "active" ? 0 : status === "restricted" ? 1 : status === "deactivated" ? 2 : 3;
const choiceOf = ({ choice }: Ask): number =>
  choice === "given" ? 0 : choice === "assumed" ? 1 : choice === "unset" ? 2 : 3;

/** States that a person can be in: two regions, three ages, four of standing, four of the choice. */
const persons = 2 * 3 * 4 * 4;
const shown = evidences.length;

/**
 * From the same plain object with the same plain words to the effect and the rules that decided. Being written for this
 * policy, it knows the two regions and all words of a person's state, and it trusts its caller: what it was not made
 * for it neither notices nor refuses. Every ask has been answered into its table beforehand.
 */
export const writtenByHand = (
  policy: Policy,
  asks: Iterable<Ask>,
  answer: (ask: Ask) => Found,
): ((ask: Ask) => Found) => {
  const categories = numbered(Object.keys(policy.categories));
  const purposes = numbered(Object.keys(policy.purposes));
  const purposeCount = Object.keys(policy.purposes).length;
  const evidence = numbered(evidences.map(String));
  const recipients = numbered(Object.keys(policy.recipients));
  // Behind the recipients, each with its kinds of evidence, come the acts that ask for none.
  const sharing = Object.keys(policy.recipients).length * shown;
  const targets = numbered([...policy.collect.map(({ point }) => point), ...Object.keys(policy.roles)]);
  const use = sharing + Object.keys(targets).length;

  const targetOf = (ask: Ask): number => {
    switch (ask.act) {
      case "use":
        return use;
      case "keep":
        return use + 1;
      case "collect":
        return sharing + (targets[ask.point as string] as number);
      case "look":
        return sharing + (targets[ask.role as string] as number);
      default:
        return (
          (recipients[ask.recipient as string] as number) * shown +
          (ask.evidence === undefined ? 0 : (evidence[ask.evidence] as number))
        );
    }
  };
  const placeOf = (ask: Ask): number => {
    const cell =
      (targetOf(ask) * 16 + (categories[ask.category] as number)) * purposeCount +
      (purposes[ask.purpose] as number);
    const person = (((ask.region === "US" ? 0 : 1) * 3 + ageOf(ask)) * 4 + statusOf(ask)) * 4 + choiceOf(ask);
    return cell * persons + person;
  };

  const table = new Uint16Array((use + 2) * 16 * purposeCount * persons);
  const found: Found[] = [];
  const known = new Map<string, number>();
  for (const ask of asks) {
    const { effect, rules } = answer(ask);
    const words = JSON.stringify([effect, rules]);
    const number = known.get(words) ?? found.push({ effect, rules }) - 1;
    known.set(words, number);
    table[placeOf(ask)] = number;
  }
  return (ask) => found[table[placeOf(ask)] as number] as Found;
};
