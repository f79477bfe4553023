// Re-wraps everybody's keys under a new epoch after an erasure, and destroys the old epoch: old copies of the vault open nobody (K4).
import type pg from "pg";
import { byteaArray } from "../bytea-array.ts";
import { peopleFirst, type IsBusy } from "../load.ts";
import { withClient, type Place } from "../place.ts";
import type { Halves } from "./halves.ts";
import { openEpochs, type Epochs } from "./epochs.ts";
import { giveWay } from "./give-way.ts";
import { unwrap, wrap } from "./wrap.ts";

/** Held while keys are re-wrapped, and while the root key is exchanged: never both. */
export const rewrapLock = 7_265_011;

/** Pages at a time, of some fifty keys: each batch is one short statement, and little for the disk at a time, which those who talk wait for. */
const batchPages = 10;

type Rewrap = {
  place: Place;
  under: Buffer;
  halves: Halves;
  isBusy: IsBusy;
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

/** How many pages the table has now. */
const pagesOf = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ pages: number }>(
    "select pg_relation_size('subject_key') / current_setting('block_size')::int as pages",
  );
  return rows[0]?.pages ?? 0;
};

/** As they lie in the table, so that each page is taken up once; what was moved already is left out. */
const oldKeys = async (client: pg.Client, { current }: Epochs, page: number): Promise<Old[]> => {
  const { rows } = await client.query<Old>({
    name: "old-keys",
    text: `select subject, epoch, wrapped from subject_key
           where ctid >= $1::tid and ctid < $2::tid and epoch < $3`,
    values: [`(${page},0)`, `(${page + batchPages},0)`, current],
  });
  return rows;
};

/** Rows that were erased meanwhile stay erased: a batch only changes what is still there. */
const store = async (
  client: pg.Client,
  { current }: Epochs,
  rows: readonly Old[],
  wrapped: readonly Buffer[],
): Promise<void> => {
  await client.query({
    name: "re-wrap",
    text: `update subject_key k set epoch = $1, wrapped = b.wrapped
           from unnest($2::uuid[], $3::bytea[]) as b (subject, wrapped)
           where k.subject = b.subject and k.epoch < $1`,
    values: [current, rows.map(({ subject }) => subject), byteaArray(wrapped)],
  });
};

type Clients = { reader: pg.Client; writer: pg.Client };

/** While PostgreSQL stores a batch, the next is read and wrapped. */
const moveAll = async (
  { reader, writer }: Clients,
  epochs: Epochs,
  { told, isBusy }: Pick<Rewrap, "told" | "isBusy">,
): Promise<number> => {
  const all = await count(writer, epochs.current);
  const pages = await pagesOf(reader);
  let done = 0;
  let storing: Promise<void> = Promise.resolve();
  let coming = oldKeys(reader, epochs, 0);
  for (let page = 0; page < pages; page += batchPages) {
    const began = performance.now();
    const rows = await coming;
    coming = oldKeys(reader, epochs, page + batchPages);
    const wrapped = rows.map((row) => anew(epochs, row));
    await storing;
    done = Math.min(all, done + rows.length);
    storing = store(writer, epochs, rows, wrapped).then(() => told(done, all));
    // Both are waited for in their turn; whichever fails first ends it all.
    for (const one of [coming, storing]) one.catch(() => undefined);
    if (isBusy()) await storing;
    await peopleFirst(isBusy, began);
  }
  await Promise.all([coming, storing]);
  return done;
};

const rewrapWith = async (
  clients: Clients,
  { place, under, halves, ...rest }: Rewrap,
): Promise<number | null> => {
  const { writer } = clients;
  const { rows } = await writer.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [
    rewrapLock,
  ]);
  if (!rows[0]?.held) return null;
  for (const client of Object.values(clients)) await giveWay(client, place);
  const epochs = await openEpochs(writer, under, halves);
  let moved = 0;
  // A batch that a sudden end undoes is under the old epoch again, which is there until all of them are on disk.
  await writer.query("set synchronous_commit = off");
  // Once more for those who came under the old epoch while the first round ran.
  while ((await count(writer, epochs.current)) > 0) moved += await moveAll(clients, epochs, rest);
  await writer.query("set synchronous_commit = on");
  await writer.query("delete from epoch where id < $1", [epochs.current]);
  await halves.keepOnly(epochs.current);
  return moved;
};

/**
 * Moves every key to the newest epoch, going on where a killed one stopped. The old epochs and their halves are
 * destroyed only when nobody's key is under them any more.
 * @returns how many keys were re-wrapped; null when another process is at it
 */
export const rewrap = (asked: Rewrap): Promise<number | null> =>
  withClient(asked.place, (reader) =>
    withClient(asked.place, (writer) => rewrapWith({ reader, writer }, asked)),
  );
