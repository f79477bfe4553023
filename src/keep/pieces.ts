// Seals and opens the pieces of a row: what the stated purpose may not have is not opened (K3, third wall).
import { isAmong, whoIsOpen, type Standing, type Versions, type Who } from "../policy/reach.ts";
import type { Table } from "./register.ts";
import { boundTo, seal, SealError, unseal } from "./seal.ts";

type Row = Readonly<Record<string, unknown>>;

/** Values of a piece by category; a category that was left empty is absent. */
export type Values = Readonly<Record<string, string>>;

export type Pieces = {
  /** Seals values for a column of the row; a category that the column does not declare is refused. */
  seal(table: Table, column: string, row: Row, values: Values): Promise<Buffer>;
  /** Values that the purpose may use. Empty when it may use none, or the person's key is gone: nothing is opened then. */
  open(purpose: string, table: Table, column: string, row: Row): Promise<Values>;
};

type Needs = {
  /** The person's key, or null once it has been destroyed. */
  keyOf: (subject: string) => Promise<Buffer | null>;
  versions: Versions;
  /** Asked only where the policy tells people apart, or some of them are still under an earlier version. */
  standingOf: (subject: string) => Promise<Standing | null>;
};

/** About whom a category may be opened for a purpose, worked out once. */
const remembering = (versions: Versions): ((category: string, purpose: string) => Who) => {
  const known = new Map<string, Who>();
  return (category, purpose) => {
    const key = `${category} ${purpose}`;
    const who = known.get(key) ?? whoIsOpen(versions, purpose, [{ act: "use", category }]);
    known.set(key, who);
    return who;
  };
};

const ownerOf = (table: Table, row: Row): string => String(row[table.owner ?? ""]);

const refuseUndeclared = (table: Table, column: string, values: Values): void => {
  const declared = table.columns[column]?.categories ?? [];
  const stray = Object.keys(values).find((category) => !declared.includes(category));
  if (stray) throw new SealError(`${table.name}.${column} does not declare the category ${stray}`);
};

/** The third wall, over the vault's keys and the running policy. */
export const createPieces = ({ keyOf, versions, standingOf }: Needs): Pieces => {
  const whoFor = remembering(versions);
  const openFor = async (purpose: string, categories: readonly string[], subject: string) => {
    const asked = categories.map((category) => ({ category, who: whoFor(category, purpose) }));
    const tellsApart = asked.some(({ who }) => typeof who !== "string");
    const standing = tellsApart ? await standingOf(subject) : null;
    return asked
      .filter(({ who }) => who === "everybody" || (standing !== null && isAmong(who, standing)))
      .map(({ category }) => category);
  };
  return {
    async seal(table, column, row, values) {
      refuseUndeclared(table, column, values);
      const key = await keyOf(ownerOf(table, row));
      if (!key) throw new SealError(`no key to seal ${table.name}.${column} with`);
      return seal(key, boundTo(table, column, row), JSON.stringify(values));
    },
    async open(purpose, table, column, row) {
      const value = row[column];
      if (!(value instanceof Uint8Array)) return {};
      const subject = ownerOf(table, row);
      const open = await openFor(purpose, table.columns[column]?.categories ?? [], subject);
      const key = open.length === 0 ? null : await keyOf(subject);
      if (!key) return {};
      const text = unseal(key, boundTo(table, column, row), Buffer.from(value));
      const values = JSON.parse(text) as Values;
      return Object.fromEntries(
        open.filter((name) => name in values).map((name) => [name, values[name] ?? ""]),
      );
    },
  };
};
