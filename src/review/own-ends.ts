// Says of everything that is held about a person when it ends, the soonest first, by the same plan that the sweep goes by (K6, R1).
import { sql } from "kysely";
import type { Data } from "../keep/database.ts";
import type { Ending } from "../keep/end-due.ts";
import { personIn } from "../keep/standing.ts";
import { endOf, type Policy } from "../policy/core.ts";
import { categoriesIn } from "./held-facts.ts";
import { isHeld, type HeldNeeds } from "./held-overview.ts";
import { countRows, ownedBy } from "./held-rows.ts";
import { heldTables, type HeldTable } from "./held-tables.ts";
import { purpose } from "./needs.ts";

export type OwnEnd = {
  held: HeldTable;
  /** Kinds of data that end so. */
  categories: string[];
  count: number;
  /** When the first and the last of them end; null where their time has not begun, or where it is the erasure. */
  first: Date | null;
  last: Date | null;
  /** So many whose time has not begun: the session has not ended, or the request is under way. */
  waiting: number;
};

type Needs = HeldNeeds & { endings: readonly Ending[] };
type Counted = { count: number; begun: number; first: Date | null; last: Date | null };

const dayInMs = 86_400_000;

const later = (at: Date | null, days: number): Date | null => at && new Date(at.getTime() + days * dayInMs);

const counted = async (
  data: Data,
  held: HeldTable,
  { column, from }: Ending,
  subject: string,
): Promise<Counted> => {
  const { table } = held;
  const start = table.starts?.[from];
  const begun = start?.via
    ? sql`(select o.${sql.ref(start.column)} from ${sql.table(start.via)} o where o.id = t.${sql.ref(table.sharedBy ?? "")})`
    : sql`t.${sql.ref(start?.column ?? "")}`;
  const filled = column ? sql`and t.${sql.ref(column)} is not null` : sql``;
  const { rows } = await sql<Counted>`
    select count(*)::int as count, count(begun)::int as begun, min(begun) as first, max(begun) as last
    from (select ${begun} as begun from ${sql.table(table.name)} t
          where ${ownedBy(held, subject)} ${filled}) own`.execute(data);
  return rows[0] ?? { count: 0, begun: 0, first: null, last: null };
};

/** Kinds of data that end by an ending: those of its column, or of all columns that have none of their own. */
const endingKinds = (policy: Policy, held: HeldTable, { column, days, from }: Ending): string[] => {
  const own = column ? held.table.columns[column]?.categories : undefined;
  const ends = (category: string): boolean => {
    const end = endOf(policy, category, held.table.at);
    return end?.days === days && end.from === from;
  };
  return categoriesIn(policy, held).filter((category) => (own ? own.includes(category) : ends(category)));
};

const withErasure = (policy: Policy, held: HeldTable): string[] =>
  categoriesIn(policy, held).filter((category) => endOf(policy, category, held.table.at)?.days === null);

const endsOf = async (
  { endings, inForce }: Needs,
  data: Data,
  held: HeldTable,
  who: { subject: string; told: number },
): Promise<OwnEnd[]> => {
  const { policy } = inForce.versions.running.compiled;
  const found: OwnEnd[] = [];
  for (const ending of endings) {
    if (ending.table !== held.table || (ending.told ?? who.told) !== who.told) continue;
    const { count, begun, first, last } = await counted(data, held, ending, who.subject);
    const ends = { first: later(first, ending.days), last: later(last, ending.days), waiting: count - begun };
    if (count > 0) found.push({ held, categories: endingKinds(policy, held, ending), count, ...ends });
  }
  const categories = withErasure(policy, held);
  const count = categories.length === 0 ? 0 : await countRows(data, held, ownedBy(held, who.subject));
  return count === 0 ? found : [...found, { held, categories, count, first: null, last: null, waiting: 0 }];
};

/** Those with an instant first, by it; then those that wait for theirs; then what ends with the erasure. */
const order = ({ first, waiting }: OwnEnd): number =>
  first?.getTime() ?? (waiting > 0 ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER);

/** Null where nobody is there. */
export const ownEnds = (needs: Needs, subject: string): Promise<OwnEnd[] | null> =>
  needs.within({ actor: subject, purpose }, async (data) => {
    if (!(await isHeld(data, subject))) return null;
    const { told } = await personIn(data, subject);
    const all: OwnEnd[] = [];
    for (const held of heldTables) all.push(...(await endsOf(needs, data, held, { subject, told })));
    return all.toSorted((a, b) => order(a) - order(b));
  });
