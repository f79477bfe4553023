/** Answers one ask: nothing is allowed unless a rule allows it, and one refusal is enough to refuse (P1). */
import type { Ask, Decision, Obligation, Reason, RuleRef } from "./ask.ts";
import { gateOf } from "./compile.ts";
import { acts } from "./speak.ts";
import type { Compiled, Voices } from "./compile.ts";
import type { Permit } from "./speak.ts";
import { endOf } from "./ends.ts";
import { stoppingRule } from "./person-stops.ts";
import type { Act, Policy, RefuseRule, Rule } from "./policy.ts";
import { evidences, personIndex } from "./states.ts";
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

const refusedBy = (policy: Policy, rules: readonly RefuseRule[]): Decision =>
  refusal(
    "refused-by-rule",
    rules.map((rule) => refOf(policy, rule)),
  );

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

function obligationsOf(policy: Policy, ask: Ask, permits: readonly Permit[]): Obligation[] {
  const owed: Obligation[] = [];
  if (ask.act === "collect" || ask.act === "keep") {
    const end = endOf(policy, ask.category, ask.point);
    if (end !== null) owed.push({ do: "retain-until", days: end.days, from: end.from, then: end.then });
  }
  if (ask.act === "look" || ask.act === "share") owed.push({ do: "record" });
  if (ask.act === "share") owed.push({ do: "tell-person" }, { do: "tell-recipient-on-change" });
  const sizes = permits.flatMap(({ share }) => share?.smallest ?? []);
  if (sizes.length > 0) owed.push({ do: "anonymise", smallest: Math.max(...sizes) });
  return owed;
}

function allowance(policy: Policy, ask: Ask, permits: readonly Permit[]): Decision {
  const purpose = policy.purposes[ask.purpose];
  const rules = [...permits.map(({ rule }) => rule), ...(purpose === undefined ? [] : [purpose])];
  return Object.freeze({
    effect: "allow",
    reason: "allowed",
    rules: Object.freeze(rules.map((rule) => refOf(policy, rule))),
    obligations: Object.freeze(obligationsOf(policy, ask, permits)),
  });
}

function stopped(policy: Policy, reason: Reason, purpose: string): Decision {
  const rule = stoppingRule(policy, reason, purpose);
  return refusal(reason, rule === null ? none : [refOf(policy, rule)]);
}

/** The answer where refusals, evidence or an erased person are in play: refusals first, whatever allows. */
function weigh(compiled: Compiled, voices: Voices, ask: Ask, state: State, stop: Reason | null): Decision {
  const { policy } = compiled;
  const said = voices.refuses.filter((rule) => refusalHolds(rule, state));
  if (said.length > 0) return refusedBy(policy, said);
  if (voices.permits.length === 0) return silence;
  if (stop !== null) return stopped(policy, stop, ask.purpose);
  const keeping = ask.act === "keep";
  const holding = voices.permits.filter((permit) => permitHolds(permit, keeping, state));
  if (holding.length > 0) return allowance(policy, ask, holding);
  if (keeping) return stopped(policy, "erased", ask.purpose);
  return refusal(
    "no-evidence",
    voices.permits.map(({ rule }) => refOf(policy, rule)),
  );
}

const use = acts.indexOf("use");
const actIndex = (act: Act | undefined): number => (act === "use" ? use : acts.indexOf(act as Act));

function targetOf(compiled: Compiled, ask: Ask): number | undefined {
  switch (ask.act) {
    case "collect":
      return compiled.points.get(ask.point as string);
    case "look":
      return compiled.roles.get(ask.role as string);
    case "share":
      return compiled.recipients.get(ask.recipient as string);
    default:
      return 0;
  }
}

/** The answers that are worked out once for each state and evidence, and then remembered. */
function remembered(
  compiled: Compiled,
  voices: Voices,
  ask: Ask,
  cell: number,
  person: number,
  gate: number,
): Decision {
  const evidence = ask.evidence === undefined ? 0 : evidences.indexOf(ask.evidence);
  if (evidence < 0) return unknown.state;
  const answers = (compiled.others[cell] ??= new Map<number, Decision>());
  const key = person * evidences.length + evidence;
  const before = answers.get(key);
  if (before !== undefined) return before;
  const state = { ...(compiled.persons[person] as Person), evidence: ask.evidence };
  const made = weigh(compiled, voices, ask, state, compiled.reasons[gate] ?? null);
  answers.set(key, made);
  return made;
}

/**
 * The answer to an ask, with the rules that decided and what is owed. Total: whatever is asked, it answers and
 * does not throw; what it cannot place, it refuses. The same ask gives the same frozen object.
 */
export function decide(compiled: Compiled, ask: Ask): Decision {
  const act = actIndex(ask?.act);
  if (act < 0) return unknown.act;
  const category = compiled.categories.get(ask.category);
  if (category === undefined) return unknown.category;
  const purpose = compiled.purposes.get(ask.purpose);
  if (purpose === undefined) return unknown.purpose;
  const target = act === use ? 0 : targetOf(compiled, ask);
  if (target === undefined) return unknown.target;
  const region = ask.region === undefined ? compiled.home : compiled.regions.get(ask.region);
  const person = personIndex(region, ask.age, ask.status, ask.choice);
  if (person < 0) return unknown.state;

  const cell =
    (compiled.start[act] as number) +
    (category * compiled.purposeCount + purpose) * (compiled.width[act] as number) +
    target;
  const number = compiled.cells[cell] as number;
  if (number === 0) return silence;
  const voices = compiled.voices[number] as Voices;
  const gate = compiled.gates[
    (purpose * 3 + (gateOf[act] as number)) * compiled.personCount + person
  ] as number;
  if (voices.come === "open" && gate === 0)
    return (compiled.allowed[cell] ??= allowance(compiled.policy, ask, voices.permits));
  if (voices.come === "shut") return (compiled.shut[number] ??= refusedBy(compiled.policy, voices.refuses));
  if (voices.come === "weigh") return remembered(compiled, voices, ask, cell, person, gate);
  return (compiled.stopped[gate * compiled.purposeCount + purpose] ??= stopped(
    compiled.policy,
    compiled.reasons[gate] as Reason,
    ask.purpose,
  ));
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
