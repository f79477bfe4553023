// Brings a database to the newest migration, each file in a transaction of its own, so that a kill between two leaves none half done.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Client } from "pg";

const lock = 7_265_001;

/** The schema is the first of the connection's search path. */
const prepare = `
  do $$ begin execute format('create schema if not exists %I', current_setting('search_path')); end $$;
  create table if not exists installation (name text primary key, value text not null);
`;

const applied = async (client: Client): Promise<Set<string>> => {
  const { rows } = await client.query<{ name: string }>(
    "select name from installation where name like 'migration:%'",
  );
  return new Set(rows.map((row) => row.name.slice("migration:".length)));
};

/** Begin, act, commit; rolled back when the act throws. */
export const inTransaction = async (client: Client, act: () => Promise<void>): Promise<void> => {
  await client.query("begin");
  try {
    await act();
    await client.query("commit");
  } catch (fault) {
    await client.query("rollback");
    throw fault;
  }
};

/** One migration at a time, whoever else starts on the same database. */
const locked = (client: Client, act: () => Promise<void>): Promise<void> =>
  inTransaction(client, async () => {
    await client.query("select pg_advisory_xact_lock($1)", [lock]);
    await act();
  });

/**
 * Runs the numbered `.sql` files of a folder that the database has not seen.
 * @returns the names of those it ran
 */
export const migrate = async (client: Client, folder: string): Promise<string[]> => {
  await locked(client, async () => void (await client.query(prepare)));
  const seen = await applied(client);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const due = files.filter((name) => !seen.has(name));
  for (const name of due) {
    const text = await readFile(path.join(folder, name), "utf8");
    await locked(client, async () => {
      if ((await applied(client)).has(name)) return;
      await client.query(text);
      await client.query("insert into installation values ($1, 'done')", [`migration:${name}`]);
    });
  }
  return due;
};
