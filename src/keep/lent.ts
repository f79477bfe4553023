// Opens sealed values with keys that were lent for it, in whatever thread: what may not be opened is not (K3, third wall).
import type { Table } from "./register.ts";
import { boundTo, unseal } from "./seal.ts";

export type Row = Readonly<Record<string, unknown>>;

/** Values of a piece by category; a category that was left empty is absent. */
export type Values = Readonly<Record<string, string>>;

/** Which categories of a piece may be opened, whether that is all of them, and with which key. */
export type Ways = { open: readonly string[]; whole: boolean; key: Uint8Array | null };

/** By sealed column of a table: ways to the values of some people, for a purpose. */
export type Lent = Readonly<Record<string, ReadonlyMap<string, Ways>>>;

export const ownerOf = (table: Table, row: Row): string => String(row[table.owner ?? ""]);

const partOf = ({ open, whole }: Ways, values: Values): Values =>
  whole
    ? values
    : Object.fromEntries(open.filter((name) => name in values).map((name) => [name, values[name] ?? ""]));

export const openWith = (ways: Ways, table: Table, column: string, row: Row): Values => {
  const value = row[column];
  if (!ways.key || !(value instanceof Uint8Array)) return {};
  const sealed = Buffer.isBuffer(value) ? value : Buffer.from(value);
  return partOf(ways, JSON.parse(unseal(ways.key, boundTo(table, column, row), sealed)) as Values);
};

/** Empty where nothing was lent for it. Throws a `SealError` where it does not open at its place. */
export const openLent = (lent: Lent, table: Table, column: string, row: Row): Values => {
  const ways = lent[column]?.get(ownerOf(table, row));
  return ways ? openWith(ways, table, column, row) : {};
};
