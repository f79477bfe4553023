// The least that filling a table from a policy can be: names become numbers, and each rule writes its own into its cells.
import type { Policy } from "../../dist/policy/core.js";

type Index = Map<string, number>;
type Scope = Policy["refuse"][number]["scope"];

const index = (names: Iterable<string>): Index => new Map([...names].map((name, i) => [name, i]));
const numbers = (names: Iterable<string>, of: Index): number[] =>
  [...names].map((name) => of.get(name) as number);
/** In a refusal an empty list is everything. */
const narrowed = (names: readonly string[], of: Index, except: readonly string[] = []): number[] =>
  [...of]
    .filter(([name]) => (names.length === 0 || names.includes(name)) && !except.includes(name))
    .map(([, i]) => i);

const [collect, use, look, share, keep] = [0, 1, 2, 3, 4];
const acts = ["collect", "use", "look", "share", "keep"];

/** For each act, category, purpose and target the number of the last rule that speaks, 0 where none does. */
export const bareFill = (policy: Policy): Uint32Array => {
  const categories = index(Object.keys(policy.categories));
  const purposes = index(Object.keys(policy.purposes));
  const recipients = index(Object.keys(policy.recipients));
  const targets = [
    index(policy.collect.map(({ point }) => point)),
    index([""]),
    index(Object.keys(policy.roles)),
    recipients,
    index([""]),
  ];
  const start: number[] = [];
  let size = 0;
  for (const { size: width } of targets) {
    start.push(size);
    size += categories.size * purposes.size * width;
  }
  const cells = new Uint32Array(size);
  let rule = 0;
  const write = (act: number, data: number[], aims: number[], at: number[]): void => {
    const width = targets[act]?.size ?? 0;
    for (const c of data)
      for (const p of aims)
        for (const t of at) cells[(start[act] ?? 0) + (c * purposes.size + p) * width + t] = rule;
  };

  const usedFor = new Map<string, Set<string>>();
  for (const { data, for: aims } of policy.use) {
    rule += 1;
    write(use, numbers(data, categories), numbers(aims, purposes), [0]);
    for (const category of data) {
      const known = usedFor.get(category) ?? new Set();
      for (const aim of aims) known.add(aim);
      usedFor.set(category, known);
    }
  }
  const aimsOf = (category: string): string[] => [...(usedFor.get(category) ?? [])];
  policy.collect.forEach(({ require, offer, passive, for: aims }, point) => {
    rule += 1;
    for (const { category } of [...require, ...offer, ...passive]) {
      const served = aimsOf(category).filter((aim) => aims.includes(aim));
      write(collect, numbers([category], categories), numbers(served, purposes), [point]);
    }
  });
  Object.values(policy.roles).forEach((role, number) => {
    for (const { data, for: aims } of role.look) {
      rule += 1;
      write(look, numbers(data, categories), numbers(aims, purposes), [number]);
    }
  });
  for (const { data, for: aims, to } of policy.share) {
    rule += 1;
    write(share, numbers(data, categories), numbers(aims, purposes), numbers(to, recipients));
  }
  for (const { data } of policy.keep) {
    rule += 1;
    for (const category of data)
      write(keep, numbers([category], categories), numbers(aimsOf(category), purposes), [0]);
  }
  const named = ({ at, by, to }: Scope): readonly (readonly string[])[] => [at, [], by, to, []];
  for (const { scope } of policy.refuse) {
    rule += 1;
    const { act, data, for: aims, except } = scope;
    const aimed = [narrowed(data, categories, except.data), narrowed(aims, purposes, except.for)] as const;
    targets.forEach((of, number) => {
      const elsewhere = named(scope).some((names, other) => names.length > 0 && other !== number);
      if ((act !== null && act !== acts[number]) || elsewhere) return;
      write(number, ...aimed, narrowed(named(scope)[number] ?? [], of, number === share ? except.to : []));
    });
  }
  return cells;
};
