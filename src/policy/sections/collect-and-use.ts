/** What is collected and where, and what each thing is used for and why (C2 C3 U1). */
import type { Claim, CollectionPoint, Field, Purpose } from "../policy.ts";
import { anchor, capital, clause, joined, named, purposes, things } from "./clause.ts";
import type { Clause, Say } from "./clause.ts";

const labels = ({ m }: Say, fields: Field[]): string[] => fields.map(({ label }) => m.thing(label));

function sayPoint(say: Say, point: CollectionPoint): Clause[] {
  const { m, policy } = say;
  const id = anchor(point);
  const { label, require, offer, passive, notice } = point;
  const from = point.from === null ? null : (policy.recipients[point.from]?.name ?? point.from);
  const made: [string, string | null][] = [
    ["need", require.length === 0 ? null : m.required(label, labels(say, require))],
    [
      "offer",
      offer.length === 0
        ? null
        : from === null
          ? m.offered(label, labels(say, offer))
          : m.from(label, from, labels(say, offer)),
    ],
    ["passive", passive.length === 0 ? null : m.passive(label, labels(say, passive))],
    ["notice", notice === null ? null : m.notice(label, notice)],
  ];
  return made.flatMap(([part, text]) => (text === null ? [] : [clause(`${id}-${part}`, text, point)]));
}

export const sayCollect = (say: Say): Clause[] => [
  ...say.policy.collect.flatMap((point) => sayPoint(say, point)),
  ...sayNever(say, "collect"),
];

function sayGround({ policy, m }: Say, purpose: Purpose): string {
  const regions = Object.entries(purpose.region).map(([region, ground]) =>
    m.inRegion(policy.regions[region]?.label ?? region, m.grounds[ground]),
  );
  const because = purpose.because === null ? null : m.because(purpose.because);
  return joined(m.grounds[purpose.ground], because, ...regions);
}

export function sayUse(say: Say): Clause[] {
  const { policy, m } = say;
  const made = Object.entries(policy.purposes).flatMap(([id, purpose]) => {
    const rules = policy.use.filter((rule) => rule.for.includes(id));
    if (rules.length === 0) return [];
    const text = joined(m.use(purpose.about, things(say, rules)), sayGround(say, purpose));
    return [clause(`use-${id}`, text, purpose, ...rules)];
  });
  const { statistics } = policy;
  const counts =
    statistics &&
    clause("statistics", m.statistics(capital(statistics.about), statistics.smallest), statistics);
  return [...made, ...(counts === null ? [] : [counts]), ...sayNever(say, "use"), ...sayResolved(say, "use")];
}

const givenUp = (say: Say): Set<string> =>
  new Set(say.policy.resolve.flatMap(({ between, follow }) => between.filter((name) => name !== follow)));

/** What never happens, as the check has proved it; a claim with its own words is said in them. */
export function sayNever(say: Say, act: "collect" | "use" | "share"): Clause[] {
  const { m, policy } = say;
  const text = ({ scope, says }: Claim): string | null => {
    if (says !== null) return `${capital(says)}.`;
    const data = scope.data.length === 0 ? [m.anything] : named(say, scope.data);
    const to = scope.to.map((id) => policy.recipients[id]?.name ?? id);
    if (act === "share") return m.neverShare(data, to);
    if (act === "collect")
      return scope.age.includes("under") && policy.age !== null
        ? m.neverFromChildren(policy.age.limit)
        : null;
    if (scope.except.for.length > 0) return m.onlyFor(data, purposes(say, scope.except.for));
    return scope.for.length > 0 && scope.status.length === 0
      ? m.neverUse(data, purposes(say, scope.for))
      : null;
  };
  const lost = givenUp(say);
  return policy.claims
    .filter(({ kind, name, scope }) => kind === "never" && !lost.has(name) && (scope.act ?? "use") === act)
    .flatMap((claim) => {
      const said = text(claim);
      return said === null ? [] : [clause(`${act}-never-${claim.name}`, said, claim)];
    });
}

/** Where the policy's own words contradicted each other, and which of them holds. */
export function sayResolved({ policy, m }: Say, act: "use" | "share"): Clause[] {
  return policy.resolve.flatMap((one) => {
    const claims = one.between.flatMap((name) => policy.claims.find((claim) => claim.name === name) ?? []);
    const lost = claims.find(({ name }) => name !== one.follow);
    if (lost === undefined || lost.says === null || (lost.scope.act ?? "use") !== act) return [];
    return [clause(`resolve-${lost.name}`, m.resolved(lost.says, one.says), one, ...claims)];
  });
}
