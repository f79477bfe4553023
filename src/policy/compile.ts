/** Turns a policy into tables of numbers, so that asking costs a few reads and the order of rules cannot matter (P1). */
import type { Decision } from "./ask.ts";
import type { Policy, RefuseRule } from "./policy.ts";
import { permitsOf, refusalsOf } from "./speak.ts";
import type { Index, Named, Permit, Spoken } from "./speak.ts";
import { personsIn } from "./states.ts";
import type { Person } from "./states.ts";

/** The rules that speak about a cell; equal sets are one object. */
export type Voices = { permits: readonly Permit[]; refuses: readonly RefuseRule[] };

/** What a policy says, as plain data: it can be sent from one thread to another. */
export type Tables = Named & {
  /** For each act, where its cells begin, and how many targets it has. */
  start: readonly number[];
  width: readonly number[];
  /** For each cell (act, category, purpose, target) the number of its voices; 0 is silence, which refuses. */
  cells: Uint32Array;
  voices: Voices[];
};

/** Tables and what makes asking them fast. */
export type Compiled = Tables & {
  /** Every state that a person can be in, and the number of the region of people whose country nobody knows. */
  persons: readonly Person[];
  home: number | undefined;
  /** The indices once more, in the form in which a word is found soonest. */
  numbers: Numbers;
  purposeCount: number;
  personCount: number;
  /**
   * What was answered before, so that asking again allocates nothing: for each voices and purpose, by number of the
   * state. What voices come to depends on no more: rules that allow are about one act each.
   */
  answers: ((Decision | undefined)[] | undefined)[];
  /** The same by their words: equal answers are one object. */
  distinct: Map<string, Decision>;
};

type Indices = Pick<Named, "categories" | "purposes" | "points" | "roles" | "recipients" | "regions">;
/** Objects without a prototype, so that a word is found in none but its own. */
export type Numbers = Record<keyof Indices, Readonly<Record<string, number>>>;

const index = (names: Iterable<string>): Index => new Map([...new Set(names)].map((name, i) => [name, i]));
/** Whether a refusal speaks about people in every state. */
export const isUnconditional = ({ scope }: RefuseRule): boolean =>
  scope.region.length + scope.age.length + scope.status.length === 0;

/** Adds each rule to the cells that it covers. Cells with the same rules share one entry, found by the step that led there. */
function fill({ cells, voices, start, width, purposes: { size } }: Tables, spoken: Spoken[]): void {
  for (const { covers, permit, refuse } of spoken) {
    const steps = new Map<number, number>();
    const after = (old: number): number => {
      const known = steps.get(old);
      if (known !== undefined) return known;
      const { permits, refuses } = voices[old] as Voices;
      const made = {
        permits: permit === null ? permits : [...permits, permit],
        refuses: refuse === null ? refuses : [...refuses, refuse],
      };
      const number = voices.push(made) - 1;
      steps.set(old, number);
      return number;
    };
    for (const { act, categories, purposes, targets } of covers) {
      const [first, row] = [start[act] as number, width[act] as number];
      // Neighbours mostly have the same rules: a step is looked for only where they change.
      let last = 0;
      let next = after(last);
      for (const c of categories)
        for (const p of purposes)
          for (const target of targets) {
            const cell = first + (c * size + p) * row + target;
            const old = cells[cell] as number;
            if (old !== last) next = after((last = old));
            cells[cell] = next;
          }
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

function numbersOf({ categories, purposes, points, roles, recipients, regions }: Indices): Numbers {
  const bare = (index: Index) =>
    Object.assign(Object.create(null) as Record<string, number>, Object.fromEntries(index));
  return {
    categories: bare(categories),
    purposes: bare(purposes),
    points: bare(points),
    roles: bare(roles),
    recipients: bare(recipients),
    regions: bare(regions),
  };
}

/** Tables of a policy that has passed its checks. Takes milliseconds; the policy must not be changed afterwards. */
export function tablesOf(policy: Policy): Tables {
  const tables = emptyTables(policy);
  fill(tables, permitsOf(tables));
  fill(tables, refusalsOf(tables));
  return tables;
}

/** The tables alone, without what was answered before: as they can be sent to another thread. */
export const bareTables = ({
  persons: _persons,
  home: _home,
  numbers: _numbers,
  purposeCount: _purposes,
  personCount: _people,
  answers: _answers,
  distinct: _distinct,
  ...tables
}: Compiled): Tables => tables;

/** Makes tables ready to be asked. Takes less than a millisecond. */
export function ready(tables: Tables): Compiled {
  const persons = personsIn(tables.regions.keys());
  return {
    ...tables,
    persons,
    home: tables.regions.get(tables.policy.regionIfUnknown),
    numbers: numbersOf(tables),
    purposeCount: tables.purposes.size,
    personCount: persons.length,
    // oxlint-disable-next-line unicorn/no-new-array
    answers: new Array(tables.voices.length * tables.purposes.size),
    distinct: new Map(),
  };
}

/** A policy made ready to be asked. */
export const compile = (policy: Policy): Compiled => ready(tablesOf(policy));
