// Reads what is held about a person row by row and opens it for the purpose of answering them (R1).
import { sql, type RawBuilder } from "kysely";
import type { Data } from "../keep/database.ts";
import type { Pieces } from "../keep/pieces.ts";
import { purpose } from "./needs.ts";
import type { HeldField, HeldTable } from "./held-tables.ts";

/** A row as it comes from the database, with the instants of its clocks under `clock_<event>`. */
export type RawRow = Readonly<Record<string, unknown>>;

export type HeldValue = string | number | boolean | Date;

export type HeldRow = {
  /** The subject whom the row belongs to. */
  owner: string;
  mine: boolean;
  at: Date;
  /** By the fields' names, but for the instant; what is empty, was left empty or can't be opened any more is absent. */
  values: Readonly<Record<string, HeldValue>>;
  /** Names of fields that are held and shown to nobody. */
  hidden: readonly string[];
  /** When the clocks of its ends began, by the policy's name of the event. */
  began: Readonly<Record<string, Date>>;
};

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

/** Sealed columns by name, so that each is opened once whatever it holds. */
const sealedColumns = (fields: readonly HeldField[]): string[] => [
  ...new Set(fields.filter(({ sealed, hidden }) => sealed && !hidden).map(({ column }) => column)),
];

const beginnings = ({ table }: HeldTable, row: RawRow): Record<string, Date> =>
  Object.fromEntries(
    Object.keys(table.starts ?? {}).flatMap((event) => {
      const at = row[`clock_${event}`];
      return at instanceof Date ? [[event, at]] : [];
    }),
  );

/** What may be shown of a table's rows, to their owner or to others who share them. */
const shownOf = ({ fields, instant }: HeldTable, mine: boolean) => {
  const open = fields.filter(({ ownersAlone }) => mine || !ownersAlone);
  return {
    // The instant by which rows are ordered stands beside the values.
    clear: open.filter(({ sealed, hidden, name }) => !sealed && !hidden && name !== instant),
    sealed: sealedColumns(open),
    hidden: open.filter(({ hidden }) => hidden).map(({ name }) => name),
  };
};

/**
 * Opens rows for the one who asks: what is the owner's alone stays shut to others who share it.
 * @param began when the clocks of a row's ends began
 */
export const openRows = async (
  pieces: Pieces,
  held: HeldTable,
  rows: readonly RawRow[],
  asking: string,
  began: (row: RawRow) => HeldRow["began"] = (row) => beginnings(held, row),
): Promise<HeldRow[]> => {
  const shown = { own: shownOf(held, true), shared: shownOf(held, false) };
  const opened = await Promise.all(
    shown.own.sealed.map(async (column) => {
      const alone = !shown.shared.sealed.includes(column);
      const opens = (row: RawRow): boolean => !alone || row[held.owner] === asking;
      const values = await pieces.openAll(purpose, held.table, column, rows.filter(opens));
      let next = 0;
      return rows.map((row) => (opens(row) ? values[next++] : undefined));
    }),
  );
  return rows.map((row, at) => {
    const owner = String(row[held.owner]);
    const { clear, hidden } = owner === asking ? shown.own : shown.shared;
    const values: Record<string, HeldValue> = {};
    for (const { name, column } of clear) {
      const value = row[column];
      if (value !== null && value !== undefined) values[name] = value as HeldValue;
    }
    for (const column of opened) Object.assign(values, column[at]);
    return {
      owner,
      mine: owner === asking,
      at: row[held.instant] as Date,
      values,
      hidden,
      began: began(row),
    };
  });
};

export const openRow = async (
  pieces: Pieces,
  held: HeldTable,
  row: RawRow,
  asking: string,
): Promise<HeldRow> => (await openRows(pieces, held, [row], asking))[0] as HeldRow;
