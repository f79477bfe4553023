// Has PostgreSQL work for one connection at the lowest priority, so that people who are waiting come first (K4).
import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";
import type pg from "pg";
import type { Place } from "../place.ts";

/** A number from another container means somebody else here. */
const isPostgres = async (pid: number): Promise<boolean> =>
  (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")).startsWith("postgres");

/** On this machine, and where we may; elsewhere it stays as it is. */
export const giveWay = async (client: pg.Client, { host }: Pick<Place, "host">): Promise<void> => {
  if (!host?.startsWith("/")) return;
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const pid = rows[0]?.pid;
  if (pid === undefined || !(await isPostgres(pid))) return;
  try {
    setPriority(pid, 19);
  } catch {
    // Another account's.
  }
};
