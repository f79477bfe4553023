/** Answers one ask: nothing is allowed unless a rule allows it, and one refusal is enough to refuse (P1). */
import type { Ask, Decision, Evidence, Obligation, Reason, RuleRef } from "./ask.ts";
import { evidenceOf } from "./ask.ts";
import { acts } from "./compile.ts";
import type { Compiled, Permit, Voices } from "./compile.ts";
import type { Age, ChoiceState, Ground, Policy, Purpose, Rule, Status } from "./policy.ts";

const ages: readonly Age[] = ["over", "under", "unknown"];
const statuses: readonly Status[] = ["active", "restricted", "deactivated", "erased"];
const choices: readonly ChoiceState[] = ["given", "assumed", "unset", "refused"];
const evidences: readonly (Evidence | undefined)[] = [undefined, ...new Set(Object.values(evidenceOf))];

type State = {
  region: string;
  age: Age;
  status: Status;
  choice: ChoiceState;
  evidence: Evidence | undefined;
};

const refOf = (policy: Policy, rule: Rule): RuleRef => ({ id: rule.id, file: policy.file, ...rule.at });

const refuse = (policy: Policy, reason: Reason, rules: Rule[]): Decision =>
  Object.freeze({
    effect: "refuse",
    reason,
    rules: Object.freeze(rules.map((rule) => refOf(policy, rule))),
    obligations: nothing,
  });

const nothing: readonly Obligation[] = Object.freeze([]);
const unknown = (reason: Reason): Decision =>
  Object.freeze({ effect: "refuse", reason, rules: Object.freeze([]), obligations: nothing });
const unknowns = {
  act: unknown("unknown-act"),
  category: unknown("unknown-category"),
  purpose: unknown("unknown-purpose"),
  target: unknown("unknown-target"),
  state: unknown("unknown-state"),
};

/** What the person's choice must be for a ground to hold; where the ground is no choice, what stops it. */
function choiceStops(ground: Ground, choice: ChoiceState, objectable: boolean): Reason | null {
  switch (ground) {
    case "never":
      return "no-ground";
    case "opt-in":
    case "explicit-opt-in":
      return choice === "given" ? null : choice === "refused" ? "opted-out" : "not-opted-in";
    case "opt-out":
      return choice === "given" || choice === "assumed"
        ? null
        : choice === "refused"
          ? "opted-out"
          : "not-told";
    case "legitimate-interest":
      return objectable && choice === "refused" ? "opted-out" : null;
    case "contract":
    case "legal-obligation":
    case "vital-interest":
      return null;
  }
}

/** The ground of a purpose for people of a region. */
export function groundOf(purpose: Purpose, region: string): Ground {
  return purpose.region[region] ?? purpose.ground;
}

type Stop = { reason: Reason; rule: Rule };

/** Why the person's own state refuses this act for this purpose, whatever the rules about the data say. */
function personStops(policy: Policy, act: string, purposeId: string, state: State): Stop | null {
  const purpose = policy.purposes[purposeId] as Purpose;
  const { erase, restrict, age } = policy;
  const keeping = act === "keep";
  if (state.status === "erased" && !keeping) return { reason: "erased", rule: erase };
  if (state.status === "deactivated" && !keeping && !erase.leaves.includes(purposeId))
    return { reason: "deactivated", rule: erase };
  if (state.status === "restricted" && !keeping && !restrict.leaves.includes(purposeId))
    return { reason: "restricted", rule: restrict };
  if (age !== null && state.age === "under" && !(act === "use" && erase.leaves.includes(purposeId)))
    return { reason: "too-young", rule: age };
  if (age !== null && state.age === "unknown" && age.unknown === "refuse")
    return { reason: "age-unknown", rule: age };
  const reason = choiceStops(groundOf(purpose, state.region), state.choice, purpose.choice !== null);
  return reason === null ? null : { reason, rule: purpose };
}

function permitHolds({ evidence, share, duty }: Permit, act: string, state: State): boolean {
  if (act === "keep") return duty || state.status !== "erased";
  if (evidence !== null && evidence !== state.evidence) return false;
  if (share?.ground === "consent") return state.choice === "given";
  if (share?.ground === "offers") return state.choice === "given" || state.choice === "assumed";
  return true;
}

function obligationsOf(policy: Policy, ask: Ask, permits: Permit[]): Obligation[] {
  const owed: Obligation[] = [];
  if (ask.act === "collect" || ask.act === "keep")
    for (const { data, days, from, then } of policy.keep)
      if (data.includes(ask.category)) owed.push({ do: "retain-until", days, from, then });
  if (ask.act === "look" || ask.act === "share") owed.push({ do: "record" });
  if (ask.act === "share") owed.push({ do: "tell-person" }, { do: "tell-recipient-on-change" });
  const sizes = permits.flatMap(({ share }) => share?.smallest ?? []);
  if (sizes.length > 0) owed.push({ do: "anonymise", smallest: Math.max(...sizes) });
  return owed;
}

/** The full answer for one cell and state: pure, slow, asked once for each. */
function answer(policy: Policy, voices: Voices, ask: Ask, state: State): Decision {
  const said = voices.refuses.filter(
    ({ scope }) =>
      (scope.region.length === 0 || scope.region.includes(state.region)) &&
      (scope.age.length === 0 || scope.age.includes(state.age)) &&
      (scope.status.length === 0 || scope.status.includes(state.status)),
  );
  if (said.length > 0) return refuse(policy, "refused-by-rule", said);
  if (voices.permits.length === 0) return refuse(policy, "no-rule", []);
  const stop = personStops(policy, ask.act, ask.purpose, state);
  if (stop !== null) return refuse(policy, stop.reason, [stop.rule]);
  const holding = voices.permits.filter((permit) => permitHolds(permit, ask.act, state));
  if (holding.length === 0)
    return refuse(
      policy,
      ask.act === "keep" ? "erased" : "no-evidence",
      voices.permits.map(({ rule }) => rule),
    );
  const purpose = policy.purposes[ask.purpose] as Purpose;
  const rules = [...holding.map(({ rule }) => rule), purpose].map((rule) =>
    Object.freeze(refOf(policy, rule)),
  );
  const obligations = Object.freeze(obligationsOf(policy, ask, holding));
  return Object.freeze({ effect: "allow", reason: "allowed", rules: Object.freeze(rules), obligations });
}

function targetOf(compiled: Compiled, ask: Ask): number | undefined {
  switch (ask.act) {
    case "collect":
      return compiled.points.get(ask.point as string);
    case "look":
      return compiled.roles.get(ask.role as string);
    case "share":
      return compiled.recipients.get(ask.recipient as string);
    case "use":
    case "keep":
      return 0;
    default:
      return undefined;
  }
}

/**
 * The answer to an ask, with the rules that decided and what is owed. Total: whatever is asked, it answers and
 * does not throw; what it cannot place, it refuses. The same ask gives the same frozen object.
 */
export function decide(compiled: Compiled, ask: Ask): Decision {
  const act = acts.indexOf(ask.act);
  if (act < 0) return unknowns.act;
  const category = compiled.categories.get(ask.category);
  if (category === undefined) return unknowns.category;
  const purpose = compiled.purposes.get(ask.purpose);
  if (purpose === undefined) return unknowns.purpose;
  const target = targetOf(compiled, ask);
  if (target === undefined) return unknowns.target;
  const region = compiled.regions.get(ask.region ?? compiled.policy.regionIfUnknown);
  const age = ages.indexOf(ask.age ?? "unknown");
  const status = statuses.indexOf(ask.status);
  const choice = choices.indexOf(ask.choice ?? "unset");
  const evidence = evidences.indexOf(ask.evidence);
  if (region === undefined || age < 0 || status < 0 || choice < 0 || evidence < 0) return unknowns.state;

  const cell =
    (compiled.start[act] as number) +
    (category * compiled.purposes.size + purpose) * (compiled.width[act] as number) +
    target;
  const state = (((region * 3 + age) * 4 + status) * 4 + choice) * evidences.length + evidence;
  const answers = (compiled.answers[cell] ??= []);
  return (answers[state] ??= answer(
    compiled.policy,
    compiled.voices[compiled.cells[cell] as number] as Voices,
    ask,
    {
      region: ask.region ?? compiled.policy.regionIfUnknown,
      age: ages[age] as Age,
      status: ask.status,
      choice: choices[choice] as ChoiceState,
      evidence: ask.evidence,
    },
  ));
}
