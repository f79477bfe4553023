// What can be held about a person, derived from the register alone, so that no table is forgotten on the page or in the download (R1).
import type { Column, Table } from "../keep/register.ts";
import { everyTable } from "../keep/tables.ts";

/** One value of a row as a person is shown it. */
export type HeldField = {
  /** Category of the policy for what is sealed, the column's name for what is not. */
  name: string;
  column: string;
  /** Null for what stands beside the values: a page, a version, a state. */
  category: string | null;
  sealed: boolean;
  /** That it is there is shown, and not what it is. */
  hidden: boolean;
  /** Not for those who share the row with its owner. */
  ownersAlone: boolean;
};

export type HeldTable = {
  table: Table;
  owner: string;
  /** The instant by which its rows are ordered. */
  instant: string;
  /** At most one row a person. */
  single: boolean;
  fields: readonly HeldField[];
};

const fieldsOf = (table: Table, name: string, column: Column): HeldField[] => {
  const { categories, sealed, shown } = column;
  const rest = { column: name, sealed, hidden: shown === "nobody", ownersAlone: shown === "owner" };
  if (sealed) return categories.map((category) => ({ ...rest, name: category, category }));
  // Hashes and digests say nothing to anybody; who of the staff acted is told as a role.
  if (column.type === "bytea" || rest.hidden || name === table.owner) return [];
  return [{ ...rest, name, category: categories[0] ?? null }];
};

const heldTable = (table: Table): HeldTable[] => {
  const columns = Object.entries(table.columns);
  const instant = columns.find(([, { type, nullable }]) => type === "timestamptz" && !nullable)?.[0];
  if (!table.owner || !instant) return [];
  return [
    {
      table,
      owner: table.owner,
      instant,
      single: table.key.length === 1 && table.key[0] === table.owner,
      fields: columns.flatMap(([name, column]) => fieldsOf(table, name, column)),
    },
  ];
};

/** Every table that holds something of a person's. */
export const heldTables: readonly HeldTable[] = everyTable.flatMap(heldTable);

export const heldTableOf = (name: string): HeldTable | undefined =>
  heldTables.find(({ table }) => table.name === name);

/** What is shared among those who take part in a session. */
export const sharedTables: readonly HeldTable[] = heldTables.filter(({ table }) => table.sharedBy);

/** Tables of which a person could not be told: none, or a test fails. */
export const untold = (): string[] =>
  everyTable
    .filter(({ owner }) => owner)
    .filter((table) => !heldTableOf(table.name) || !table.grants.desk?.includes("select"))
    .map(({ name }) => name);
