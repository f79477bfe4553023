/** Turns a policy into tables of numbers, so that asking costs a few reads and the order of rules cannot matter (P1). */
import { evidenceOf } from "./ask.ts";
import type { Decision, Evidence } from "./ask.ts";
import type { Act, Policy, Rule, RefuseRule, Scope, ShareRule } from "./policy.ts";

export const acts = ["collect", "use", "look", "share", "keep"] as const satisfies readonly Act[];

/** One rule that allows: for which cells, and with what evidence. */
export type Permit = { rule: Rule; evidence: Evidence | null; share: ShareRule | null; duty: boolean };

/** The rules that speak about one cell; equal sets are one object. */
export type Voices = { permits: Permit[]; refuses: RefuseRule[] };

export type Index = Map<string, number>;

export type Compiled = {
  policy: Policy;
  categories: Index;
  purposes: Index;
  points: Index;
  roles: Index;
  recipients: Index;
  regions: Index;
  /** For each act, where its cells begin and how many targets it has. */
  start: number[];
  width: number[];
  /** For each cell (act, category, purpose, target) the number of its voices; 0 is silence, which refuses. */
  cells: Uint16Array | Uint32Array;
  voices: Voices[];
  /** Answers already given, by cell and state: an allowed ask that was asked before allocates nothing. */
  answers: (Decision | undefined)[][];
};

const index = (names: Iterable<string>): Index => new Map([...names].map((name, i) => [name, i]));

type Cover = { act: number; categories: number[]; purposes: number[]; targets: number[] };

const pick = (all: Index, names: readonly string[]): number[] =>
  names.length === 0 ? [...all.values()] : some(all, names);

const only = [0];

type Tables = Omit<Compiled, "answers" | "policy"> & { policy: Policy };

/** The cells that a refusal is about. A scope that names a target speaks of the act that has such targets alone. */
function coversOf(scope: Scope, t: Tables): Cover[] {
  return acts.flatMap((act, i) => {
    if (scope.act !== null && scope.act !== act) return [];
    if (scope.to.length > 0 && act !== "share") return [];
    if (scope.at.length > 0 && act !== "collect") return [];
    if (scope.by.length > 0 && act !== "look") return [];
    const targets = {
      collect: pick(t.points, scope.at),
      look: pick(t.roles, scope.by),
      share: pick(t.recipients, scope.to),
      use: only,
      keep: only,
    };
    return [
      {
        act: i,
        categories: pick(t.categories, scope.data),
        purposes: pick(t.purposes, scope.for),
        targets: targets[act],
      },
    ];
  });
}

type Spoken = { cover: Cover; permit: Permit | null; refuse: RefuseRule | null };

/** Names that must exist: an empty list here is nothing, not everything. */
const some = (all: Index, names: readonly string[]): number[] =>
  [...new Set(names)].flatMap((name) => all.get(name) ?? []);

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
  const fieldsOf = (p: Policy["collect"][number]): string[] =>
    [...p.require, ...p.offer, ...p.passive].map(({ category }) => category);
  const usedFor = purposesByCategory(policy);
  return [
    ...policy.collect.map((p) => allow("collect", p, fieldsOf(p), p.for, some(t.points, [p.point]))),
    ...policy.use.map((u) => allow("use", u, u.data, u.for, only)),
    ...Object.entries(policy.roles).flatMap(([role, { look }]) =>
      look.map((l) => allow("look", l, l.data, l.for, some(t.roles, [role]))),
    ),
    ...policy.share.map((s) =>
      allow("share", s, s.data, s.for, some(t.recipients, s.to), {
        evidence: evidenceOf[s.ground],
        share: s,
      }),
    ),
    ...policy.keep.flatMap((k) =>
      k.data.map((c) => allow("keep", k, [c], [...(usedFor.get(c) ?? [])], only, { duty: k.duty !== null })),
    ),
  ];
}

/** The purposes that a category is collected or used for: to keep it is allowed for these alone. */
function purposesByCategory(policy: Policy): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (categories: string[], purposes: string[]): void => {
    for (const category of categories) {
      const set = found.get(category) ?? new Set<string>();
      purposes.forEach((purpose) => set.add(purpose));
      found.set(category, set);
    }
  };
  for (const p of policy.collect)
    add(
      [...p.require, ...p.offer, ...p.passive].map(({ category }) => category),
      p.for,
    );
  for (const u of policy.use) add(u.data, u.for);
  return found;
}

/** Adds each rule to the cells that it covers. Cells with the same rules share one entry, found by the step that led there. */
function fill(t: Tables, spoken: Spoken[]): void {
  for (const { cover, permit, refuse } of spoken) {
    const steps = new Map<number, number>();
    const width = t.width[cover.act] ?? 0;
    const start = t.start[cover.act] ?? 0;
    for (const c of cover.categories)
      for (const p of cover.purposes)
        for (const target of cover.targets) {
          const cell = start + (c * t.purposes.size + p) * width + target;
          const old = t.cells[cell] ?? 0;
          let next = steps.get(old);
          if (next === undefined) {
            const { permits, refuses } = t.voices[old] as Voices;
            next =
              t.voices.push({
                permits: permit === null ? permits : [...permits, permit],
                refuses: refuse === null ? refuses : [...refuses, refuse],
              }) - 1;
            steps.set(old, next);
          }
          t.cells[cell] = next;
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
    voices: [{ permits: [], refuses: [] }],
  };
}

/** Tables of a policy that has passed its checks. Takes a few milliseconds; the policy must not be changed afterwards. */
export function compile(policy: Policy): Compiled {
  const tables = emptyTables(policy);
  fill(tables, permitsOf(tables));
  const refusals = policy.refuse.flatMap((refuse) =>
    coversOf(refuse.scope, tables).map((cover) => ({ cover, permit: null, refuse })),
  );
  fill(tables, refusals);
  return { ...tables, answers: [] };
}
