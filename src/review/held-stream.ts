// Reads all that is held about a person page by page by the rows' keys, so that however much it is, little is in memory (R1).
import { sql, type RawBuilder } from "kysely";
import { ahead } from "../keep/ahead.ts";
import type { Data } from "../keep/database.ts";
import { purposesOf } from "../keep/permissions.ts";
import { personIn } from "../keep/standing.ts";
import { isHeld } from "./held-overview.ts";
import { columnsOf, openRows, ownedBy, type HeldRow, type RawRow } from "./held-rows.ts";
import { heldTables, sharedTables, type HeldTable } from "./held-tables.ts";
import { purpose, type ReviewNeeds } from "./needs.ts";

export type StreamNeeds = Pick<ReviewNeeds, "within" | "pieces" | "ledger">;

/** Rows of a table in the order in which they were written. */
export type HeldBatch = { held: HeldTable; rows: readonly HeldRow[] };

/** The person's data is being erased: what would follow is not whole any more. */
export class Gone extends Error {
  override name = "Gone";
}

type Clocks = Readonly<Record<string, Date>>;
/** A session that the person took part in, with when the clocks of its ends began. */
export type SessionOf = { id: string; clocks: Clocks };

const pageRows = 1000;
const sessionsAtOnce = 200;

const list = (names: readonly string[]) => sql.join(names.map((name) => sql`t.${sql.ref(name)}`));

/** Events of a table whose instant stands in the session, each with its column there, or in the row itself. */
const clocksIn = ({ table }: HeldTable, where: "session" | "row"): [event: string, column: string][] =>
  Object.entries(table.starts ?? {})
    .filter(([, { via }]) => (via === "session" || table.name === "session") === (where === "session"))
    .map(([event, { column }]) => [event, column]);

/** Each session of the person's, oldest first; also one in which only a row of theirs is left. */
export const sessionsOf = async (data: Data, subject: string): Promise<SessionOf[]> => {
  const events = [...new Map(sharedTables.flatMap((held) => clocksIn(held, "session")))];
  const found = sharedTables.map(
    (held) =>
      sql`select distinct t.${sql.ref(held.table.sharedBy ?? "")} as id from ${sql.table(held.table.name)} t where ${ownedBy(held, subject)}`,
  );
  const clocks = events.map(([event, column]) => sql`s.${sql.ref(column)} as ${sql.ref(event)}`);
  const { rows } = await sql<{ id: string } & Record<string, unknown>>`
    with ids as (${sql.join(found, sql` union `)})
    select ids.id, ${sql.join(clocks)} from ids left join session s on s.id = ids.id
    order by s.opened_at nulls last, ids.id`.execute(data);
  return rows.map(({ id, ...rest }) => ({
    id,
    clocks: Object.fromEntries(Object.entries(rest).filter(([, at]) => at instanceof Date)) as Clocks,
  }));
};

/** How many rows there are: the person's own, and what others share with them in sessions. */
export const countHeld = async (data: Data, subject: string): Promise<number> => {
  const sessions = (await sessionsOf(data, subject)).map(({ id }) => id);
  let all = 0;
  for (const held of heldTables) {
    const { name, sharedBy } = held.table;
    const where = sharedBy ? sql`t.${sql.ref(sharedBy)} = any(${sessions})` : ownedBy(held, subject);
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(name)} t where ${where}`.execute(data);
    all += rows[0]?.count ?? 0;
  }
  return all;
};

/** The instant as PostgreSQL writes it: a `Date` has but milliseconds, and a row between two of them would come twice. */
const exactly = "exact_instant";

/** Columns by which rows follow one another. */
const orderOf = ({ table, instant }: HeldTable): string[] =>
  table.numberedBy ? [table.numberedBy] : [instant, ...table.key];

const selected = (held: HeldTable): RawBuilder<RawRow> => {
  const instant = sql`, t.${sql.ref(held.instant)}::text as ${sql.ref(exactly)}`;
  const columns = sql`${list(columnsOf(held))}${held.table.numberedBy ? sql`` : instant}`;
  return sql`select ${columns} from ${sql.table(held.table.name)} t`;
};

const behind = (held: HeldTable, after: RawRow | null): RawBuilder<unknown> => {
  if (!after) return sql``;
  const order = orderOf(held);
  const values = order.map((name) => sql`${after[name === held.instant ? exactly : name]}`);
  return sql` and (${list(order)}) > (${sql.join(values)})`;
};

/** Others' rows are shared as long as nothing restricts their use: not by whoever is about to be erased. */
const sharedWith = ({ owner }: HeldTable, subject: string): RawBuilder<unknown> => {
  const owners = sql.ref(`t.${owner}`);
  return sql` and (${owners} = ${subject}
    or exists (select 1 from subject s where s.id = ${owners} and s.status = 'active'))`;
};

type Read = (statement: RawBuilder<RawRow>) => Promise<RawRow[]>;
type RawBatch = { held: HeldTable; rows: RawRow[] };

async function* ownPages(read: Read, held: HeldTable, subject: string): AsyncGenerator<RawBatch> {
  for (let after: RawRow | null = null, more = true; more;) {
    const rows = await read(
      sql`${selected(held)} where ${ownedBy(held, subject)}${behind(held, after)}
        order by ${list(orderOf(held))} limit ${pageRows}`,
    );
    more = rows.length === pageRows;
    after = rows.at(-1) ?? null;
    yield { held, rows };
  }
}

/** The rest of one session. */
const restOf = (held: HeldTable, subject: string, session: string, after: RawRow): RawBuilder<RawRow> =>
  sql`${selected(held)} where t.${sql.ref(held.table.sharedBy ?? "")} = ${session}
    ${sharedWith(held, subject)}${behind(held, after)}
    order by ${list(orderOf(held))} limit ${pageRows}`;

/** Some sessions one after the other, each by its own index. */
const severalOf = (held: HeldTable, subject: string, sessions: readonly string[]): RawBuilder<RawRow> =>
  sql`select t.* from unnest(${sessions}::uuid[]) with ordinality as wanted(id, place)
    cross join lateral (${selected(held)} where t.${sql.ref(held.table.sharedBy ?? "")} = wanted.id
      ${sharedWith(held, subject)} order by ${list(orderOf(held))} limit ${pageRows}) t
    limit ${pageRows}`;

async function* sessionPages(
  read: Read,
  held: HeldTable,
  subject: string,
  sessions: readonly string[],
): AsyncGenerator<RawBatch> {
  const shared = held.table.sharedBy ?? "";
  for (let at = 0, after: RawRow | null = null; at < sessions.length;) {
    const some = sessions.slice(at, at + sessionsAtOnce);
    const rows: RawRow[] = await read(
      after ? restOf(held, subject, some[0] ?? "", after) : severalOf(held, subject, some),
    );
    const last = rows.length === pageRows ? rows.at(-1) : undefined;
    if (last) at = sessions.indexOf(String(last[shared]), at);
    else at += after ? 1 : some.length;
    after = last ?? null;
    if (rows.length > 0) yield { held, rows };
  }
}

async function* everyPage(
  read: Read,
  subject: string,
  sessions: readonly string[],
): AsyncGenerator<RawBatch> {
  for (const held of heldTables)
    yield* held.table.sharedBy ? sessionPages(read, held, subject, sessions) : ownPages(read, held, subject);
}

const never: Clocks = {};

/** When the clocks of a row's ends began: told by its session, or by the row itself. */
const clocksOf = (held: HeldTable, sessions: ReadonlyMap<string, Clocks>) => {
  const shared = held.table.sharedBy;
  const own = clocksIn(held, "row");
  const ofSession = (row: RawRow): Clocks => (shared && sessions.get(String(row[shared]))) || never;
  if (own.length === 0) return ofSession;
  return (row: RawRow): Clocks => ({
    ...ofSession(row),
    ...Object.fromEntries(
      own.flatMap(([event, column]) => (row[column] instanceof Date ? [[event, row[column]]] : [])),
    ),
  });
};

/**
 * All that is held about a person, table by table, read in short transactions so that nobody who fetches slowly holds
 * one open. Throws {@link Gone} as soon as the person's key is gone, be it after a page that still opened.
 */
export async function* heldBatches(needs: StreamNeeds, subject: string): AsyncGenerator<HeldBatch> {
  const stated = { actor: subject, purpose };
  const { within, pieces, ledger } = needs;
  const there = async (): Promise<void> => {
    if ((await ledger.nameOf(subject)) === null) throw new Gone("the person's key is gone");
  };
  const sessions = await within(stated, (data) => sessionsOf(data, subject));
  const clocks = new Map(sessions.map((session) => [session.id, session.clocks]));
  const read: Read = (statement) => within.one(stated, (data) => statement.compile(data));
  async function* opened(): AsyncGenerator<HeldBatch> {
    for await (const { held, rows } of ahead(everyPage(read, subject, [...clocks.keys()])))
      yield { held, rows: await openRows(pieces, held, rows, subject, clocksOf(held, clocks)) };
  }
  for await (const batch of ahead(opened())) {
    await there();
    yield batch;
  }
  await there();
}

/** How the person stands, and which purposes their permissions hold at this moment; null where nobody is there. */
export const standingNow = async (
  { within, inForce }: Pick<ReviewNeeds, "within" | "inForce">,
  subject: string,
): Promise<{ region: string; status: string; age: string; purposes: ReadonlySet<string> } | null> =>
  within({ actor: subject, purpose }, async (data) => {
    if (!(await isHeld(data, subject))) return null;
    const person = await personIn(data, subject);
    const { region, status, age } = person;
    return { region, status, age, purposes: new Set(purposesOf(inForce, person)) };
  });
