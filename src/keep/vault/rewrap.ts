// Re-wraps everybody's keys under a new epoch after an erasure, and destroys the old epoch: old copies of the vault open nobody (K4).
import type pg from "pg";
import { withClient, type Place } from "../place.ts";
import type { Halves } from "./halves.ts";
import { openEpochs, type Epochs } from "./epochs.ts";
import { unwrap, wrap } from "./wrap.ts";

/** Held while keys are re-wrapped, and while the root key is exchanged: never both. */
export const rewrapLock = 7_265_011;

/** Keys at a time: each batch is one short statement, so that nobody who asks for a key waits for it. */
const batchKeys = 2_000;

type Rewrap = {
  place: Place;
  under: Buffer;
  halves: Halves;
  /** Is told the keys that are re-wrapped, and of how many. */
  told: (done: number, all: number) => void;
};

const count = async (client: pg.Client, epoch: number): Promise<number> => {
  const { rows } = await client.query<{ count: number }>(
    "select count(*) as count from subject_key where epoch < $1",
    [epoch],
  );
  return rows[0]?.count ?? 0;
};

type Old = { subject: string; epoch: number; wrapped: Buffer };

const anew = ({ current, keys }: Epochs, { subject, epoch, wrapped }: Old): Buffer => {
  const [from, to] = [keys.get(epoch), keys.get(current)];
  if (!from || !to) throw new Error(`an epoch of the vault is missing (${epoch})`);
  return wrap(to, subject, unwrap(from, subject, wrapped));
};

/** Rows that were erased meanwhile stay erased: a batch only changes what is still there. */
const batch = async (client: pg.Client, epochs: Epochs, after: string): Promise<string | null> => {
  const { rows } = await client.query<Old>({
    name: "old-keys",
    text: `select subject, epoch, wrapped from subject_key
           where subject > $1 and epoch < $2 order by subject limit $3`,
    values: [after, epochs.current, batchKeys],
  });
  if (rows.length === 0) return null;
  await client.query({
    name: "re-wrap",
    text: `update subject_key k set epoch = $1, wrapped = b.wrapped
           from unnest($2::uuid[], $3::bytea[]) as b (subject, wrapped)
           where k.subject = b.subject and k.epoch < $1`,
    values: [epochs.current, rows.map(({ subject }) => subject), rows.map((row) => anew(epochs, row))],
  });
  return rows.at(-1)?.subject ?? null;
};

const first = "00000000-0000-0000-0000-000000000000";

const moveAll = async (client: pg.Client, epochs: Epochs, told: Rewrap["told"]): Promise<number> => {
  const all = await count(client, epochs.current);
  let done = 0;
  for (let after: string | null = first; after !== null;) {
    after = await batch(client, epochs, after);
    if (after === null) break;
    done = Math.min(all, done + batchKeys);
    told(done, all);
  }
  return all;
};

/**
 * Moves every key to the newest epoch, going on where a killed one stopped. The old epochs and their halves are
 * destroyed only when nobody's key is under them any more.
 * @returns how many keys were re-wrapped; null when another process is at it
 */
export const rewrap = ({ place, under, halves, told }: Rewrap): Promise<number | null> =>
  withClient(place, async (client) => {
    const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [
      rewrapLock,
    ]);
    if (!rows[0]?.held) return null;
    const epochs = await openEpochs(client, under, halves);
    let moved = 0;
    // Once more for those who came under the old epoch while the first round ran.
    while ((await count(client, epochs.current)) > 0) moved += await moveAll(client, epochs, told);
    await client.query("delete from epoch where id < $1", [epochs.current]);
    await halves.keepOnly(epochs.current);
    return moved;
  });
