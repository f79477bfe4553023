/** Answers one ask: nothing is allowed unless a rule allows it, and one refusal is enough to refuse (P1). */
import type { Ask, Decision, Obligation, Reason, RuleRef } from "./ask.ts";
import type { Compiled, Voices } from "./compile.ts";
import { personStops, stoppingRule } from "./person-stops.ts";
import type { Act, Policy, RefuseRule, Rule } from "./policy.ts";
import type { Permit } from "./speak.ts";
import { evidenceIndex, evidences, personIndex } from "./states.ts";
import type { Person, State } from "./states.ts";

const none: readonly never[] = Object.freeze([]);
const refusal = (reason: Reason, rules: readonly RuleRef[] = none): Decision =>
  Object.freeze({ effect: "refuse", reason, rules: Object.freeze(rules), obligations: none });

const unknown = {
  act: refusal("unknown-act"),
  category: refusal("unknown-category"),
  purpose: refusal("unknown-purpose"),
  target: refusal("unknown-target"),
  state: refusal("unknown-state"),
};
const silence = refusal("no-rule");

const refOf = (policy: Policy, { id, at }: Rule): RuleRef => Object.freeze({ id, file: policy.file, ...at });

/** Whether a refusal speaks about a person in this state; a list left empty means any. */
export function refusalHolds({ scope }: RefuseRule, person: Person): boolean {
  return (
    (scope.region.length === 0 || scope.region.includes(person.region)) &&
    (scope.age.length === 0 || scope.age.includes(person.age)) &&
    (scope.status.length === 0 || scope.status.includes(person.status))
  );
}

/** Whether a rule that allows can be evaluated and holds; one whose evidence is not shown does not. */
export function permitHolds({ evidence, share, duty }: Permit, keeping: boolean, state: State): boolean {
  if (keeping) return duty || state.status !== "erased";
  if (evidence !== null && evidence !== state.evidence) return false;
  if (share?.ground === "consent") return state.choice === "given";
  if (share?.ground === "offers") return state.choice === "given" || state.choice === "assumed";
  return true;
}

function obligationsOf(act: Act, permits: readonly Permit[]): Obligation[] {
  const owed: Obligation[] = [];
  const end = permits[0]?.end ?? null;
  if (end !== null) owed.push({ do: "retain-until", days: end.days, from: end.from, then: end.then });
  if (act === "look" || act === "share") owed.push({ do: "record" });
  if (act === "share") owed.push({ do: "tell-person" }, { do: "tell-recipient-on-change" });
  const sizes = permits.flatMap(({ share }) => share?.smallest ?? []);
  if (sizes.length > 0) owed.push({ do: "anonymise", smallest: Math.max(...sizes) });
  return owed;
}

function allowance(policy: Policy, ask: Ask, permits: readonly Permit[]): Decision {
  const rules = [...permits.map(({ rule }) => rule), policy.purposes[ask.purpose] as Rule];
  return Object.freeze({
    effect: "allow",
    reason: "allowed",
    rules: Object.freeze(rules.map((rule) => refOf(policy, rule))),
    obligations: Object.freeze(obligationsOf(ask.act, permits)),
  });
}

function stopped(policy: Policy, reason: Reason, purpose: string): Decision {
  const rule = stoppingRule(policy, reason, purpose);
  return refusal(reason, rule === null ? none : [refOf(policy, rule)]);
}

/** What the rules that speak come to for a person in this state: refusals first, whatever allows. */
function weigh(policy: Policy, { permits, refuses }: Voices, ask: Ask, state: State): Decision {
  const refs = (rules: readonly Rule[]): RuleRef[] => rules.map((rule) => refOf(policy, rule));
  const said = refuses.filter((rule) => refusalHolds(rule, state));
  if (said.length > 0) return refusal("refused-by-rule", refs(said));
  if (permits.length === 0) return silence;
  const stop = personStops(policy, ask.act, ask.purpose, state);
  if (stop !== null) return stopped(policy, stop, ask.purpose);
  const keeping = ask.act === "keep";
  const holding = permits.filter((permit) => permitHolds(permit, keeping, state));
  if (holding.length > 0) return allowance(policy, ask, holding);
  if (keeping) return stopped(policy, "erased", ask.purpose);
  return refusal("no-evidence", refs(permits.map(({ rule }) => rule)));
}

/** Works an answer out and remembers it; one that says the same as an answer before is that answer. */
function firstAnswer(
  { policy, persons, voices, answers, distinct }: Compiled,
  ask: Ask,
  { number, row, person, state }: Record<"number" | "row" | "person" | "state", number>,
): Decision {
  const known = { ...(persons[person] as Person), evidence: ask.evidence };
  const made = weigh(policy, voices[number] as Voices, ask, known);
  const words = JSON.stringify(made);
  const answer = distinct.get(words) ?? made;
  distinct.set(words, answer);
  const states = ask.act === "share" ? persons.length * evidences.length : persons.length;
  (answers[row] ??= Array.from({ length: states }))[state] = answer;
  return answer;
}

const actIndex = (act: Act | undefined): number =>
  act === "collect"
    ? 0
    : act === "use"
      ? 1
      : act === "look"
        ? 2
        : act === "share"
          ? 3
          : act === "keep"
            ? 4
            : -1;

/** The number of a word; an ask may hold anything at all in its place. */
const numberIn = (numbers: Readonly<Record<string, number>>, word: unknown): number | undefined =>
  typeof word === "string" ? numbers[word] : undefined;

function targetOf({ numbers }: Compiled, ask: Ask): number | undefined {
  switch (ask.act) {
    case "collect":
      return numberIn(numbers.points, ask.point);
    case "look":
      return numberIn(numbers.roles, ask.role);
    case "share":
      return numberIn(numbers.recipients, ask.recipient);
    default:
      return 0;
  }
}

/**
 * The answer to an ask, with the rules that decided and what is owed. Total: whatever is asked, it answers and
 * does not throw; what it cannot place, it refuses. The same ask gives the same frozen object.
 */
export function decide(compiled: Compiled, ask: Ask): Decision {
  const { numbers } = compiled;
  const act = actIndex(ask?.act);
  if (act < 0) return unknown.act;
  const category = numberIn(numbers.categories, ask.category);
  if (category === undefined) return unknown.category;
  const purpose = numberIn(numbers.purposes, ask.purpose);
  if (purpose === undefined) return unknown.purpose;
  const target = targetOf(compiled, ask);
  if (target === undefined) return unknown.target;
  const region = ask.region === undefined ? compiled.home : numberIn(numbers.regions, ask.region);
  const person = personIndex(region, ask.age, ask.status, ask.choice);
  const evidence = ask.act === "share" ? evidenceIndex(ask.evidence) : 0;
  if (person < 0 || evidence < 0) return unknown.state;

  const cell =
    (compiled.start[act] as number) +
    (category * compiled.purposeCount + purpose) * (compiled.width[act] as number) +
    target;
  const number = compiled.cells[cell] as number;
  if (number === 0) return silence;
  const state = evidence * compiled.personCount + person;
  const row = number * compiled.purposeCount + purpose;
  return compiled.answers[row]?.[state] ?? firstAnswer(compiled, ask, { number, row, person, state });
}

/** The same for many asks at once, in their order: for a page of people, or the fields of a form. */
export function decideAll(compiled: Compiled, asks: readonly Ask[]): Decision[] {
  return asks.map((ask) => decide(compiled, ask));
}

/** Asks that are put again and again, answered once: `effects[i]` is 1 where the i-th is allowed. */
export type Prepared = { effects: Uint8Array; decisions: readonly Decision[] };

/** Answers asks beforehand, for a loop that has no time to ask. A new version of the policy has to be asked anew. */
export function prepare(compiled: Compiled, asks: readonly Ask[]): Prepared {
  const decisions = decideAll(compiled, asks);
  return { effects: Uint8Array.from(decisions, ({ effect }) => (effect === "allow" ? 1 : 0)), decisions };
}
