// What the vault remembers under a name: nothing personal (K3).
import type pg from "pg";

export type Queries = Pick<pg.Pool | pg.ClientBase, "query">;

/** The name under which it remembers which root key it is under, once that was exchanged. */
export const underRootKey = "root-key";

/** Null when nothing was remembered. */
export const recall = async (queries: Queries, name: string): Promise<string | null> => {
  const { rows } = await queries.query<{ value: string }>("select value from installation where name = $1", [
    name,
  ]);
  return rows[0]?.value ?? null;
};

export const remember = async (queries: Queries, name: string, value: string): Promise<void> =>
  void (await queries.query(
    "insert into installation values ($1, $2) on conflict (name) do update set value = excluded.value",
    [name, value],
  ));
