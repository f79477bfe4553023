/** What is refused and what never happens, as the check has proved it, and which of two statements holds (P3 D1 C9). */
import type { Claim, Scope } from "../policy.ts";
import { anchor, capital, clause, named, purposes, recipients, sectionOf } from "./clause.ts";
import type { Clause, Say } from "./clause.ts";

const givenUp = (say: Say): Set<string> =>
  new Set(say.policy.resolve.flatMap(({ between, follow }) => between.filter((name) => name !== follow)));

/** Whether a claim is about data, purposes and recipients alone: one with conditions has to bring its own words. */
function isSimple({ at, by, region, status, choice, ground, except }: Scope): boolean {
  const conditions = [at, by, region, status, choice, ground, except.data, except.to, except.ground];
  return conditions.every((one) => one.length === 0);
}

/** What never happens, as the check has proved it; a claim with its own words is said in them. */
export function sayNever(say: Say, act: "collect" | "use" | "share"): Clause[] {
  const { m, policy } = say;
  const text = ({ scope, says }: Claim): string | null => {
    if (says !== null) return `${capital(says)}.`;
    const data = scope.data.length === 0 ? [m.anything] : named(say, scope.data);
    const to = recipients(say, scope.to);
    const allPeople = scope.age.length === 0;
    const anyEnd = scope.for.length === 0 && scope.except.for.length === 0;
    if (
      act === "collect" &&
      anyEnd &&
      scope.data.length === 0 &&
      scope.age.join() === "under" &&
      policy.age !== null
    )
      return m.neverFromChildren(policy.age.limit);
    if (!isSimple(scope) || !allPeople) return null;
    if (act === "share" && anyEnd) return m.neverShare(data, to);
    if (act === "use" && scope.for.length === 0 && !anyEnd)
      return m.onlyFor(data, purposes(say, scope.except.for));
    return act === "use" && scope.except.for.length === 0 && !anyEnd
      ? m.neverUse(data, purposes(say, scope.for))
      : null;
  };
  const lost = givenUp(say);
  return policy.claims
    .filter(({ kind, name, scope }) => kind === "never" && !lost.has(name) && sectionOf(scope.act) === act)
    .flatMap((claim) => {
      const said = text(claim);
      return said === null ? [] : [clause(`${act}-never-${claim.name}`, said, claim)];
    });
}

/** What a rule refuses that others would allow. */
export function sayRefused(say: Say, act: "collect" | "use" | "share"): Clause[] {
  const { policy, m } = say;
  return policy.refuse
    .filter(({ scope }) => sectionOf(scope.act) === act)
    .map((rule) => {
      const { data, region } = rule.scope;
      const regions = region.map((id) => policy.regions[id]?.label ?? id);
      const what = data.length === 0 ? [m.anything] : named(say, data);
      return clause(anchor(rule), m.refuse(rule.scope.act, what, regions, rule.because), rule);
    });
}

/** What the file says is done, in its own words. */
export function sayMay({ policy, ...say }: Say, act: "use" | "share"): Clause[] {
  const lost = givenUp({ policy, ...say });
  return policy.claims
    .filter(
      ({ kind, name, says, scope }) =>
        kind === "may" && says !== null && !lost.has(name) && sectionOf(scope.act) === act,
    )
    .map((claim) => clause(`${act}-may-${claim.name}`, `${capital(claim.says ?? "")}.`, claim));
}

/** Where the policy's own words contradicted each other, and which of them holds. */
export function sayResolved({ policy, m }: Say, act: "use" | "share"): Clause[] {
  return policy.resolve.flatMap((one) => {
    const claims = one.between.flatMap((name) => policy.claims.find((claim) => claim.name === name) ?? []);
    const lost = claims.find(({ name }) => name !== one.follow);
    if (lost === undefined || lost.says === null || sectionOf(lost.scope.act) !== act) return [];
    return [clause(`resolve-${lost.name}`, m.resolved(lost.says, one.says), one, ...claims)];
  });
}
