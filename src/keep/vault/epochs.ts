// Epoch keys: each subject's key is wrapped under one, and a new epoch leaves those who were erased behind (K3, K4).
import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from "node:crypto";
import type pg from "pg";
import { StartError } from "../start-error.ts";
import type { Halves } from "./halves.ts";
import { unwrap, wrap } from "./wrap.ts";

export type Epochs = {
  /** Under which new keys are wrapped. */
  current: number;
  /** Prepared keys by epoch: more than one while keys are being re-wrapped. */
  keys: ReadonlyMap<number, KeyObject>;
};

type Queries = Pick<pg.Pool | pg.ClientBase, "query">;

const keyBytes = 32;

const wrongKey = (): StartError =>
  new StartError(
    "root-key-wrong",
    "The root key does not open the vault. Put back the key file that the vault was made with " +
      "(UPHELD_ROOT_KEY_FILE), or the vault that belongs to this key.",
  );

const wrongPair = (epoch: number): StartError =>
  new StartError(
    "root-key-wrong",
    `The root key and the half in vault-epochs.key do not open the vault (epoch ${epoch}): one of the three was changed, ` +
      "or belongs to another. Put the newest vault back with: upheld restore --vault; or the key file that belongs to it.",
  );

const lostHalf = (epoch: number): StartError =>
  new StartError(
    "epoch-key-lost",
    `The half of the vault's key (epoch ${epoch}) is not in the data folder, so either it was lost or this vault is an ` +
      "old copy. Put the newest vault back with: upheld restore --vault.",
  );

/** What wraps an epoch key: the root key together with the epoch's half, which lies outside of the vault. */
const over = (under: Buffer, half: Buffer): Buffer =>
  Buffer.from(hkdfSync("sha256", under, half, "epoch", keyBytes));

const nameOf = (epoch: number): string => `epoch:${epoch}`;

/** Makes an epoch: its half is durable before anything is wrapped under it. */
export const beginEpoch = async (
  queries: Queries,
  under: Buffer,
  halves: Halves,
  id: number,
): Promise<void> => {
  const half = (await halves.of(id)) ?? randomBytes(keyBytes);
  await halves.add(id, half);
  await queries.query(
    "insert into epoch (id, wrapped, halved) values ($1, $2, true) on conflict do nothing",
    [id, wrap(over(under, half), nameOf(id), randomBytes(keyBytes))],
  );
};

type Row = { id: number; wrapped: Buffer; halved: boolean };

const rowsOf = async (queries: Queries): Promise<Row[]> =>
  (await queries.query<Row>("select id, wrapped, halved from epoch order by id")).rows;

const openRow = async (under: Buffer, halves: Halves, { id, wrapped, halved }: Row): Promise<Buffer> => {
  const half = halved ? await halves.of(id) : null;
  if (halved && !half) throw lostHalf(id);
  try {
    return unwrap(half ? over(under, half) : under, nameOf(id), wrapped);
  } catch {
    throw half ? wrongPair(id) : wrongKey();
  }
};

/** Every epoch there is. @throws StartError when a half is lost, or the root key belongs to another vault */
export const openEpochs = async (queries: Queries, under: Buffer, halves: Halves): Promise<Epochs> => {
  const keys = new Map<number, KeyObject>();
  for (const row of await rowsOf(queries))
    keys.set(row.id, createSecretKey(await openRow(under, halves, row)));
  return { current: Math.max(...keys.keys()), keys };
};

/** Wraps every epoch key anew, under another root key; to be done in one transaction with the secrets. */
export const rewrapEpochs = async (
  queries: Queries,
  under: Buffer,
  next: Buffer,
  halves: Halves,
): Promise<void> => {
  for (const row of await rowsOf(queries)) {
    const key = await openRow(under, halves, row);
    const half = row.halved ? await halves.of(row.id) : null;
    await queries.query("update epoch set wrapped = $2 where id = $1", [
      row.id,
      wrap(half ? over(next, half) : next, nameOf(row.id), key),
    ]);
  }
};
