// Ends what is due: each category's retention, derived from register and policy, in small batches (K6, C6).
import { sql } from "kysely";
import { service } from "../policy/rows.ts";
import type { Clock } from "./clock.ts";
import type { Data, Within } from "./database.ts";
import { peopleFirst } from "./load.ts";
import type { Table } from "./register.ts";

/** How long a category that came in at a collection point is kept: days from an event, or null days for "until erasure". */
export type EndOf = (
  category: string,
  at: string | undefined,
) => { days: number | null; from: string; rule: string } | null;

export type Ending = {
  table: Table;
  /** A column emptied when due; null: the whole row goes. */
  column: string | null;
  days: number;
  from: string;
  rule: string;
  /** Only for people who were last told of this activation. */
  told?: number;
};

type Planned = { ending: Ending | null; faults: string[] };

const planColumn = (table: Table, column: string, known: readonly string[], endOf: EndOf): Planned => {
  const fault = (text: string): Planned => ({ ending: null, faults: [`${table.name}.${column}: ${text}`] });
  const ends = known.map((category) => endOf(category, table.at));
  const without = known.filter((_, at) => ends[at] === null);
  if (without.length > 0) return fault(`no end is declared for ${without.join(", ")}`);
  const [first, ...others] = ends;
  if (!first || others.some((end) => end?.days !== first.days || end.from !== first.from))
    return fault(`${known.join(", ")} are kept together and must end together`);
  if (first.days === null) return { ending: null, faults: [] };
  if (!table.starts?.[first.from]) return fault(`nothing here tells when "${first.from}" was`);
  const { days, from, rule } = first;
  return {
    ending: { table, column: table.columns[column]?.nullable ? column : null, days, from, rule },
    faults: [],
  };
};

/** A column needs no ending of its own when its whole row goes at the same time, and a row goes once. */
const goesWithRow = (ending: Ending, all: readonly Ending[]): boolean =>
  all.some(
    (other) =>
      other !== ending &&
      other.table === ending.table &&
      other.column === null &&
      other.from === ending.from &&
      other.days === ending.days &&
      (ending.column !== null || all.indexOf(other) < all.indexOf(ending)),
  );

/**
 * What the sweep will do, or why the policy and the register do not fit.
 * A column that may be empty ends by itself; one that may not takes its row along.
 * @param defined whether the policy knows a category at all; what it does not know is never collected
 */
export const planEndings = (
  tables: readonly Table[],
  defined: (category: string) => boolean,
  endOf: EndOf,
): { endings: Ending[]; faults: string[] } => {
  const planned = tables.flatMap((table) =>
    Object.entries(table.columns).flatMap(([column, { categories }]) => {
      const known = categories.filter(defined);
      return known.length > 0 ? [planColumn(table, column, known, endOf)] : [];
    }),
  );
  const endings = planned.flatMap(({ ending }) => ending ?? []);
  return {
    // What hangs on another row goes before that row, batch by batch, and not with it in one stroke.
    endings: endings
      .filter((ending) => !goesWithRow(ending, endings))
      .toSorted((a, b) => b.table.number - a.table.number),
    faults: planned.flatMap(({ faults }) => faults),
  };
};

/** The endings of an earlier version that come sooner than the running one's, for those who are still under it. */
export const soonerEndings = (
  running: readonly Ending[],
  earlier: readonly Ending[],
  told: number,
): Ending[] =>
  earlier
    .filter(
      ({ table, column, from, days }) =>
        !running.some(
          (one) =>
            one.table === table && one.from === from && one.days <= days && (one.column ?? column) === column,
        ),
    )
    .map((ending) => ({ ...ending, told }));

const batchRows = 500;
const dayInMs = 86_400_000;

const dueRows = ({ table, column, days, from, told }: Ending, now: Date) => {
  const start = table.starts?.[from];
  const before = new Date(now.getTime() - days * dayInMs);
  const instant = sql.ref(start?.column ?? "");
  const started = start?.via
    ? sql`${sql.ref(table.sharedBy ?? "")} in (select id from ${sql.table(start.via)} where ${instant} <= ${before})`
    : sql`${instant} <= ${before}`;
  const filled = column ? sql`and ${sql.ref(column)} is not null` : sql``;
  const under =
    told === undefined
      ? sql``
      : sql`and ${sql.ref(table.owner ?? "")} in (select id from subject where told = ${told})`;
  return sql`ctid in (select ctid from ${sql.table(table.name)} where ${started} ${filled} ${under} limit ${batchRows})`;
};

const endBatch = async (data: Data, ending: Ending, now: Date): Promise<number> => {
  const where = dueRows(ending, now);
  const table = sql.table(ending.table.name);
  const { numAffectedRows } = ending.column
    ? await sql`update ${table} set ${sql.ref(ending.column)} = null where ${where}`.execute(data)
    : await sql`delete from ${table} where ${where}`.execute(data);
  return Number(numAffectedRows ?? 0);
};

const endAll = async (within: Within, ending: Ending, now: Date): Promise<number> => {
  let rows = 0;
  for (let batch = batchRows; batch === batchRows; rows += batch) {
    const began = performance.now();
    batch = await within({ actor: service, purpose: "end-data" }, (data) => endBatch(data, ending, now));
    // Most rules end nothing at most times, and are looked at without a rest.
    if (batch === batchRows) await peopleFirst(within.isBusy, began);
  }
  return rows;
};

/**
 * Ends everything due by the clock; gives how many rows each rule ended.
 * @param onFault told of a rule that could not be carried out, so that the others are; left out, the fault is thrown
 */
export const endDue = async (
  within: Within,
  endings: readonly Ending[],
  clock: Clock,
  onFault?: (fault: unknown) => void,
): Promise<{ rule: string; table: string; rows: number }[]> => {
  const done: { rule: string; table: string; rows: number }[] = [];
  const now = clock();
  for (const ending of endings) {
    try {
      const rows = await endAll(within, ending, now);
      if (rows > 0) done.push({ rule: ending.rule, table: ending.table.name, rows });
    } catch (fault) {
      if (!onFault) throw fault;
      onFault(fault);
    }
  }
  return done;
};
