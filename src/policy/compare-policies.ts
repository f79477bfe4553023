/** Says what a new version of a policy changes, whom that concerns, and what they are owed first (P2 P3). */
import type { Evidence } from "./ask.ts";
import { compareEnds } from "./compare-ends.ts";
import type { EndChange } from "./compare-ends.ts";
import { compile } from "./compile.ts";
import { outcomes, spokenCells } from "./enumerate.ts";
import type { Cell, Outcome } from "./enumerate.ts";
import { en } from "./messages/en.ts";
import type { Messages } from "./messages/messages.ts";
import { groundOf } from "./person-stops.ts";
import type { Act, Age, ChoiceState, Policy, Status } from "./policy.ts";
import { statement } from "./statement.ts";
import type { Clause } from "./statement.ts";
import type { Person, State } from "./states.ts";

/** Each list holds the values that occur among the people concerned. */
export type People = {
  region: string[];
  age: Age[];
  status: Status[];
  choice: ChoiceState[];
  evidence: Evidence[];
};

/** What has to come before a wider use of a person's data: nothing, that they are told, or that they say yes. */
export type Due = "nothing" | "notice" | "consent";

export type AskChange = {
  now: "allowed" | "refused";
  act: Act;
  data: string[];
  purpose: string;
  /** The place, role or recipient; null where the act has none. */
  target: string | null;
  people: People;
  due: Due;
  /** Names of the rules of the version that allows it. */
  rules: string[];
};

export type ClauseChange = { id: string; before: string | null; after: string | null };

export type Comparison = {
  policy: string;
  from: number;
  to: number;
  effective: string;
  /** Days before which people have to be told, where a notice is due. */
  noticeDays: number;
  asks: AskChange[];
  ends: EndChange[];
  /** Texts that people agree to, and that have a new version. */
  documents: { id: string; title: string; from: number | null; to: number | null }[];
  /** What the statement said before and says now. */
  clauses: ClauseChange[];
  /** Purposes whose use grew: a person's permission stays unset until this is there. */
  waits: Record<string, Exclude<Due, "nothing">>;
};

type Allowed = ReadonlyMap<string, State>;

type Side = {
  policy: Policy;
  cells: Map<string, Cell>;
  outcome: (cell: Cell) => Outcome;
  /** The states of a cell that allow; cells that come to the same share one map. */
  allowed: (cell: Cell | undefined) => Allowed;
};

const nameOf = ({ act, category, purpose, target }: Cell): string =>
  JSON.stringify([act, category, purpose, target]);

const regionsOf = ({ regions, regionIfUnknown }: Policy): string[] =>
  Object.keys(regions).length === 0 ? [regionIfUnknown] : Object.keys(regions);

/** The states that allow, in the regions of both versions; a region that one does not know is its unknown one. */
function allowing(policy: Policy, { allows }: Outcome, regions: string[]): Allowed {
  const own = new Set(regionsOf(policy));
  const states = regions.flatMap((region) => {
    const meant = own.has(region) ? region : policy.regionIfUnknown;
    return allows.filter((state) => state.region === meant).map((state) => ({ ...state, region }));
  });
  return new Map(states.map((state) => [Object.values(state).join(" "), state]));
}

const nobody: Allowed = new Map();

function sideOf(policy: Policy, regions: string[]): Side {
  const compiled = compile(policy);
  const outcome = outcomes(compiled);
  const known = new Map<Outcome, Allowed>();
  const allowed = (cell: Cell | undefined): Allowed => {
    if (cell === undefined) return nobody;
    const made = outcome(cell);
    const before = known.get(made);
    const states = before ?? allowing(policy, made, regions);
    if (before === undefined) known.set(made, states);
    return states;
  };
  const cells = new Map([...spokenCells(compiled)].map((cell) => [nameOf(cell), cell]));
  return { policy, cells, outcome, allowed };
}

const without = (some: Allowed, others: Allowed): State[] =>
  [...some].filter(([key]) => !others.has(key)).map(([, state]) => state);

const values = <T>(all: (T | undefined)[]): T[] =>
  [...new Set(all)].filter((one) => one !== undefined).sort();

const peopleOf = (states: State[]): People => ({
  region: values(states.map(({ region }) => region)),
  age: values(states.map(({ age }) => age)),
  status: values(states.map(({ status }) => status)),
  choice: values(states.map(({ choice }) => choice)),
  evidence: values(states.map(({ evidence }) => evidence)),
});

/**
 * What is due to a person in this state. What a person gives with their own hands needs no further notice; a no that
 * stood before is not overruled by one.
 */
function dueFor(
  before: Policy,
  after: Policy,
  { act, category, purpose, target }: Cell,
): (state: State) => Due {
  const asked = after.purposes[purpose];
  if (asked === undefined) return () => "nothing";
  const hadChoice = (before.purposes[purpose]?.choice ?? null) !== null;
  const point = act === "collect" ? after.collect.find((one) => one.point === target) : undefined;
  const given =
    point !== undefined && [...point.require, ...point.offer].some((field) => field.category === category);
  return ({ choice, region }) => {
    if (hadChoice && choice === "refused") return "consent";
    if (groundOf(asked, region).endsWith("opt-in")) return "consent";
    return given ? "nothing" : "notice";
  };
}

function compareAsks(before: Side, after: Side): AskChange[] {
  const names = [...new Set([...before.cells.keys(), ...after.cells.keys()])];
  const changes = names.flatMap((name) => {
    const [old, young] = [before.cells.get(name), after.cells.get(name)];
    const [could, can] = [before.allowed(old), after.allowed(young)];
    const found: { now: AskChange["now"]; cell: Cell; side: Side; states: State[] }[] = [];
    if (young !== undefined)
      found.push({ now: "allowed", cell: young, side: after, states: without(can, could) });
    if (old !== undefined)
      found.push({ now: "refused", cell: old, side: before, states: without(could, can) });
    return found
      .filter(({ states }) => states.length > 0)
      .flatMap(({ now, cell, side, states }): AskChange[] => {
        const { act, category, purpose, target } = cell;
        const rules = values([...side.outcome(cell).permits].map(({ rule }) => rule.id));
        const due = now === "allowed" ? dueFor(before.policy, after.policy, cell) : () => "nothing" as const;
        return [...Map.groupBy(states, due)].map(([owed, those]) => {
          return { now, act, data: [category], purpose, target, people: peopleOf(those), due: owed, rules };
        });
      });
  });
  return together(changes);
}

/** Changes that differ in the kind of data alone become one. */
function together(changes: AskChange[]): AskChange[] {
  const groups = Map.groupBy(changes, (change) => JSON.stringify({ ...change, data: [], rules: [] }));
  return [...groups.values()].map((group) => ({
    ...(group[0] as AskChange),
    data: values(group.flatMap(({ data }) => data)),
    rules: values(group.flatMap(({ rules }) => rules)),
  }));
}

function compareDocuments(before: Policy, after: Policy): Comparison["documents"] {
  const all = (policy: Policy) => new Map([policy.terms, ...policy.guidelines].map((one) => [one.id, one]));
  const [old, young] = [all(before), all(after)];
  return values([...old.keys(), ...young.keys()]).flatMap((id) => {
    const [from, to] = [old.get(id), young.get(id)];
    if (from?.version === to?.version) return [];
    return [{ id, title: (to ?? from)?.title ?? id, from: from?.version ?? null, to: to?.version ?? null }];
  });
}

function compareClauses(before: Policy, after: Policy, messages: Messages): ClauseChange[] {
  const all = (policy: Policy): Map<string, Clause> =>
    new Map(
      statement(policy, messages).sections.flatMap(({ clauses }) =>
        clauses.map((clause) => [clause.id, clause]),
      ),
    );
  const [old, young] = [all(before), all(after)];
  return [...new Set([...young.keys(), ...old.keys()])].flatMap((id) => {
    const [was, is] = [old.get(id)?.text ?? null, young.get(id)?.text ?? null];
    return was === is ? [] : [{ id, before: was, after: is }];
  });
}

function waitsOf(asks: AskChange[], ends: EndChange[], after: Policy): Comparison["waits"] {
  const waits: Comparison["waits"] = {};
  for (const { purpose, due } of asks)
    if (due !== "nothing" && waits[purpose] !== "consent") waits[purpose] = due;
  for (const { category, now } of ends) {
    if (now !== "longer") continue;
    for (const rule of after.use.filter(({ data }) => data.includes(category)))
      for (const purpose of rule.for)
        if (after.purposes[purpose]?.ground !== "legal-obligation") waits[purpose] ??= "notice";
  }
  return waits;
}

/** Everything in which two versions of a policy differ, in what they allow and in what they say; both in one language. */
export function compare(before: Policy, after: Policy, messages: Messages = en): Comparison {
  const regions = [...new Set([...regionsOf(before), ...regionsOf(after)])];
  const asks = compareAsks(sideOf(before, regions), sideOf(after, regions));
  const ends = compareEnds(before, after);
  return {
    policy: after.policy,
    from: before.version,
    to: after.version,
    effective: after.effective,
    noticeDays: after.changes.noticeDays,
    asks,
    ends,
    documents: compareDocuments(before, after),
    clauses: compareClauses(before, after, messages),
    waits: waitsOf(asks, ends, after),
  };
}

/** Whether a change is about a person in this state; for counting them. */
export function isConcerned({ people }: AskChange, { region, age, status, choice }: Person): boolean {
  return (
    people.region.includes(region) &&
    people.age.includes(age) &&
    people.status.includes(status) &&
    people.choice.includes(choice)
  );
}
