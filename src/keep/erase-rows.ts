// Takes away every row of a person's, by the register alone, in small batches; what others have a part in stays without them (R4, K4).
import { sql, type RawBuilder } from "kysely";
import { service } from "../policy/rows.ts";
import type { Data, Within } from "./database.ts";
import { nobody } from "./nobody.ts";
import type { Table } from "./register.ts";

const ending = { actor: service, purpose: "end-data" };

export type EraseRows = {
  /** Transactions of the role that ends data. */
  within: Within;
  /** Tables whose rows go, in the order in which they may go. */
  tables: readonly Table[];
  subject: string;
  /** Asks to come to an end between two batches. */
  stopping: () => boolean;
};

/** Rows in one transaction: few enough that those who work meanwhile do not notice. */
const batchRows = 500;

type Batch = (data: Data, limit: number) => Promise<{ numAffectedRows?: bigint }>;

/** Repeats an act on the next rows until there are none, or it is to stop. */
const inBatches = async ({ within, stopping }: EraseRows, act: Batch): Promise<void> => {
  for (let rows = batchRows; rows === batchRows && !stopping();)
    rows = await within(ending, async (data) => Number((await act(data, batchRows)).numAffectedRows ?? 0));
};

const owned = ({ owner }: Table, subject: string): RawBuilder<unknown> =>
  sql`${sql.ref(owner ?? "")} = ${subject}`;

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

/** What is shared with others is theirs too: it stays, and is nobody's then. */
const leaveToOthers = async (needs: EraseRows): Promise<void> => {
  const { tables, subject } = needs;
  for (const table of tables.filter(isShared))
    await inBatches(needs, (data, limit) =>
      sql`update ${sql.table(table.name)} set ${sql.ref(table.owner ?? "")} = ${nobody}
          where ctid in (select t.ctid from ${sql.table(table.name)} t
            where t.${sql.ref(table.owner ?? "")} = ${subject} and (${othersIn(table, tables, subject)}) limit ${limit})`.execute(
        data,
      ),
    );
};

/** The numbers of the messages that go are not given again, and leave a mark where they were. */
const keepNumbers = ({ within, subject }: EraseRows): Promise<unknown> =>
  within(ending, (data) =>
    sql`update session set said = last_said(id)
        where id in (select distinct session from message where author = ${subject}) and said < last_said(id)`.execute(
      data,
    ),
  );

/** Erases; stopped or killed in between, it is done again and finishes. Gives whether nothing is left. */
export const eraseRows = async (needs: EraseRows): Promise<boolean> => {
  await keepNumbers(needs);
  await leaveToOthers(needs);
  for (const table of needs.tables)
    await inBatches(needs, (data, limit) =>
      sql`delete from ${sql.table(table.name)} where ctid in
          (select ctid from ${sql.table(table.name)} where ${owned(table, needs.subject)} limit ${limit})`.execute(
        data,
      ),
    );
  return !needs.stopping();
};
