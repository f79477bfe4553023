/** Says what in a person's own state refuses an act: erased, closed, restricted, too young, their choice or their objection (O4 R3 R4 C11). */
import type { Reason } from "./ask.ts";
import type { Act, ChoiceState, Ground, Policy, Purpose, Rule } from "./policy.ts";
import type { Person } from "./states.ts";

/** The ground of a purpose for people of a region. */
export function groundOf(purpose: Purpose, region: string): Ground {
  return purpose.region[region] ?? purpose.ground;
}

/** The name under which an objection to a use stands among a person's choices: no choice of a policy can bear it. */
export const objectionTo = (purpose: string): string => `objection:${purpose}`;

/** What the person's choice must be for a ground to hold; where the ground is no choice, a no to it is an objection. */
function choiceStops(ground: Ground, choice: ChoiceState, hasChoice: boolean): Reason | null {
  switch (ground) {
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
      if (choice !== "refused") return null;
      return hasChoice ? "opted-out" : "objected";
    case "contract":
    case "legal-obligation":
    case "vital-interest":
      return null;
    default:
      return "no-ground";
  }
}

/**
 * Why the person's own state refuses this act for this purpose, or null; the rules about the data are not asked.
 * Keeping goes on while an account is restricted or closed or a use objected to: what ends it is its own rule.
 */
export function personStops(policy: Policy, act: Act, id: string, person: Person): Reason | null {
  const purpose = policy.purposes[id];
  const { erase, restrict, age } = policy;
  if (purpose === undefined) return "unknown-purpose";
  if (act !== "keep") {
    if (person.status === "erased") return "erased";
    if (person.status === "deactivated" && !erase.leaves.includes(id)) return "deactivated";
    if (person.status === "restricted" && !restrict.leaves.includes(id)) return "restricted";
  }
  if (age !== null && person.age === "under" && !(act === "use" && erase.leaves.includes(id)))
    return "too-young";
  if (age !== null && person.age === "unknown" && age.unknown === "refuse") return "age-unknown";
  const stop = choiceStops(groundOf(purpose, person.region), person.choice, purpose.choice !== null);
  return act === "keep" && stop === "objected" ? null : stop;
}

/** The part of the policy that gave the reason. */
export function stoppingRule(policy: Policy, reason: Reason, purpose: string): Rule | null {
  switch (reason) {
    case "erased":
    case "deactivated":
      return policy.erase;
    case "restricted":
      return policy.restrict;
    case "too-young":
    case "age-unknown":
      return policy.age;
    default:
      return policy.purposes[purpose] ?? null;
  }
}
