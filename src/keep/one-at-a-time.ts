// Lets one process at a time do something; PostgreSQL lets go of the lock when whoever has it dies (K1).
import { withClient, type Place } from "./place.ts";

/** Numbers of the locks, each of the database that it is taken in. */
export const locks = { copies: 7_265_010, rehearsal: 7_265_012 } as const;

/** @returns null when another one is at it, and `wait` is not set */
export const oneAtATime = <T>(
  place: Place,
  lock: keyof typeof locks,
  wait: boolean,
  act: () => Promise<T>,
): Promise<T | null> =>
  withClient(place, async (client) => {
    const { rows } = await client.query<{ held: boolean }>(
      wait ? "select true as held from pg_advisory_lock($1)" : "select pg_try_advisory_lock($1) as held",
      [locks[lock]],
    );
    return rows[0]?.held ? act() : null;
  });
