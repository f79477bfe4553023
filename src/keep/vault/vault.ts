// The vault: each subject's keys, the keyed hashes of addresses and the service's secrets, away from the data (K3, third wall).
import { createHmac, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import type pg from "pg";
import { openPool, withClient, type Place } from "../place.ts";
import { migrate } from "../migrate.ts";
import type { RootKey } from "../root-key.ts";
import { StartError } from "../start-error.ts";
import { createJournal, type Journal } from "./journal.ts";
import { unwrap, wrap } from "./wrap.ts";

const keyBytes = 32;
const cachedKeys = 20_000;
const cachedFor = 5 * 60 * 1000;

/** What an address is to its person: the name to sign in with. */
export type AddressKind = "user-name";

export type Vault = {
  /** Makes the subject's key; durable when the promise resolves, so that the first row under it may be written. */
  createKey(subject: string): Promise<Buffer>;
  /** The subject's key, or null when there is none (any more). */
  keyOf(subject: string): Promise<Buffer | null>;
  /** Destroys the key: nothing sealed under it opens again. */
  destroyKey(subject: string): Promise<void>;
  /** Takes an address for a subject; false when somebody has it. */
  claim(kind: AddressKind, address: string, subject: string, at: Date): Promise<boolean>;
  /** Whose address it is. */
  find(kind: AddressKind, address: string): Promise<{ subject: string; claimedAt: Date } | null>;
  /** Lets go of every address of a subject. */
  release(subject: string): Promise<void>;
  /** 32 random bytes under a name, made when first asked for. */
  secret(name: string): Promise<Buffer>;
  journal: Journal;
  /** What was remembered under a name; null when nothing was. Nothing personal is remembered. */
  recall(name: string): Promise<string | null>;
  remember(name: string, value: string): Promise<void>;
  close(): Promise<void>;
};

const wrongKey = (): StartError =>
  new StartError(
    "root-key-wrong",
    "The root key does not open the vault. Put back the key file that the vault was made with " +
      "(UPHELD_ROOT_KEY_FILE), or the vault that belongs to this key.",
  );

const currentEpoch = 1;

/** The epoch key; a root key that does not open it belongs to another vault. */
const openEpoch = async (client: pg.Client, under: Buffer): Promise<Buffer> => {
  const fresh = wrap(under, `epoch:${currentEpoch}`, randomBytes(keyBytes));
  await client.query("insert into epoch values ($1, $2) on conflict do nothing", [currentEpoch, fresh]);
  const { rows } = await client.query<{ wrapped: Buffer }>("select wrapped from epoch where id = $1", [
    currentEpoch,
  ]);
  try {
    return unwrap(under, `epoch:${currentEpoch}`, rows[0]?.wrapped ?? Buffer.alloc(0));
  } catch {
    throw wrongKey();
  }
};

const openSecret = async (pool: pg.Pool, under: Buffer, name: string): Promise<Buffer> => {
  const fresh = wrap(under, `secret:${name}`, randomBytes(keyBytes));
  await pool.query("insert into secret values ($1, $2) on conflict do nothing", [name, fresh]);
  const { rows } = await pool.query<{ wrapped: Buffer }>("select wrapped from secret where name = $1", [
    name,
  ]);
  return unwrap(under, `secret:${name}`, rows[0]?.wrapped ?? Buffer.alloc(0));
};

/** Migrates the vault at a place and opens it with the root key. */
export const openVault = async (place: Place, rootKey: RootKey, migrations: string): Promise<Vault> => {
  const under = rootKey.derive("vault");
  const epoch = await withClient(place, async (client) => {
    await migrate(client, migrations);
    return openEpoch(client, under);
  });
  const pool = openPool(place, 8);
  const cache = new LRUCache<string, Buffer>({ max: cachedKeys, ttl: cachedFor });
  const lookup = await openSecret(pool, under, "lookup");
  const hash = (kind: AddressKind, address: string) =>
    createHmac("sha256", lookup).update(`${kind}:${address}`).digest();

  const keyOf = async (subject: string): Promise<Buffer | null> => {
    const cached = cache.get(subject);
    if (cached) return cached;
    const { rows } = await pool.query<{ wrapped: Buffer }>({
      name: "key-of",
      text: "select wrapped from subject_key where subject = $1",
      values: [subject],
    });
    if (!rows[0]) return null;
    const key = unwrap(epoch, subject, rows[0].wrapped);
    cache.set(subject, key);
    return key;
  };

  return {
    async createKey(subject) {
      const key = randomBytes(keyBytes);
      await pool.query("insert into subject_key values ($1, $2, $3)", [
        subject,
        currentEpoch,
        wrap(epoch, subject, key),
      ]);
      cache.set(subject, key);
      return key;
    },
    keyOf,
    async destroyKey(subject) {
      await pool.query("delete from subject_key where subject = $1", [subject]);
      cache.delete(subject);
    },
    async claim(kind, address, subject, at) {
      const { rowCount } = await pool.query(
        "insert into address values ($1, $2, $3, $4) on conflict do nothing",
        [kind, hash(kind, address), subject, at],
      );
      return rowCount === 1;
    },
    async find(kind, address) {
      const { rows } = await pool.query<{ subject: string; claimedAt: Date }>({
        name: "find-address",
        text: `select subject, claimed_at as "claimedAt" from address where kind = $1 and hash = $2`,
        values: [kind, hash(kind, address)],
      });
      return rows[0] ?? null;
    },
    release: async (subject) => void (await pool.query("delete from address where subject = $1", [subject])),
    secret: (name) => openSecret(pool, under, name),
    journal: createJournal({ pool, keyOf, forget: (subject) => void cache.delete(subject) }),
    async recall(name) {
      const { rows } = await pool.query<{ value: string }>("select value from installation where name = $1", [
        name,
      ]);
      return rows[0]?.value ?? null;
    },
    remember: async (name, value) =>
      void (await pool.query(
        "insert into installation values ($1, $2) on conflict (name) do update set value = excluded.value",
        [name, value],
      )),
    close: () => pool.end(),
  };
};
