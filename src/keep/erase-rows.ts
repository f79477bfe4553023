// Takes away every row of a person's, by the register alone, in small batches; what others have a part in stays without them (R4, K4).
import { sql, type RawBuilder } from "kysely";
import { service } from "../policy/rows.ts";
import type { Data, Within } from "./database.ts";
import { peopleFirst } from "./load.ts";
import { nobody } from "./nobody.ts";
import type { Table } from "./register.ts";

const ending = { actor: service, purpose: "end-data" };

export type EraseRows = {
  /** Transactions of the role that ends data. */
  within: Within;
  /** Tables whose rows go, in the order in which they may go. */
  tables: readonly Table[];
  /** All there are. */
  every: readonly Table[];
  subject: string;
  /** Asks to come to an end between two batches. */
  stopping: () => boolean;
};

/** Rows in one transaction: few enough that those who work meanwhile do not notice. */
const batchRows = 100;
/** Rows that are looked up at once: to look for the next few each time would pass by all that have gone before. */
const pageRows = 2000;

type Change = (data: Data, rows: readonly string[]) => Promise<{ numAffectedRows?: bigint }>;

/** Which rows of a table are meant; `t` is the table. */
type Meant = { table: Table; where: RawBuilder<unknown> };

/** Where the next rows lie, as PostgreSQL numbers them; one that is written anew meanwhile is found the next time. */
const placesOf = ({ within }: EraseRows, { table, where }: Meant): Promise<string[]> =>
  within(ending, async (data) => {
    const { rows } = await sql<{ place: string }>`
      select t.ctid::text as place from ${sql.table(table.name)} t where ${where} limit ${pageRows}`.execute(
      data,
    );
    return rows.map(({ place }) => place);
  });

/**
 * Repeats an act on the rows that are meant until there are none, or it is to stop. No batch waits for the disk: one that
 * is lost with the machine is done again, and whatever is committed after it is on the disk only when it is.
 */
const inBatches = async (needs: EraseRows, meant: Meant, change: Change): Promise<void> => {
  const { within, stopping } = needs;
  for (let places = await placesOf(needs, meant); places.length > 0; places = await placesOf(needs, meant))
    for (let at = 0; at < places.length; at += batchRows) {
      if (stopping()) return;
      const began = performance.now();
      await within(ending, async (data) => {
        await sql`set local synchronous_commit = off`.execute(data);
        return change(data, places.slice(at, at + batchRows));
      });
      // Behind a last few nothing is waited for.
      if (places.length - at >= batchRows) await peopleFirst(within.isBusy, began);
    }
};

/** Those of a batch that are still meant: a place may have been given to another row by now. */
const among = (places: readonly string[], where: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`t.ctid = any(${places}::tid[]) and ${where}`;

const owned = ({ owner }: Table, subject: string): RawBuilder<unknown> =>
  sql`t.${sql.ref(owner ?? "")} = ${subject}`;

/** The rows of a live session are shared by its own key, those of what is in it by the session's. */
const isShared = ({ sharedBy, key }: Table): boolean => key.length === 1 && key[0] === sharedBy;

/** Whether rows of other people's hang on a shared one. */
const othersIn = (shared: Table, tables: readonly Table[], subject: string): RawBuilder<unknown> => {
  const within = tables.filter((table) => table.sharedBy && !isShared(table));
  const asked = within.map(
    ({ name, sharedBy, owner }) =>
      sql`exists (select 1 from ${sql.table(name)} o
        where o.${sql.ref(sharedBy ?? "")} = t.${sql.ref(shared.key[0] ?? "")} and o.${sql.ref(owner ?? "")} <> ${subject})`,
  );
  return asked.length === 0 ? sql`false` : sql.join(asked, sql` or `);
};

/** Puts nobody in the place of a person, in a column of the rows that are meant. */
const nameNobody = (needs: EraseRows, meant: Meant, column: string): Promise<void> =>
  inBatches(needs, meant, (data, places) =>
    sql`update ${sql.table(meant.table.name)} t set ${sql.ref(column)} = ${nobody}
        where ${among(places, meant.where)}`.execute(data),
  );

/** What is shared with others is theirs too: it stays, and is nobody's then. */
const leaveToOthers = async (needs: EraseRows): Promise<void> => {
  const { tables, subject } = needs;
  for (const table of tables.filter(isShared)) {
    const where = sql`${owned(table, subject)} and (${othersIn(table, tables, subject)})`;
    await nameNobody(needs, { table, where }, table.owner ?? "");
  }
};

/** Where they dealt with other people's data, it stays known that somebody did, and in which role. */
const leaveUnnamed = async (needs: EraseRows): Promise<void> => {
  for (const table of needs.every)
    for (const [column, { actor }] of Object.entries(table.columns))
      if (actor)
        await nameNobody(needs, { table, where: sql`t.${sql.ref(column)} = ${needs.subject}` }, column);
};

type Wrote = { session: string; last: number };

/** The sessions in which somebody wrote, each with its last number, whoever's that is. */
const wroteIn = async (data: Data, subject: string): Promise<Wrote[]> => {
  const { rows } = await sql<Wrote>`
    select session, (select seq from message m where m.session = theirs.session order by seq desc limit 1) as last
    from (select distinct session from message where author = ${subject}) theirs`.execute(data);
  return rows;
};

/** The numbers of the messages that go are not given again, and leave a mark where they were. */
const keepNumbers = async ({ within, subject }: EraseRows): Promise<void> => {
  const wrote = await within(ending, (data) => wroteIn(data, subject));
  for (let at = 0; at < wrote.length; at += batchRows) {
    const some = wrote.slice(at, at + batchRows);
    await within(ending, (data) =>
      sql`update session s set said = w.last
          from unnest(${some.map(({ session }) => session)}::uuid[], ${some.map(({ last }) => last)}::int[]) as w (id, last)
          where s.id = w.id and s.said < w.last`.execute(data),
    );
  }
};

/** Erases; stopped or killed in between, it is done again and finishes. Gives whether nothing is left. */
export const eraseRows = async (needs: EraseRows): Promise<boolean> => {
  await keepNumbers(needs);
  await leaveToOthers(needs);
  await leaveUnnamed(needs);
  for (const table of needs.tables) {
    const where = owned(table, needs.subject);
    await inBatches(needs, { table, where }, (data, places) =>
      sql`delete from ${sql.table(table.name)} t where ${among(places, where)}`.execute(data),
    );
  }
  return !needs.stopping();
};
