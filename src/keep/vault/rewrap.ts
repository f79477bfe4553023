// Ends the epochs that somebody was erased from, brings all others under a new half, and destroys the old one: old copies of the vault open nobody (K4).
import type { KeyObject } from "node:crypto";
import type pg from "pg";
import { byteaArray } from "../bytea-array.ts";
import { peopleFirst, type IsBusy } from "../load.ts";
import { withClient, type Place } from "../place.ts";
import {
  areOlder,
  beginEpoch,
  beginHalf,
  breaksReference,
  endingEpochs,
  endsSome,
  moveEpochs,
  newestHalf,
  olderEpochs,
  openEpochs,
  peopleInEpoch,
  type Epoch,
  type EpochRow,
} from "./epochs.ts";
import { giveWay } from "./give-way.ts";
import type { Halves } from "./halves.ts";
import { remember } from "./remember.ts";
import { unwrap, wrap } from "./wrap.ts";

/** Held while keys are re-wrapped, and while the root key is exchanged: never both. */
export const rewrapLock = 7_265_011;

/** Epoch keys that are brought under the new half together: ten times as many take 20 ms, which those who talk wait for. */
const epochsAtOnce = 50;

/**
 * People's keys that are moved together: PostgreSQL logs a page of its index for each, and so many are what those who
 * talk do not notice.
 */
const keysAtOnce = 32;

/** Milliseconds behind each: a million people, of whom a hundred were erased, are five hundred and fifty of them. */
const leastRest = 60;

type Rewrap = {
  place: Place;
  under: Buffer;
  halves: Halves;
  isBusy: IsBusy;
  /** Is told the people's keys that are re-wrapped, and of how many. */
  told: (done: number, all: number) => void;
};

type Old = { subject: string; wrapped: Buffer };

const countIn = async (client: pg.Client, epochs: readonly EpochRow[]): Promise<number> => {
  const { rows } = await client.query<{ count: number }>(
    "select count(*) as count from subject_key where epoch = any($1)",
    [epochs.map(({ id }) => id)],
  );
  return rows[0]?.count ?? 0;
};

const nobody = "00000000-0000-0000-0000-000000000000";

/** Some who are in an epoch; in one from the time when all were in one are many more. */
const someOf = async (client: pg.Client, epoch: number, after: string): Promise<Old[]> => {
  const { rows } = await client.query<Old>({
    name: "some-of-epoch",
    text: "select subject, wrapped from subject_key where epoch = $1 and subject > $2 order by subject limit $3",
    values: [epoch, after, keysAtOnce],
  });
  return rows;
};

/** One that was changed opens for nobody under any epoch: it moves as it is, and must not stand in the way. */
const moved = (from: KeyObject, to: KeyObject, { subject, wrapped }: Old): Buffer => {
  let key: Buffer;
  try {
    key = unwrap(from, subject, wrapped);
  } catch {
    return wrapped;
  }
  return wrap(to, subject, key);
};

/** Who was erased meanwhile stays erased: only what is still there is changed. */
const store = async (
  client: pg.Client,
  from: number,
  to: number,
  rows: readonly Old[],
  wrapped: readonly Buffer[],
): Promise<void> => {
  await client.query({
    name: "re-wrap",
    text: `update subject_key k set epoch = $1, wrapped = b.wrapped
           from unnest($2::uuid[], $3::bytea[]) as b (subject, wrapped)
           where k.subject = b.subject and k.epoch = $4`,
    values: [to, rows.map(({ subject }) => subject), byteaArray(wrapped), from],
  });
};

type Work = { client: pg.Client; newest: number } & Rewrap;

/** Gives those who have to move their next epoch, and another once that is full. */
const places = ({ client, halves, under }: Work) => {
  let [open, room] = [null as Epoch | null, 0];
  return async (people: number): Promise<Epoch> => {
    if (!open || room < people) {
      open = await beginEpoch(client, halves, () => Promise.resolve({ under, id: null }));
      room = peopleInEpoch;
    }
    room -= people;
    return open;
  };
};

/** Moves everybody out of an epoch. It is gone then, unless somebody came meanwhile, who is moved the next time round. */
const endEpoch = async (
  { client, under, halves, isBusy }: Work,
  { id }: EpochRow,
  place: ReturnType<typeof places>,
  done: (count: number) => void,
): Promise<void> => {
  const key = (await openEpochs(client, under, halves, id)).get(id);
  if (!key) return;
  let rows = await someOf(client, id, nobody);
  while (rows.length > 0) {
    const began = performance.now();
    const to = await place(rows.length);
    const wrapped = rows.map((row) => moved(key, to.key, row));
    await store(client, id, to.id, rows, wrapped);
    done(rows.length);
    rows = await someOf(client, id, rows.at(-1)?.subject ?? nobody);
    await peopleFirst(isBusy, began, leastRest);
  }
  const empty = "not exists (select from subject_key where epoch = $1)";
  await client.query(`delete from epoch where id = $1 and ${empty}`, [id]).catch((fault: unknown) => {
    // In between somebody came.
    if (!breaksReference(fault)) throw fault;
  });
};

/** Once more for those who came, and epochs that somebody was erased from, while the first round ran. */
const moveAll = async (work: Work): Promise<number> => {
  const { client, newest, under, halves, isBusy, told } = work;
  const place = places(work);
  let done = 0;
  while (await areOlder(client)) {
    const ending = await endingEpochs(client, newest);
    const all = done + (await countIn(client, ending));
    for (const epoch of ending)
      await endEpoch(work, epoch, place, (count) => told((done += count), Math.max(done, all)));
    let others = await olderEpochs(client, newest, 0, epochsAtOnce);
    while (others.length > 0) {
      const began = performance.now();
      await moveEpochs(client, under, halves, others, newest);
      others = await olderEpochs(client, newest, others.at(-1)?.id ?? 0, epochsAtOnce);
      await peopleFirst(isBusy, began, leastRest);
    }
  }
  return done;
};

/** Whether all that a round cut short has left to do is to destroy the old half. */
const isToBeCleared = async (client: pg.Client, halves: Halves): Promise<boolean> =>
  !(await endsSome(client)) && (await halves.areSeveral());

const rewrapWith = async (client: pg.Client, asked: Rewrap): Promise<number | null> => {
  const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [
    rewrapLock,
  ]);
  if (!rows[0]?.held) return null;
  await giveWay(client, asked.place);
  // Only who holds the lock: of two halves at once one would be destroyed that is in use.
  if (!(await areOlder(client)) && !(await isToBeCleared(client, asked.halves)))
    await beginHalf(client, asked.halves, await newestHalf(client));
  const newest = await newestHalf(client);
  // What a sudden end undoes is under the old half again, which is there until all of this is on disk.
  await client.query("set synchronous_commit = off");
  const count = await moveAll({ ...asked, client, newest });
  await client.query("set synchronous_commit = on");
  // Waits for the disk, and with it for all that was written before.
  await remember(client, "re-wrapped", String(newest));
  await asked.halves.keepOnly(newest);
  return count;
};

/**
 * Brings every epoch under a new half, or goes on where a killed one stopped; those that somebody was erased from
 * end, and their people move to new ones. The old half is destroyed only when nobody's key hangs on it any more.
 * @returns how many people's keys were re-wrapped; null when another process is at it
 */
export const rewrap = (asked: Rewrap): Promise<number | null> =>
  withClient(asked.place, (client) => rewrapWith(client, asked));
