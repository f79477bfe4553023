// Reads all that is held about a person page by page by the rows' keys, so that however much it is, little is in memory (R1).
import { sql, type RawBuilder } from "kysely";
import { ahead } from "../keep/ahead.ts";
import { glance, type Copied, type CopiedColumn, type ToCopy } from "../keep/copied.ts";
import type { Data } from "../keep/database.ts";
import type { Lent } from "../keep/lent.ts";
import { purposesOf } from "../keep/permissions.ts";
import { personIn } from "../keep/standing.ts";
import { isHeld } from "./held-overview.ts";
import { columnsOf, ownedBy } from "./held-rows.ts";
import { heldTables, sharedTables, type HeldTable } from "./held-tables.ts";
import { purpose, type ReviewNeeds } from "./needs.ts";
import { clocksIn, noClocks, type Clocks, type RawRow } from "./open-rows.ts";

export type StreamNeeds = Pick<ReviewNeeds, "within" | "pieces" | "ledger">;

/** The person's data is being erased: what would follow is not whole any more. */
export class Gone extends Error {
  override name = "Gone";
}

/** A session that the person took part in, with when the clocks of its ends began. */
export type SessionOf = { id: string; clocks: Clocks };

const pageRows = 1000;
const sessionsAtOnce = 200;

const list = (names: readonly string[]) => sql.join(names.map((name) => sql`t.${sql.ref(name)}`));

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

/** Columns that are read: whose a row is, and in which session, before all others. */
const readColumns = (held: HeldTable): string[] => {
  const { sharedBy } = held.table;
  return [...new Set([held.owner, ...(sharedBy ? [sharedBy] : []), ...columnsOf(held)])];
};

const toCopy = (held: HeldTable): ToCopy => {
  const { columns, numberedBy } = held.table;
  const read = readColumns(held).map((name): CopiedColumn => ({ name, type: columns[name]?.type ?? "text" }));
  if (numberedBy) return { columns: read, byIndex: true };
  return { columns: [...read, { name: exactly, type: "text" }], byIndex: false };
};

const selected = (held: HeldTable): RawBuilder<unknown> => {
  const instant = sql`, t.${sql.ref(held.instant)}::text as ${sql.ref(exactly)}`;
  const columns = sql`${list(readColumns(held))}${held.table.numberedBy ? sql`` : instant}`;
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

/** A page as it was read: how many rows, the last of them, and where another person's or another session's begin. */
type RawPage = ReturnType<typeof glance> & { held: HeldTable; copied: Copied };
type Read = (held: HeldTable, statement: RawBuilder<unknown>) => Promise<RawPage>;

async function* ownPages(read: Read, held: HeldTable, subject: string): AsyncGenerator<RawPage> {
  for (let after: RawRow | null = null, more = true; more;) {
    const page: RawPage = await read(
      held,
      sql`${selected(held)} where ${ownedBy(held, subject)}${behind(held, after)}
        order by ${list(orderOf(held))} limit ${pageRows}`,
    );
    more = page.count === pageRows;
    after = page.last;
    yield page;
  }
}

/** Some sessions one after the other, each by its own index; `after`: a row of the first, which alone is left out with all before it. */
const pageOf = (
  held: HeldTable,
  subject: string,
  [first = "", ...rest]: readonly string[],
  after: RawRow | null,
): RawBuilder<unknown> => {
  const rows = (session: RawBuilder<unknown>, behindIt: RawBuilder<unknown>) =>
    sql`${selected(held)} where t.${sql.ref(held.table.sharedBy ?? "")} = ${session}
      ${sharedWith(held, subject)}${behindIt} order by ${list(orderOf(held))} limit ${pageRows}`;
  return sql`(${rows(sql`${first}`, behind(held, after))}) union all
    (select t.* from unnest(${rest}::uuid[]) with ordinality as wanted(id, place)
      cross join lateral (${rows(sql`wanted.id`, sql``)}) t)
    limit ${pageRows}`;
};

async function* sessionPages(
  read: Read,
  held: HeldTable,
  subject: string,
  sessions: readonly string[],
): AsyncGenerator<RawPage> {
  const shared = held.table.sharedBy ?? "";
  for (let at = 0, after: RawRow | null = null; at < sessions.length;) {
    const some = sessions.slice(at, at + sessionsAtOnce);
    const page: RawPage = await read(held, pageOf(held, subject, some, after));
    const places = page.differing.map((row) => sessions.indexOf(String(row[shared]), at));
    // SQL does not promise it of such a statement, and without it rows would be left out unseen.
    if (places.some((place, number) => place < (places[number - 1] ?? at)))
      throw new Error("rows of sessions came out of their order");
    const more = page.count === pageRows;
    after = more ? page.last : null;
    at = more ? (places.at(-1) ?? at) : at + some.length;
    yield page;
  }
}

async function* everyPage(read: Read, subject: string, sessions: readonly string[]): AsyncGenerator<RawPage> {
  for (const held of heldTables)
    yield* held.table.sharedBy ? sessionPages(read, held, subject, sessions) : ownPages(read, held, subject);
}

/** Rows of a table in the order in which they were written, still sealed, with what it takes to tell of them: may be posted to a thread. */
export type SealedPage = {
  table: string;
  count: number;
  copied: Copied;
  /** By session. */
  clocks: ReadonlyMap<string, Clocks>;
  /** Who else wrote in it, in which sessions. */
  others: readonly { session: string; owner: string }[];
};

/**
 * All that is held about a person, table by table, read in short transactions so that nobody who fetches slowly holds
 * one open.
 */
export async function* heldPages(needs: StreamNeeds, subject: string): AsyncGenerator<SealedPage> {
  const stated = { actor: subject, purpose };
  const { within } = needs;
  const sessions = await within(stated, (data) => sessionsOf(data, subject));
  const known = new Map(sessions.map(({ id, clocks }) => [id, clocks]));
  const read: Read = async (held, statement) => {
    const copied = await within.copied(stated, toCopy(held), (data) => statement.compile(data));
    return { held, copied, ...glance(copied, held.table.sharedBy ? 2 : 0) };
  };
  for await (const { held, copied, count, differing } of ahead(everyPage(read, subject, [...known.keys()]))) {
    if (count === 0) continue;
    const pairs = differing.map((row) => {
      const [session, owner] = [String(row[held.table.sharedBy ?? ""]), String(row[held.owner])];
      return [session + owner, { session, owner }] as const;
    });
    const seats = [...new Map(pairs).values()];
    const clocks = new Map(seats.map(({ session }) => [session, known.get(session) ?? noClocks]));
    const others = seats.filter(({ owner }) => owner !== subject);
    yield { table: held.table.name, count, copied, clocks, others };
  }
}

/** What opens some pages of a table: for the moment at which they are opened, not for one at which they may have to wait. */
export const lentFor = (
  { pieces }: Pick<StreamNeeds, "pieces">,
  { table }: HeldTable,
  subject: string,
  pages: readonly SealedPage[],
): Promise<Lent> =>
  pieces.lend(purpose, table, [subject, ...pages.flatMap(({ others }) => others.map(({ owner }) => owner))]);

/** Throws {@link Gone} when the person's key is gone: what was opened before is told to nobody any more. */
export const mustBeThere = async (
  { ledger }: Pick<StreamNeeds, "ledger">,
  subject: string,
): Promise<void> => {
  if ((await ledger.nameOf(subject)) === null) throw new Gone("the person's key is gone");
};

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
