// Seals and opens the pieces of a row: what the stated purpose may not have is not opened (K3, third wall).
import { isAmong, whoIsOpen, type Standing, type Versions, type Who } from "../policy/reach.ts";
import { createOpenAside, type OpenAside, type Sealed } from "./open-aside.ts";
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
  /** The same for many rows at once, in their order: what an owner's values need is looked up once. */
  openAll(purpose: string, table: Table, column: string, rows: readonly Row[]): Promise<Values[]>;
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

/** Which categories of a piece may be opened, whether that is all of them, and with which key. */
type Ways = { open: readonly string[]; whole: boolean; key: Buffer | null };
const shut: Ways = { open: [], whole: false, key: null };

const partOf = ({ open, whole }: Ways, values: Values): Values =>
  whole
    ? values
    : Object.fromEntries(open.filter((name) => name in values).map((name) => [name, values[name] ?? ""]));

const openWith = (ways: Ways, table: Table, column: string, row: Row): Values => {
  const value = row[column];
  if (!ways.key || !(value instanceof Uint8Array)) return {};
  const sealed = Buffer.isBuffer(value) ? value : Buffer.from(value);
  return partOf(ways, JSON.parse(unseal(ways.key, boundTo(table, column, row), sealed)) as Values);
};

/** From so many on, values are opened in a thread: fewer are opened sooner than they are taken there. */
const many = 200;

const nothing: Values = {};

const openAside = async (
  aside: OpenAside,
  waysTo: (row: Row) => Ways,
  table: Table,
  column: string,
  rows: readonly Row[],
): Promise<Values[]> => {
  const sealed: Sealed = { keys: [], bounds: [], values: [] };
  const places = rows.map((row) => {
    const [{ key }, value] = [waysTo(row), row[column]];
    if (!key || !(value instanceof Uint8Array)) return -1;
    sealed.keys.push(key);
    sealed.bounds.push(boundTo(table, column, row));
    return sealed.values.push(value) - 1;
  });
  const opened = await aside(sealed);
  return rows.map((row, at) => {
    const values = opened[places[at] ?? -1];
    return values ? partOf(waysTo(row), values as Values) : nothing;
  });
};

/** The third wall, over the vault's keys and the running policy. */
export const createPieces = ({ keyOf, versions, standingOf }: Needs): Pieces => {
  const whoFor = remembering(versions);
  const aside = createOpenAside();
  const openFor = async (purpose: string, categories: readonly string[], subject: string) => {
    const asked = categories.map((category) => ({ category, who: whoFor(category, purpose) }));
    const tellsApart = asked.some(({ who }) => typeof who !== "string");
    const standing = tellsApart ? await standingOf(subject) : null;
    return asked
      .filter(({ who }) => who === "everybody" || (standing !== null && isAmong(who, standing)))
      .map(({ category }) => category);
  };
  const waysTo = async (purpose: string, table: Table, column: string, subject: string): Promise<Ways> => {
    const all = table.columns[column]?.categories ?? [];
    const open = await openFor(purpose, all, subject);
    const key = open.length === 0 ? null : await keyOf(subject);
    return { open, whole: open.length === all.length, key };
  };
  return {
    async seal(table, column, row, values) {
      refuseUndeclared(table, column, values);
      const key = await keyOf(ownerOf(table, row));
      if (!key) throw new SealError(`no key to seal ${table.name}.${column} with`);
      return seal(key, boundTo(table, column, row), JSON.stringify(values));
    },
    async open(purpose, table, column, row) {
      if (!(row[column] instanceof Uint8Array)) return {};
      return openWith(await waysTo(purpose, table, column, ownerOf(table, row)), table, column, row);
    },
    async openAll(purpose, table, column, rows) {
      const ways = new Map<string, Ways>();
      for (const row of rows) {
        const owner = ownerOf(table, row);
        if (!ways.has(owner)) ways.set(owner, await waysTo(purpose, table, column, owner));
      }
      const waysOf = (row: Row): Ways => ways.get(ownerOf(table, row)) ?? shut;
      if (rows.length >= many) return openAside(aside, waysOf, table, column, rows);
      return rows.map((row) => openWith(waysOf(row), table, column, row));
    },
  };
};
