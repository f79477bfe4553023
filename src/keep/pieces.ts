// Seals and opens the pieces of a row: what the stated purpose may not have is not opened (K3, third wall).
import { isAmong, whoIsOpen, type Standing, type Versions, type Who } from "../policy/reach.ts";
import { openWith, ownerOf, type Lent, type Row, type Values, type Ways } from "./lent.ts";
import type { Table } from "./register.ts";
import { boundTo, seal, SealError } from "./seal.ts";

export type { Values } from "./lent.ts";

export type Pieces = {
  /** Seals values for a column of the row; a category that the column does not declare is refused. */
  seal(table: Table, column: string, row: Row, values: Values): Promise<Buffer>;
  /** Values that the purpose may use. Empty when it may use none, or the person's key is gone: nothing is opened then. */
  open(purpose: string, table: Table, column: string, row: Row): Promise<Values>;
  /** What `openLent` takes to open these people's values of a table in a thread of this process: the keys, too. */
  lend(purpose: string, table: Table, owners: Iterable<string>): Promise<Lent>;
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
    async lend(purpose, table, owners) {
      const each = [...new Set(owners)];
      const lend = async (column: string) => {
        const ways = new Map<string, Ways>();
        for (const owner of each) {
          const { key, ...rest } = await waysTo(purpose, table, column, owner);
          // A copy of the key alone: what it lies in may hold others.
          ways.set(owner, { ...rest, key: key && new Uint8Array(key) });
        }
        return [column, ways] as const;
      };
      const sealed = Object.keys(table.columns).filter((name) => table.columns[name]?.sealed);
      return Object.fromEntries(await Promise.all(sealed.map(lend)));
    },
  };
};
