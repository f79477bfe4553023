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
export const clocksOf = (held: HeldTable, began: (session: string) => Clocks | undefined) => {
  const shared = held.table.sharedBy;
  const own = clocksIn(held, "row");
  const ofSession = (row: RawRow): Clocks => (shared && began(String(row[shared]))) || noClocks;
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

/** Sealed columns of a row that are opened for the one who asks. */
export const sealedIn = (held: HeldTable, row: RawRow, asking: string): readonly string[] =>
  shownOf(held, row[held.owner] === asking).sealed;

/** Opens a sealed column of a row. */
export type OpenColumn = (column: string, row: RawRow) => Values;

/**
 * Opens rows for the one who asks: what is the owner's alone stays shut to others who share it.
 * @param open is asked for the columns of {@link sealedIn}
 * @param began when the clocks of a row's ends began
 */
export const rowOpener = (
  open: OpenColumn,
  held: HeldTable,
  asking: string,
  began: (row: RawRow) => HeldRow["began"] = (row) => beginnings(held, row),
): ((row: RawRow) => HeldRow) => {
  const shown = { own: shownOf(held, true), shared: shownOf(held, false) };
  return (row) => {
    const owner = String(row[held.owner]);
    const mine = owner === asking;
    const { clear, sealed, hidden } = mine ? shown.own : shown.shared;
    const values: Record<string, HeldValue> = {};
    for (const { name, column } of clear) {
      const value = row[column];
      if (value !== null && value !== undefined) values[name] = value as HeldValue;
    }
    for (const column of sealed) Object.assign(values, open(column, row));
    return { owner, mine, at: row[held.instant] as Date, values, hidden, began: began(row) };
  };
};
