// Reads what is held about a person row by row, to be opened for the purpose of answering them (R1).
import { sql, type RawBuilder } from "kysely";
import type { Data } from "../keep/database.ts";
import type { Pieces } from "../keep/pieces.ts";
import type { HeldTable } from "./held-tables.ts";
import { purpose } from "./needs.ts";
import { rowOpener, sealedIn, type HeldRow, type RawRow } from "./open-rows.ts";

/** Where the instant of an event stands: in the row, or in the session that it belongs to. */
const clockColumns = ({ table }: HeldTable): RawBuilder<unknown>[] =>
  Object.entries(table.starts ?? {}).map(([event, { column, via }]) => {
    const name = sql.ref(`clock_${event}`);
    return via
      ? sql`(select o.${sql.ref(column)} from ${sql.table(via)} o where o.id = t.${sql.ref(table.sharedBy ?? "")}) as ${name}`
      : sql`t.${sql.ref(column)} as ${name}`;
  });

/** Names of the columns that tell a row apart or are shown. */
export const columnsOf = (held: HeldTable): string[] => {
  const shown = held.fields.filter(({ hidden }) => !hidden).map(({ column }) => column);
  return [...new Set([...held.table.key, held.owner, held.instant, ...shown])];
};

/** `select … from` a table, named `t`. */
export const selectFrom = (held: HeldTable): RawBuilder<RawRow> =>
  sql<RawRow>`select ${sql.join([...columnsOf(held).map((name) => sql`t.${sql.ref(name)}`), ...clockColumns(held)])} from ${sql.table(held.table.name)} t`;

export const ownedBy = ({ owner }: HeldTable, subject: string): RawBuilder<boolean> =>
  sql<boolean>`t.${sql.ref(owner)} = ${subject}`;

/** The key that tells one row from the next, behind the instant. */
const tellsApart = ({ table }: HeldTable): RawBuilder<unknown> =>
  sql.join(table.key.map((name) => sql`t.${sql.ref(name)}`));

/** A page of a person's own rows, newest first. */
export const ownRows = async (
  data: Data,
  held: HeldTable,
  subject: string,
  { skip, most }: { skip: number; most: number },
): Promise<readonly RawRow[]> => {
  const { rows } = await sql<RawRow>`${selectFrom(held)} where ${ownedBy(held, subject)}
    order by t.${sql.ref(held.instant)} desc, ${tellsApart(held)} limit ${most} offset ${skip}`.execute(data);
  return rows;
};

/**
 * The rows of a session: the person's own, and what others share with them there. Whoever restricted the use of their
 * data, or is about to be erased, shares nothing with anybody, even if somebody asks what is held.
 */
export const sharedIn = (
  { table, owner }: HeldTable,
  session: string,
  subject: string,
): RawBuilder<boolean> => {
  const owners = sql.ref(`t.${owner}`);
  return sql<boolean>`t.${sql.ref(table.sharedBy ?? "")} = ${session} and (${owners} = ${subject}
    or exists (select 1 from subject s where s.id = ${owners} and s.status = 'active'))`;
};

/** What is numbered goes by its numbers: what was written in the same moment was still written one after the other. */
const inOrder = (held: HeldTable): RawBuilder<unknown> =>
  "seq" in held.table.columns ? sql`t.seq` : sql`t.${sql.ref(held.instant)}, ${tellsApart(held)}`;

/** A page of some of a session's rows, oldest first. */
export const sessionRows = async (
  data: Data,
  held: HeldTable,
  shared: RawBuilder<boolean>,
  { skip, most }: { skip: number; most: number },
): Promise<readonly RawRow[]> => {
  const { rows } = await sql<RawRow>`${selectFrom(held)} where ${shared}
    order by ${inOrder(held)} limit ${most} offset ${skip}`.execute(data);
  return rows;
};

export const countRows = async (data: Data, held: HeldTable, where: RawBuilder<boolean>): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(held.table.name)} t where ${where}`.execute(data);
  return rows[0]?.count ?? 0;
};

export const openRow = async (
  pieces: Pieces,
  held: HeldTable,
  row: RawRow,
  asking: string,
): Promise<HeldRow> => {
  const opened = await Promise.all(
    sealedIn(held, row, asking).map(
      async (column) => [column, await pieces.open(purpose, held.table, column, row)] as const,
    ),
  );
  const values = Object.fromEntries(opened);
  return rowOpener((column) => values[column] ?? {}, held, asking)(row);
};
