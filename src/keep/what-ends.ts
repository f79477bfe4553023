// Says of every kind of row when the next of it ends and how much is due when, by counts alone: nothing is overdue for long (K6).
import { sql, type RawBuilder } from "kysely";
import { service } from "../policy/rows.ts";
import type { Clock } from "./clock.ts";
import type { Data, Within } from "./database.ts";
import type { Ending } from "./end-due.ts";

export type Upcoming = {
  ending: Ending;
  /** When the first of them ends; null where there is none whose time runs. */
  next: Date | null;
  /** Ended more than an hour ago, and still there: none, or something is wrong. */
  overdue: number;
  /** How many end within so long from now, each with those before it. */
  day: number;
  week: number;
  month: number;
  /** There are more than were counted: each number is at least so many. */
  more: boolean;
};

/** So many of each kind are counted, the soonest first; the page stays quick whatever there is. */
export const mostCounted = 10_000;

const hour = 3_600_000;
const dayInMs = 24 * hour;

/** The instants from which the time of an ending's rows runs, the soonest first and not more than are counted. */
const beginnings = ({ table, column, from, told }: Ending): RawBuilder<unknown> => {
  const start = table.starts?.[from];
  const begun = start?.via ? sql.ref(`o.${start.column}`) : sql.ref(`t.${start?.column ?? ""}`);
  const session = start?.via
    ? sql`join ${sql.table(start.via)} o on o.id = t.${sql.ref(table.sharedBy ?? "")}`
    : sql``;
  const filled = column ? sql`and t.${sql.ref(column)} is not null` : sql``;
  const under =
    told === undefined
      ? sql``
      : sql`and t.${sql.ref(table.owner ?? "")} in (select id from subject where told = ${told})`;
  // Of what begins with a session's end, the sessions are gone through in turn, and not the rows.
  return sql`select ${begun} as begun from ${sql.table(table.name)} t ${session}
    where ${begun} is not null ${filled} ${under} order by ${begun} limit ${mostCounted + 1}`;
};

type Counted = { next: Date | null; overdue: number; day: number; week: number; month: number; all: number };

const nothing: Counted = { next: null, overdue: 0, day: 0, week: 0, month: 0, all: 0 };

const countIn = async (data: Data, ending: Ending, now: Date): Promise<Upcoming> => {
  /** What began before this has ended at an instant so far from now. */
  const before = (ms: number): Date => new Date(now.getTime() + ms - ending.days * dayInMs);
  const { rows } = await sql<Counted>`
    select min(begun) as next, count(*)::int as all,
      count(*) filter (where begun <= ${before(-hour)})::int as overdue,
      count(*) filter (where begun <= ${before(dayInMs)})::int as day,
      count(*) filter (where begun <= ${before(7 * dayInMs)})::int as week,
      count(*) filter (where begun <= ${before(30 * dayInMs)})::int as month
    from (${beginnings(ending)}) soonest`.execute(data);
  const { next, all, ...due }: Counted = rows[0] ?? nothing;
  return {
    ending,
    next: next && new Date(next.getTime() + ending.days * dayInMs),
    overdue: due.overdue,
    day: due.day,
    week: due.week,
    month: due.month,
    more: all > mostCounted,
  };
};

/** Everything that the sweep will end, the next first; asks as the role that ends data, which sees each row. */
export const whatEnds = async (
  within: Within,
  endings: readonly Ending[],
  clock: Clock,
): Promise<Upcoming[]> => {
  const now = clock();
  const found = await within({ actor: service, purpose: "end-data" }, async (data) => {
    const all: Upcoming[] = [];
    for (const ending of endings) all.push(await countIn(data, ending, now));
    return all;
  });
  const at = ({ next }: Upcoming): number => next?.getTime() ?? Infinity;
  // Two that never come are equal: the difference of two infinities is no number.
  return found.toSorted((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
};
