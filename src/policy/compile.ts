/** Turns a policy into tables of numbers, so that asking costs a few reads and the order of rules cannot matter (P1). */
import { evidenceOf } from "./ask.ts";
import type { Decision, Evidence, Reason } from "./ask.ts";
import { personStops } from "./person-stops.ts";
import type { Act, KeepRule, Policy, RefuseRule, Rule, Scope, ShareRule } from "./policy.ts";
import { personsIn } from "./states.ts";
import type { Person } from "./states.ts";

export const acts = ["collect", "use", "look", "share", "keep"] as const satisfies readonly Act[];

/** Acts that a person's state stops alike share one part of the gate table. */
export const gateOf = [0, 1, 0, 0, 2] as const;
const gateActs = ["collect", "use", "keep"] as const;

/** One rule that allows: with what evidence, and whether a legal duty stands behind it. */
export type Permit = { rule: Rule; evidence: Evidence | null; share: ShareRule | null; duty: boolean };

/** The rules that speak about a cell; equal sets are one object. `plain`: nothing but the person's state can refuse. */
export type Voices = { permits: readonly Permit[]; refuses: readonly RefuseRule[]; plain: boolean };

export type Index = ReadonlyMap<string, number>;

export type Compiled = {
  policy: Policy;
  categories: Index;
  purposes: Index;
  points: Index;
  roles: Index;
  recipients: Index;
  regions: Index;
  /** For each act, where its cells begin, and how many targets it has. */
  start: readonly number[];
  width: readonly number[];
  /** For each cell (act, category, purpose, target) the number of its voices; 0 is silence, which refuses. */
  cells: Uint32Array;
  voices: readonly Voices[];
  persons: readonly Person[];
  /** For each purpose, kind of act and person's state the reason that stops it, as its number in `reasons`; 0 is none. */
  gates: Uint8Array;
  reasons: readonly (Reason | null)[];
  /** Answers given before, so that asking again allocates nothing. */
  allowed: (Decision | undefined)[];
  stopped: (Decision | undefined)[];
  others: Map<number, Decision>;
};

type Tables = Pick<
  Compiled,
  | "policy"
  | "categories"
  | "purposes"
  | "points"
  | "roles"
  | "recipients"
  | "regions"
  | "start"
  | "width"
  | "cells"
> & {
  voices: Voices[];
};

type Cover = { act: number; categories: number[]; purposes: number[]; targets: number[] };
type Spoken = { cover: Cover; permit: Permit | null; refuse: RefuseRule | null };

const index = (names: Iterable<string>): Index => new Map([...new Set(names)].map((name, i) => [name, i]));
const only = [0];

/** Names that must exist: an empty list is nothing. */
const some = (all: Index, names: readonly string[]): number[] =>
  [...new Set(names)].flatMap((name) => all.get(name) ?? []);

/** Names that narrow: an empty list is everything. */
const pick = (all: Index, names: readonly string[], except: readonly string[] = []): number[] => {
  const out = new Set(some(all, except));
  return (names.length === 0 ? [...all.values()] : some(all, names)).filter((number) => !out.has(number));
};

/** The purposes that each category is collected or used for: to keep it is allowed for these alone. */
function purposesByCategory(policy: Policy): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (categories: string[], purposes: string[]): void => {
    for (const category of categories) {
      const set = found.get(category) ?? new Set<string>();
      for (const purpose of purposes) set.add(purpose);
      found.set(category, set);
    }
  };
  for (const point of policy.collect) add(categoriesAt(point), point.for);
  for (const rule of policy.use) add(rule.data, rule.for);
  return found;
}

/** All that a collection point takes in. */
export const categoriesAt = ({ require, offer, passive }: Policy["collect"][number]): string[] =>
  [...require, ...offer, ...passive].map(({ category }) => category);

function permitsOf(t: Tables): Spoken[] {
  const { policy } = t;
  const allow = (
    act: Act,
    rule: Rule,
    data: string[],
    purposes: string[],
    targets: number[],
    more?: Partial<Permit>,
  ): Spoken => ({
    cover: {
      act: acts.indexOf(act),
      categories: some(t.categories, data),
      purposes: some(t.purposes, purposes),
      targets,
    },
    permit: { rule, evidence: null, share: null, duty: false, ...more },
    refuse: null,
  });
  const usedFor = purposesByCategory(policy);
  const isDuty = (purpose: string): boolean => policy.purposes[purpose]?.ground === "legal-obligation";
  /** After an erasure a duty keeps data for the purposes of the law alone. */
  const keptFor = (rule: KeepRule, category: string): Spoken[] => {
    const purposes = [...(usedFor.get(category) ?? [])];
    const lawful = purposes.filter((purpose) => rule.duty !== null && isDuty(purpose));
    const others = purposes.filter((purpose) => !lawful.includes(purpose));
    return [
      allow("keep", rule, [category], others, only),
      allow("keep", rule, [category], lawful, only, { duty: true }),
    ];
  };
  return [
    ...policy.collect.map((rule) =>
      allow("collect", rule, categoriesAt(rule), rule.for, some(t.points, [rule.point])),
    ),
    ...policy.use.map((rule) => allow("use", rule, rule.data, rule.for, only)),
    ...Object.entries(policy.roles).flatMap(([role, { look }]) =>
      look.map((rule) => allow("look", rule, rule.data, rule.for, some(t.roles, [role]))),
    ),
    ...policy.share.map((rule) =>
      allow("share", rule, rule.data, rule.for, some(t.recipients, rule.to), {
        evidence: evidenceOf[rule.ground],
        share: rule,
      }),
    ),
    ...policy.keep.flatMap((rule) => rule.data.flatMap((category) => keptFor(rule, category))),
  ];
}

/** The cells that a scope is about. A scope that names a place, role or recipient speaks of the act that has such. */
function coversOf(scope: Scope, t: Tables): Cover[] {
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

const isPlain = (permits: readonly Permit[], refuses: readonly RefuseRule[], act: number): boolean =>
  acts[act] !== "keep" && refuses.length === 0 && permits.every(({ evidence }) => evidence === null);

/** Adds each rule to the cells that it covers. Cells with the same rules share one entry, found by the step that led there. */
function fill(t: Tables, spoken: Spoken[]): void {
  for (const { cover, permit, refuse } of spoken) {
    const steps = new Map<number, number>();
    const width = t.width[cover.act] ?? 0;
    const start = t.start[cover.act] ?? 0;
    const after = (old: number): number => {
      const before = t.voices[old];
      const permits = [...(before?.permits ?? []), ...(permit === null ? [] : [permit])];
      const refuses = [...(before?.refuses ?? []), ...(refuse === null ? [] : [refuse])];
      const next = t.voices.push({ permits, refuses, plain: isPlain(permits, refuses, cover.act) }) - 1;
      steps.set(old, next);
      return next;
    };
    for (const c of cover.categories)
      for (const p of cover.purposes)
        for (const target of cover.targets) {
          const cell = start + (c * t.purposes.size + p) * width + target;
          const old = t.cells[cell] ?? 0;
          t.cells[cell] = steps.get(old) ?? after(old);
        }
  }
}

function emptyTables(policy: Policy): Tables {
  const categories = index(Object.keys(policy.categories));
  const purposes = index(Object.keys(policy.purposes));
  const points = index(policy.collect.map(({ point }) => point));
  const roles = index(Object.keys(policy.roles));
  const recipients = index(Object.keys(policy.recipients));
  const named = Object.keys(policy.regions);
  const regions = index(named.length === 0 ? [policy.regionIfUnknown] : named);
  const width = [points.size, 1, roles.size, recipients.size, 1];
  const start: number[] = [];
  let size = 0;
  for (const targets of width) {
    start.push(size);
    size += categories.size * purposes.size * targets;
  }
  const silence: Voices = { permits: [], refuses: [], plain: false };
  return {
    policy,
    categories,
    purposes,
    points,
    roles,
    recipients,
    regions,
    start,
    width,
    cells: new Uint32Array(size),
    voices: [silence],
  };
}

/** What each person's state stops, for each purpose and kind of act. */
function gatesOf({ policy, purposes, regions }: Tables): Pick<Compiled, "gates" | "persons" | "reasons"> {
  const persons = personsIn(regions.keys());
  const gates = new Uint8Array(purposes.size * gateActs.length * persons.length);
  const reasons: (Reason | null)[] = [null];
  let i = 0;
  for (const purpose of purposes.keys())
    for (const act of gateActs)
      for (const person of persons) {
        const reason = personStops(policy, act, purpose, person);
        const known = reasons.indexOf(reason);
        gates[i++] = known >= 0 ? known : reasons.push(reason) - 1;
      }
  return { persons, gates, reasons };
}

/** Tables of a policy that has passed its checks. Takes milliseconds; the policy must not be changed afterwards. */
export function compile(policy: Policy): Compiled {
  const tables = emptyTables(policy);
  fill(tables, permitsOf(tables));
  const refusals = policy.refuse.flatMap((refuse) =>
    coversOf(refuse.scope, tables).map((cover): Spoken => ({ cover, permit: null, refuse })),
  );
  fill(tables, refusals);
  return {
    ...tables,
    ...gatesOf(tables),
    allowed: Array.from({ length: tables.cells.length }),
    stopped: [],
    others: new Map(),
  };
}
