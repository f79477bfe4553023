/** Turns a policy into tables of numbers, so that asking costs a few reads and the order of rules cannot matter (P1). */
import { evidenceOf } from "./ask.ts";
import type { Decision, Evidence, Reason } from "./ask.ts";
import { personStops } from "./person-stops.ts";
import type { Act, CollectionPoint, KeepRule, Policy, RefuseRule, Rule, Scope, ShareRule } from "./policy.ts";
import { personsIn } from "./states.ts";
import type { Person } from "./states.ts";

export const acts = ["collect", "use", "look", "share", "keep"] as const satisfies readonly Act[];

/** Acts that a person's state stops alike share one part of the gate table. */
export const gateOf = [0, 1, 0, 0, 2] as const;
const gateActs = ["collect", "use", "keep"] as const;

/** One rule that allows: with what evidence, and whether a legal duty stands behind it. */
export type Permit = { rule: Rule; evidence: Evidence | null; share: ShareRule | null; duty: boolean };

/**
 * The rules that speak about a cell; equal sets are one object. What they come to: `open`, that nothing but the person's
 * state can refuse; `shut`, that they refuse whatever the state; `weigh`, that it has to be weighed for each state.
 */
export type Voices = {
  permits: readonly Permit[];
  refuses: readonly RefuseRule[];
  come: "open" | "shut" | "weigh";
};

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
  shut: (Decision | undefined)[];
  others: (Map<number, Decision> | undefined)[];
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
type Spoken = { covers: Cover[]; permit: Permit | null; refuse: RefuseRule | null };

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

/** All that a collection point takes in. */
export const categoriesAt = ({ require, offer, passive }: Policy["collect"][number]): string[] =>
  [...require, ...offer, ...passive].map(({ category }) => category);

/** The cells of one act that a rule names. */
const coverOf = (
  t: Tables,
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
  permit: { rule, evidence: null, share: null, duty: false, ...more },
  refuse: null,
});

/** After an erasure a duty keeps data for the purposes of the law alone. */
function keeping(t: Tables, rule: KeepRule, uses: (category: string) => string[]): Spoken[] {
  const lawful = (purpose: string): boolean =>
    rule.duty !== null && t.policy.purposes[purpose]?.ground === "legal-obligation";
  const covers = (wanted: boolean): Cover[] =>
    rule.data.map((category) =>
      coverOf(
        t,
        "keep",
        [category],
        uses(category).filter((purpose) => lawful(purpose) === wanted),
        only,
      ),
    );
  return [permit(rule, covers(false)), permit(rule, covers(true), { duty: true })];
}

function permitsOf(t: Tables): Spoken[] {
  const { policy } = t;
  const usedFor = usesOf(policy);
  const uses = (category: string): string[] => [...(usedFor.get(category) ?? [])];
  const collecting = (rule: CollectionPoint): Cover[] =>
    categoriesAt(rule).map((category) =>
      coverOf(
        t,
        "collect",
        [category],
        uses(category).filter((purpose) => rule.for.includes(purpose)),
        some(t.points, [rule.point]),
      ),
    );
  return [
    ...policy.collect.map((rule) => permit(rule, collecting(rule))),
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

/** Whether a refusal speaks about people in every state. */
export const isUnconditional = ({ scope }: RefuseRule): boolean =>
  scope.region.length + scope.age.length + scope.status.length === 0;

function comeTo(permits: readonly Permit[], refuses: readonly RefuseRule[], act: number): Voices["come"] {
  if (refuses.length > 0) return refuses.every(isUnconditional) ? "shut" : "weigh";
  return acts[act] !== "keep" && permits.every(({ evidence }) => evidence === null) ? "open" : "weigh";
}

/** Adds each rule to the cells that it covers. Cells with the same rules share one entry, found by the step that led there. */
function fill(t: Tables, spoken: Spoken[]): void {
  for (const { covers, permit: allowing, refuse } of spoken) {
    const steps = new Map<number, number>();
    const after = (old: number, act: number): number => {
      const before = t.voices[old];
      const permits = [...(before?.permits ?? []), ...(allowing === null ? [] : [allowing])];
      const refuses = [...(before?.refuses ?? []), ...(refuse === null ? [] : [refuse])];
      const next = t.voices.push({ permits, refuses, come: comeTo(permits, refuses, act) }) - 1;
      steps.set(old, next);
      return next;
    };
    const seen = new Set<number>();
    for (const { act, categories, purposes, targets } of covers)
      for (const c of categories)
        for (const p of purposes)
          for (const target of targets) {
            const cell = (t.start[act] ?? 0) + (c * t.purposes.size + p) * (t.width[act] ?? 0) + target;
            if (covers.length > 1 && seen.size === seen.add(cell).size) continue;
            const old = t.cells[cell] ?? 0;
            t.cells[cell] = steps.get(old) ?? after(old, act);
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
  const silence: Voices = { permits: [], refuses: [], come: "weigh" };
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
  const refusals = policy.refuse.map((refuse): Spoken => ({
    covers: coversOf(refuse.scope, tables),
    permit: null,
    refuse,
  }));
  fill(tables, refusals);
  return {
    ...tables,
    ...gatesOf(tables),
    allowed: Array.from({ length: tables.cells.length }),
    stopped: [],
    shut: [],
    others: Array.from({ length: tables.cells.length }),
  };
}
