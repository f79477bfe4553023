// Holds the database for one Upheld: a lock that PostgreSQL itself lets go of when its holder dies.
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Place } from "./place.ts";
import { StartError } from "./start-error.ts";

const lock = 7_265_000;
const tries = 20;
const between = 400;

export type Hold = { onLost(act: () => void): void; release(): Promise<void> };

const unreachable = (what: "database" | "vault", fault: unknown): StartError => {
  const code =
    typeof fault === "object" && fault !== null && "code" in fault ? ` (${String(fault.code)})` : "";
  const setting = what === "database" ? "DATABASE_URL" : "UPHELD_VAULT_URL";
  return new StartError(
    what === "database" ? "database-unreachable" : "vault-unreachable",
    `The ${what} can't be reached${code}. Check that PostgreSQL runs there and that ${setting} has the right address, name and password.`,
  );
};

/** Connects for good; a sentence says which of the two databases can't be reached. */
export const connect = async (place: Place, what: "database" | "vault"): Promise<pg.Client> => {
  const client = new pg.Client({ ...place, connectionTimeoutMillis: 10_000, keepAlive: true });
  client.on("error", () => undefined);
  await client.connect().catch((fault: unknown) => {
    throw unreachable(what, fault);
  });
  return client;
};

const oldest = 15;

const unfit = (what: "database" | "vault", sentence: string): StartError =>
  new StartError(what === "database" ? "database-unreachable" : "vault-unreachable", sentence);

/** Refuses a PostgreSQL of somebody's own that is too old, or that is still being put back, or stands by for another. */
const refuseUnfit = async (client: pg.Client, what: "database" | "vault"): Promise<void> => {
  const { rows } = await client.query<{ version: number; recovers: boolean }>(
    `select current_setting('server_version_num')::int / 10000 as version, pg_is_in_recovery() as recovers`,
  );
  const { version = 0, recovers = false } = rows[0] ?? {};
  if (version < oldest)
    throw unfit(
      what,
      `The ${what} is PostgreSQL ${version}. Upheld needs ${oldest} or newer: move it to such a server first.`,
    );
  if (recovers)
    throw unfit(
      what,
      `The ${what} can only be read: it is still being put back from a copy, or stands by for another. Wait until it ` +
        `is there; if it paused at the moment that it was put back to, end that with: select pg_wal_replay_resume();`,
    );
};

const holdOf = (client: pg.Client): Hold => {
  let released = false;
  return {
    onLost: (act) => void client.on("end", () => (released ? undefined : act())),
    async release() {
      released = true;
      await client.end().catch(() => undefined);
    },
  };
};

/** The vault has a lock of its own: a restore holds it while there is no data to be held. */
const locks = { database: lock, vault: lock + 3 } as const;

const take = async (client: pg.Client, what: keyof typeof locks): Promise<boolean> => {
  const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [
    locks[what],
  ]);
  return rows[0]?.held === true;
};

/** The lock, or null when somebody has it. */
export const holdAtOnce = async (place: Place, what: "database" | "vault"): Promise<Hold | null> => {
  const client = await connect(place, what);
  if (await take(client, what)) return holdOf(client);
  await client.end();
  return null;
};

/** Takes the lock; waits a few seconds for one whose holder has just died. */
export const holdDatabase = async (
  place: Place,
  folder: string,
  what: "database" | "vault" = "database",
): Promise<Hold> => {
  const client = await connect(place, what);
  await refuseUnfit(client, what).catch(async (fault: unknown) => {
    await client.end();
    throw fault;
  });
  for (let attempt = 0; !(await take(client, what)); attempt += 1) {
    if (attempt === tries) {
      await client.end();
      throw new StartError(
        "folder-held",
        `Another Upheld is running on this data (${folder}). Stop it first, or give this one a folder of its own with UPHELD_DATA.`,
      );
    }
    await sleep(between);
  }
  return holdOf(client);
};
