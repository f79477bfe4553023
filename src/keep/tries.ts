// Counts what may be done only so often, under a keyed hash and until an instant: a restart forgets nothing of it (K3, K6).
import { sql, type CompiledQuery } from "kysely";
import { service } from "../policy/rows.ts";
import type { Clock } from "./clock.ts";
import type { Data, Within } from "./database.ts";

/**
 * Counts one more try and gives how many there were until `endsAt`, which the first of them sets.
 * Two at once are counted one after the other; one whose transaction is undone was none. After a clock that was set
 * back it counts anew, since nothing lasts longer than it would from now on.
 */
export const countTry = (
  data: Data,
  key: Buffer,
  now: Date,
  endsAt: Date,
): CompiledQuery<{ count: number }> =>
  sql<{ count: number }>`
    insert into tries values (${key}, 1, ${endsAt})
    on conflict (key) do update set
      count = case when tries.ends_at > ${now} and tries.ends_at <= excluded.ends_at then tries.count + 1 else 1 end,
      ends_at = case when tries.ends_at > ${now} and tries.ends_at <= excluded.ends_at then tries.ends_at
                     else excluded.ends_at end
    returning count`.compile(data);

/** Takes one try back that turned out to be none. */
export const takeBack = (data: Data, key: Buffer): CompiledQuery =>
  sql`update tries set count = count - 1 where key = ${key} and count > 0`.compile(data);

const most = 5000;

/** Forgets what has ended; gives how many. */
export const forgetTries = async (within: Within, clock: Clock): Promise<number> => {
  const now = clock();
  const { numAffectedRows } = await within({ actor: service, purpose: "end-data" }, (data) =>
    sql`delete from tries where ctid in (select ctid from tries where ends_at <= ${now} limit ${most})`.execute(
      data,
    ),
  );
  return Number(numAffectedRows ?? 0);
};
