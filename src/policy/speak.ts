/** Says which asks each rule of a policy speaks about, and so lets a table be filled from rules in any order (P1). */
import { evidenceOf } from "./ask.ts";
import type { Evidence } from "./ask.ts";
import { endOf } from "./ends.ts";
import type { End } from "./ends.ts";
import type { Act, CollectionPoint, KeepRule, Policy, RefuseRule, Rule, Scope, ShareRule } from "./policy.ts";

export const acts = ["collect", "use", "look", "share", "keep"] as const satisfies readonly Act[];

export type Index = ReadonlyMap<string, number>;

/** A policy with its names counted. */
export type Named = {
  policy: Policy;
  categories: Index;
  purposes: Index;
  points: Index;
  roles: Index;
  recipients: Index;
  regions: Index;
};

/**
 * One rule that allows: with what evidence, and whether a legal duty stands behind it. Where data comes in or stays,
 * `end` says until when, null where nothing does.
 */
export type Permit = {
  rule: Rule;
  evidence: Evidence | null;
  share: ShareRule | null;
  duty: boolean;
  end: End | null;
};

/** Cells of one act: each of its categories for each of its purposes at each of its targets. */
export type Cover = { act: number; categories: number[]; purposes: number[]; targets: number[] };
/** What one rule says, and about which cells: no cell is in two of its covers. */
export type Spoken = { covers: Cover[]; permit: Permit | null; refuse: RefuseRule | null };

const only = [0];

/** Names that must exist: an empty list is nothing. */
const some = (all: Index, names: readonly string[]): number[] =>
  [...new Set(names)].map((name) => all.get(name)).filter((number) => number !== undefined);

/** Names that narrow: an empty list is everything. */
const pick = (all: Index, names: readonly string[], except: readonly string[] = []): number[] => {
  const out = new Set(some(all, except));
  return (names.length === 0 ? [...all.values()] : some(all, names)).filter((number) => !out.has(number));
};

/** The purposes that each category is used for: it is collected and kept for these alone, whatever else a form serves. */
function usesOf(policy: Policy): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { data, for: purposes } of policy.use)
    for (const category of data) {
      const set = found.get(category) ?? new Set<string>();
      for (const purpose of purposes) set.add(purpose);
      found.set(category, set);
    }
  return found;
}

/** All that a collection point takes in, each once. */
export const categoriesAt = ({ require, offer, passive }: Policy["collect"][number]): string[] => [
  ...new Set([...require, ...offer, ...passive].map(({ category }) => category)),
];

/** The cells of one act that a rule names. */
const coverOf = (
  t: Named,
  act: Act,
  data: readonly string[],
  purposes: readonly string[],
  targets: number[],
): Cover => ({
  act: acts.indexOf(act),
  categories: some(t.categories, data),
  purposes: some(t.purposes, purposes),
  targets,
});

const permit = (rule: Rule, covers: Cover[], more?: Partial<Permit>): Spoken => ({
  covers,
  permit: { rule, evidence: null, share: null, duty: false, end: null, ...more },
  refuse: null,
});

/** For each end among those of some categories, its categories. */
function byEnd(policy: Policy, categories: readonly string[], point?: string): [End | null, string[]][] {
  const ends = [...new Set(categories)].map((category) => ({
    category,
    end: endOf(policy, category, point),
  }));
  return [...Map.groupBy(ends, ({ end }) => end?.rule)].map(([, group]) => [
    group[0]?.end ?? null,
    group.map(({ category }) => category),
  ]);
}

type Uses = (category: string) => string[];

function collecting(t: Named, rule: CollectionPoint, uses: Uses): Spoken[] {
  const targets = some(t.points, [rule.point]);
  const usedHere = (category: string): string[] => uses(category).filter((one) => rule.for.includes(one));
  return byEnd(t.policy, categoriesAt(rule), rule.point).map(([end, categories]) =>
    permit(
      rule,
      categories.map((category) => coverOf(t, "collect", [category], usedHere(category), targets)),
      { end },
    ),
  );
}

/** After an erasure a duty keeps data for the purposes of the law alone. */
function keeping(t: Named, rule: KeepRule, uses: Uses): Spoken[] {
  const lawful = (purpose: string): boolean =>
    rule.duty !== null && t.policy.purposes[purpose]?.ground === "legal-obligation";
  return byEnd(t.policy, rule.data).flatMap(([end, categories]) =>
    [false, true].map((duty) => {
      const used = (category: string): string[] => uses(category).filter((one) => lawful(one) === duty);
      const covers = categories.map((category) => coverOf(t, "keep", [category], used(category), only));
      return permit(rule, covers, { end, duty });
    }),
  );
}

/** What each rule that allows says. */
export function permitsOf(t: Named): Spoken[] {
  const { policy } = t;
  const usedFor = usesOf(policy);
  const uses: Uses = (category) => [...(usedFor.get(category) ?? [])];
  return [
    ...policy.collect.flatMap((rule) => collecting(t, rule, uses)),
    ...policy.use.map((rule) => permit(rule, [coverOf(t, "use", rule.data, rule.for, only)])),
    ...Object.entries(policy.roles).flatMap(([role, { look }]) =>
      look.map((rule) => permit(rule, [coverOf(t, "look", rule.data, rule.for, some(t.roles, [role]))])),
    ),
    ...policy.share.map((rule) =>
      permit(rule, [coverOf(t, "share", rule.data, rule.for, some(t.recipients, rule.to))], {
        evidence: evidenceOf[rule.ground],
        share: rule,
      }),
    ),
    ...policy.keep.flatMap((rule) => keeping(t, rule, uses)),
  ];
}

/** The cells that a scope is about. A scope that names a place, role or recipient speaks of the act that has such. */
function coversOf(scope: Scope, t: Named): Cover[] {
  return acts.flatMap((act, i) => {
    if (scope.act !== null && scope.act !== act) return [];
    if (scope.to.length > 0 && act !== "share") return [];
    if (scope.at.length > 0 && act !== "collect") return [];
    if (scope.by.length > 0 && act !== "look") return [];
    const { except } = scope;
    const targets = {
      collect: pick(t.points, scope.at),
      look: pick(t.roles, scope.by),
      share: pick(t.recipients, scope.to, except.to),
      use: only,
      keep: only,
    };
    const categories = pick(t.categories, scope.data, except.data);
    return [{ act: i, categories, purposes: pick(t.purposes, scope.for, except.for), targets: targets[act] }];
  });
}

/** What each refusal says. */
export const refusalsOf = (t: Named): Spoken[] =>
  t.policy.refuse.map((refuse) => ({ covers: coversOf(refuse.scope, t), permit: null, refuse }));
