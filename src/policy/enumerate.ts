/** Walks every ask that a policy can answer, so that the check proves instead of sampling (P3). */
import type { Ask } from "./ask.ts";
import type { Compiled, Voices } from "./compile.ts";
import { permitHolds, refusalHolds } from "./decide.ts";
import { personStops } from "./person-stops.ts";
import type { Act, RefuseRule } from "./policy.ts";
import { acts } from "./speak.ts";
import type { Permit } from "./speak.ts";
import { evidences } from "./states.ts";
import type { State } from "./states.ts";

/** One kind of ask, about a person in any state. `target` is the place, role or recipient; null where an act has none. */
export type Cell = {
  act: Act;
  category: string;
  purpose: string;
  target: string | null;
  voices: Voices;
  at: number;
};

/** What a cell comes to over every state: which states allow, by which rules, and which refusals had an effect. */
export type Outcome = { allows: State[]; permits: Set<Permit>; refuses: Set<RefuseRule> };

const noTarget = [null];

/** The cells of one act, whether or not a rule speaks about them. */
export function* cellsOf(compiled: Compiled, act: Act): Generator<Cell> {
  const { points, roles, recipients, categories, purposes } = compiled;
  const named = {
    collect: [...points.keys()],
    look: [...roles.keys()],
    share: [...recipients.keys()],
    use: noTarget,
    keep: noTarget,
  };
  let at = compiled.start[acts.indexOf(act)] ?? 0;
  for (const category of categories.keys())
    for (const purpose of purposes.keys())
      for (const target of named[act]) {
        const voices = compiled.voices[compiled.cells[at] ?? 0];
        if (voices !== undefined) yield { act, category, purpose, target, voices, at };
        at += 1;
      }
}

/** Every cell that some rule speaks about. */
export function* spokenCells(compiled: Compiled): Generator<Cell> {
  for (const act of acts)
    for (const cell of cellsOf(compiled, act))
      if (cell.voices.permits.length + cell.voices.refuses.length > 0) yield cell;
}

/** The evidence that can matter to a cell: none, and what its rules ask for. */
function evidencesOf({ permits }: Voices): State["evidence"][] {
  return [...new Set([undefined, ...permits.flatMap(({ evidence }) => evidence ?? [])])];
}

/** Works out a cell over every state. */
function work({ policy, persons }: Compiled, { act, purpose, voices }: Cell): Outcome {
  const made: Outcome = { allows: [], permits: new Set(), refuses: new Set() };
  const keeping = act === "keep";
  const shown = evidencesOf(voices);
  for (const person of voices.permits.length > 0 ? persons : []) {
    if (personStops(policy, act, purpose, person) !== null) continue;
    const said = voices.refuses.filter((rule) => refusalHolds(rule, person));
    for (const evidence of shown) {
      const state = { ...person, evidence };
      const holding = voices.permits.filter((permit) => permitHolds(permit, keeping, state));
      if (holding.length === 0) continue;
      for (const rule of said) made.refuses.add(rule);
      if (said.length > 0) continue;
      made.allows.push(state);
      for (const permit of holding) made.permits.add(permit);
    }
  }
  return made;
}

/** A worker-out of cells. It remembers: cells with the same rules and purpose come out the same. */
export function outcomes(compiled: Compiled): (cell: Cell) => Outcome {
  const known = new Map<Voices, Map<string, Outcome>>();
  return (cell) => {
    const byPurpose = known.get(cell.voices) ?? new Map<string, Outcome>();
    known.set(cell.voices, byPurpose);
    const before = byPurpose.get(cell.purpose);
    if (before !== undefined) return before;
    const made = work(compiled, cell);
    byPurpose.set(cell.purpose, made);
    return made;
  };
}

/** The ask that a cell and a state come to. */
export function askOf({ act, category, purpose, target }: Cell, state: State): Ask {
  const on =
    target === null
      ? {}
      : {
          collect: { point: target },
          look: { role: target },
          share: { recipient: target },
          use: {},
          keep: {},
        }[act];
  return { act, category, purpose, ...on, ...state };
}

/** Every ask there is: for tests that compare `decide` with another way to the same answer. */
export function* everyAsk(compiled: Compiled): Generator<Ask> {
  for (const act of acts)
    for (const cell of cellsOf(compiled, act))
      for (const person of compiled.persons)
        for (const evidence of act === "share" ? evidences : [undefined])
          yield askOf(cell, { ...person, evidence });
}
