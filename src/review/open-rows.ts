// Opens rows of what is held about a person, in whatever thread, with what was read or lent for it (R1).
import type { Values } from "../keep/pieces.ts";
import type { HeldField, HeldTable } from "./held-tables.ts";

/** A row as it comes from the database, with the instants of its clocks under `clock_<event>`. */
export type RawRow = Readonly<Record<string, unknown>>;

/** When the clocks of a row's ends began, by the policy's name of the event. */
export type Clocks = Readonly<Record<string, Date>>;

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
  began: Clocks;
};

/** Events of a table whose instant stands in the session, each with its column there, or in the row itself. */
export const clocksIn = ({ table }: HeldTable, where: "session" | "row"): [event: string, column: string][] =>
  Object.entries(table.starts ?? {})
    .filter(([, { via }]) => (via === "session" || table.name === "session") === (where === "session"))
    .map(([event, { column }]) => [event, column]);

export const noClocks: Clocks = {};

/** When the clocks of a row's ends began: told by its session, or by the row itself. */
export const clocksOf = (held: HeldTable, sessions: ReadonlyMap<string, Clocks>) => {
  const shared = held.table.sharedBy;
  const own = clocksIn(held, "row");
  const ofSession = (row: RawRow): Clocks => (shared && sessions.get(String(row[shared]))) || noClocks;
  if (own.length === 0) return ofSession;
  return (row: RawRow): Clocks => ({
    ...ofSession(row),
    ...Object.fromEntries(
      own.flatMap(([event, column]) => (row[column] instanceof Date ? [[event, row[column]]] : [])),
    ),
  });
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

/** Opens a sealed column of some rows, in their order. */
export type OpenColumn = (column: string, rows: readonly RawRow[]) => Promise<readonly Values[]>;

/**
 * Opens rows for the one who asks: what is the owner's alone stays shut to others who share it.
 * @param began when the clocks of a row's ends began
 */
export const openRows = async (
  open: OpenColumn,
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
      const values = await open(column, rows.filter(opens));
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
