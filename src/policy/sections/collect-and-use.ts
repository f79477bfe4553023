/** What is collected and where, and what each thing is used for and why (C2 C3 U1). */
import type { CollectionPoint, Field, Purpose } from "../policy.ts";
import { anchor, capital, clause, joined, things } from "./clause.ts";
import { sayMay, sayNever, sayRefused, sayResolved } from "./claims.ts";
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
  ...sayRefused(say, "collect"),
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
  return [
    ...made,
    ...(counts === null ? [] : [counts]),
    ...sayRefused(say, "use"),
    ...sayMay(say, "use"),
    ...sayNever(say, "use"),
    ...sayResolved(say, "use"),
  ];
}
