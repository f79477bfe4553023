/** Turns a policy into tables of numbers, so that asking costs a few reads and the order of rules cannot matter (P1). */
import type { Decision, Reason } from "./ask.ts";
import { personStops } from "./person-stops.ts";
import type { Policy, RefuseRule } from "./policy.ts";
import { acts, permitsOf, refusalsOf } from "./speak.ts";
import type { Index, Named, Permit, Spoken } from "./speak.ts";
import { personsIn } from "./states.ts";
import type { Person } from "./states.ts";

/** Acts that a person's state stops alike share one part of the gate table. */
export const gateOf = [0, 1, 0, 0, 2] as const;
const gateActs = ["collect", "use", "keep"] as const;

/**
 * The rules that speak about a cell; equal sets are one object. What they come to: `open`, that nothing but the person's
 * state can refuse; `shut`, that they refuse whatever the state; `weigh`, that it has to be weighed for each state.
 */
export type Voices = {
  permits: readonly Permit[];
  refuses: readonly RefuseRule[];
  come: "open" | "shut" | "weigh";
};

export type Compiled = Named & {
  /** For each act, where its cells begin, and how many targets it has. */
  start: readonly number[];
  width: readonly number[];
  /** For each cell (act, category, purpose, target) the number of its voices; 0 is silence, which refuses. */
  cells: Uint32Array;
  voices: readonly Voices[];
  /** How many purposes and persons' states there are, and the number of the region of people whose country nobody knows. */
  purposeCount: number;
  personCount: number;
  home: number | undefined;
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

type Tables = Named & Pick<Compiled, "start" | "width" | "cells"> & { voices: Voices[] };

const index = (names: Iterable<string>): Index => new Map([...new Set(names)].map((name, i) => [name, i]));
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
  fill(tables, refusalsOf(tables));
  const gates = gatesOf(tables);
  return {
    ...tables,
    ...gates,
    purposeCount: tables.purposes.size,
    personCount: gates.persons.length,
    home: tables.regions.get(policy.regionIfUnknown),
    allowed: Array.from({ length: tables.cells.length }),
    stopped: [],
    shut: [],
    others: Array.from({ length: tables.cells.length }),
  };
}
