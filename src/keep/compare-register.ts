// Compares the live database with the register: what is not declared, or differs, stops the start (K6, first wall).
import { schema } from "./place.ts";
import type { Query } from "./read-ledger.ts";
import type { Table } from "./register.ts";

type Live = { table: string; column: string; type: string; nullable: boolean };

const liveColumns = async (query: Query): Promise<Live[]> => {
  const { rows } = await query(
    `select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace and n.nspname = $1
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     join pg_type t on t.oid = a.atttypid
     where c.relkind in ('r', 'p', 'v', 'm', 'f')
     order by 1, a.attnum`,
    [schema],
  );
  return rows as Live[];
};

const undeclared = (live: readonly Live[], tables: readonly Table[]): string[] =>
  live.flatMap(({ table, column, type, nullable }) => {
    const declared = tables.find(({ name }) => name === table);
    if (!declared) return [`table ${table} is not declared`];
    const known = declared.columns[column];
    if (!known) return [`column ${table}.${column} is not declared`];
    if (known.type !== type) return [`column ${table}.${column} is ${type}, declared as ${known.type}`];
    if (known.nullable !== nullable)
      return [
        `column ${table}.${column} ${nullable ? "may be empty" : "must be filled"}, declared otherwise`,
      ];
    return [];
  });

const missing = (live: readonly Live[], tables: readonly Table[]): string[] =>
  tables.flatMap((table) =>
    Object.keys(table.columns)
      .filter((name) => !live.some((found) => found.table === table.name && found.column === name))
      .map((name) => `column ${table.name}.${name} is declared but not there`),
  );

/** Differences in plain words, each once; none when the database is what the register says. */
export const compareRegister = async (query: Query, tables: readonly Table[]): Promise<string[]> => {
  const live = await liveColumns(query);
  return [...new Set([...undeclared(live, tables), ...missing(live, tables)])];
};

/** Faults of the declarations themselves: a number given twice, an owner or key that is no column. */
export const checkRegister = (tables: readonly Table[]): string[] => {
  const faults: string[] = [];
  const numbers = new Set<number>();
  for (const table of tables) {
    if (numbers.has(table.number)) faults.push(`table number ${table.number} is given twice`);
    numbers.add(table.number);
    const columns = Object.values(table.columns);
    if (new Set(columns.map(({ number }) => number)).size < columns.length)
      faults.push(`${table.name} gives a column number twice`);
    for (const name of [...table.key, table.owner, table.writtenBy].filter((name) => name !== undefined))
      if (!table.columns[name]) faults.push(`${table.name} names a column ${name} that it does not have`);
    if (!table.owner && columns.some(({ categories }) => categories.length > 0))
      faults.push(`${table.name} holds personal data and names no owner`);
  }
  return faults;
};
