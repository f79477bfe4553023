// Epoch keys: each subject's key is wrapped under that of the people it came with, and an epoch's end leaves behind who was erased from it (K3, K4).
import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from "node:crypto";
import { byteaArray } from "../bytea-array.ts";
import { StartError } from "../start-error.ts";
import type { Halves } from "./halves.ts";
import { remember, underRootKey, type Queries } from "./remember.ts";
import { unwrap, wrap } from "./wrap.ts";

/** So many people are under one epoch: so many keys are moved for each who is erased, and there are so many fewer epoch keys. */
export const peopleInEpoch = 128;

export type Epoch = { id: number; key: KeyObject };

/** PostgreSQL's foreign_key_violation: an epoch that somebody is in can't go, and nobody can come into one that is gone. */
export const breaksReference = (fault: unknown): boolean => (fault as { code?: string }).code === "23503";

const keyBytes = 32;

export const wrongKey = (): StartError =>
  new StartError(
    "root-key-wrong",
    "The root key does not open the vault. Put back the key file that the vault was made with " +
      "(UPHELD_ROOT_KEY_FILE), or the vault that belongs to this key.",
  );

const wrongPair = (half: number): StartError =>
  new StartError(
    "root-key-wrong",
    `The root key and the half in vault-epochs.key do not open the vault (half ${half}): one of the three was changed, ` +
      "or belongs to another. Put the newest vault back with: upheld restore --vault; or the key file that belongs to it.",
  );

const lostHalf = (half: number): StartError =>
  new StartError(
    "epoch-key-lost",
    `The half of the vault's key (half ${half}) is not in the data folder, so either it was lost or this vault is an ` +
      "old copy. Put the newest vault back with: upheld restore --vault.",
  );

/** What wraps epoch keys: the root key together with a half, which lies outside of the vault. */
export const over = (under: Buffer, half: Buffer): Buffer =>
  Buffer.from(hkdfSync("sha256", under, half, "epoch", keyBytes));

const nameOf = (epoch: number): string => `epoch:${epoch}`;

/** The name under which the vault remembers which half new epochs come under. */
const half = "half";
const halfNow = `coalesce((select value::int from installation where name = '${half}'), (select max(half) from epoch), 0)`;

/** The half that all epochs are to be under. */
export const newestHalf = async (queries: Queries): Promise<number> => {
  const { rows } = await queries.query<{ half: number }>(`select ${halfNow} as half`);
  return rows[0]?.half ?? 0;
};

/**
 * Makes another half, durable before anything is wrapped under it: no epoch begins under the one before any more. It is a
 * new one each time, also where one of that number lies there.
 * @param from the half before; nothing is done where that is not the newest any more
 */
export const beginHalf = async (client: Queries, halves: Halves, from: number): Promise<void> => {
  await client.query("begin");
  try {
    await client.query("set local lock_timeout = '5s'");
    // Waits for epochs that are being begun, and has those wait that would be; nobody waits who comes into one.
    await client.query("lock table epoch in share row exclusive mode");
    if ((await newestHalf(client)) === from) {
      const next = Math.max(from, ...Object.keys(await halves.all()).map(Number)) + 1;
      await halves.add(next, randomBytes(keyBytes));
      await remember(client, half, String(next));
    }
    await client.query("commit");
  } catch (fault) {
    await client.query("rollback");
    throw fault;
  }
};

/** A root key as the vault is under it; `id` is null where nobody can exchange it meanwhile. */
export type Root = { under: Buffer; id: string | null };

/** What wraps epochs, by their half, each read once. @throws StartError when it is lost */
const wrappings = (under: Buffer, halves: Halves): ((number: number | null) => Promise<Buffer>) => {
  const known = new Map<number | null, Promise<Buffer>>();
  const read = async (number: number | null): Promise<Buffer> => {
    if (number === null) return under;
    const own = await halves.of(number);
    if (!own) throw lostHalf(number);
    return over(under, own);
  };
  return (number) => {
    const found = known.get(number) ?? read(number);
    known.set(number, found);
    return found;
  };
};

/** Only under the newest half, and the root key that the vault is under in this moment. */
const insertEpoch = `insert into epoch (id, wrapped, half) select $1::int, $2::bytea, $3::int where ${halfNow} = $3
  and ($4::text is null or coalesce((select value from installation where name = '${underRootKey}'), $4) = $4)`;

/** Makes an epoch of its own for whoever asks. @param root is asked again when it, or the half, was exchanged meanwhile */
export const beginEpoch = async (
  queries: Queries,
  halves: Halves,
  root: () => Promise<Root>,
): Promise<Epoch> => {
  for (;;) {
    const { under, id: rootKey } = await root();
    const { rows } = await queries.query<{ id: number; half: number }>(
      `select nextval('epoch_number')::int as id, ${halfNow} as half`,
    );
    const [{ id, half: number } = { id: 0, half: 0 }] = rows;
    const own = await halves.of(number);
    if (!own && (await newestHalf(queries)) === number) throw lostHalf(number);
    if (!own) continue;
    const key = randomBytes(keyBytes);
    const wrapped = wrap(over(under, own), nameOf(id), key);
    const { rowCount } = await queries.query(insertEpoch, [id, wrapped, number, rootKey]);
    if (rowCount === 1) return { id, key: createSecretKey(key) };
  }
};

export type EpochRow = { id: number; wrapped: Buffer; half: number | null; ending: boolean };

const columns = "select id, wrapped, half, ending from epoch";

/** @throws StartError when a half is lost, or the root key belongs to another vault */
const openRow = (under: Buffer, { id, wrapped, half: number }: EpochRow): Buffer => {
  try {
    return unwrap(under, nameOf(id), wrapped);
  } catch {
    throw number === null ? wrongKey() : wrongPair(number);
  }
};

/** Prepared keys of epochs by number: of all that there are, or of one. @throws StartError as each of them does not open */
export const openEpochs = async (
  queries: Queries,
  under: Buffer,
  halves: Halves,
  id: number | null = null,
): Promise<Map<number, KeyObject>> => {
  const { rows } = await queries.query<EpochRow>(`${columns} where $1::int is null or id = $1`, [id]);
  const wrapping = wrappings(under, halves);
  const keys = new Map<number, KeyObject>();
  for (const row of rows) keys.set(row.id, createSecretKey(openRow(await wrapping(row.half), row)));
  return keys;
};

/** Epochs that somebody was erased from, and that are not under the newest half. */
export const endingEpochs = async (queries: Queries, newest: number): Promise<EpochRow[]> =>
  (
    await queries.query<EpochRow>(`${columns} where ending and half is distinct from $1 order by id`, [
      newest,
    ])
  ).rows;

/** Some of the others that are not under it yet, by number. */
export const olderEpochs = async (
  queries: Queries,
  newest: number,
  after: number,
  most: number,
): Promise<EpochRow[]> => {
  const { rows } = await queries.query<EpochRow>({
    name: "older-epochs",
    text: `${columns} where not ending and half is distinct from $1 and id > $2 order by id limit $3`,
    values: [newest, after, most],
  });
  return rows;
};

/** Whether some epochs are not under the newest half. */
export const areOlder = async (queries: Queries): Promise<boolean> =>
  (await queries.query(`select from epoch where half is distinct from ${halfNow} limit 1`)).rows.length > 0;

/** Which of some epochs are gone. */
export const endedOf = async (queries: Queries, ids: readonly number[]): Promise<number[]> => {
  const { rows } = await queries.query<{ id: number }>(
    "select id from unnest($1::int[]) as known (id) where not exists (select from epoch e where e.id = known.id)",
    [ids],
  );
  return rows.map(({ id }) => id);
};

/** Whether somebody was erased from an epoch. */
export const endsSome = async (queries: Queries): Promise<boolean> =>
  (await queries.query("select from epoch where ending limit 1")).rows.length > 0;

/** Opens epochs and wraps them anew, in their order. */
const anew = async (
  rows: readonly EpochRow[],
  from: (half: number | null) => Promise<Buffer>,
  to: (half: number | null) => Promise<Buffer>,
): Promise<Buffer[]> => {
  const wrapped: Buffer[] = [];
  for (const row of rows)
    wrapped.push(wrap(await to(row.half), nameOf(row.id), openRow(await from(row.half), row)));
  return wrapped;
};

/** Brings some epochs under another half; one that somebody was erased from meanwhile stays where it is. */
export const moveEpochs = async (
  queries: Queries,
  under: Buffer,
  halves: Halves,
  rows: readonly EpochRow[],
  to: number,
): Promise<void> => {
  const wrapping = wrappings(under, halves);
  const wrapped = await anew(rows, wrapping, () => wrapping(to));
  await queries.query(
    `update epoch e set wrapped = b.wrapped, half = $1 from unnest($2::int[], $3::bytea[]) as b (id, wrapped)
     where e.id = b.id and not e.ending`,
    [to, rows.map(({ id }) => id), byteaArray(wrapped)],
  );
};

/** Wraps every epoch key anew, under another root key; to be done in one transaction with the secrets. */
export const rewrapEpochs = async (
  queries: Queries,
  under: Buffer,
  next: Buffer,
  halves: Halves,
): Promise<void> => {
  const { rows } = await queries.query<EpochRow>(columns);
  const wrapped = await anew(rows, wrappings(under, halves), wrappings(next, halves));
  await queries.query(
    "update epoch e set wrapped = b.wrapped from unnest($1::int[], $2::bytea[]) as b (id, wrapped) where e.id = b.id",
    [rows.map(({ id }) => id), byteaArray(wrapped)],
  );
};
