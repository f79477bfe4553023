// The vault: each subject's keys, the keyed hashes of addresses and the service's secrets, away from the data (K3, third wall).
import { createHmac, randomBytes, type KeyObject } from "node:crypto";
import path from "node:path";
import type pg from "pg";
import { forkGently } from "../fork-gently.ts";
import type { IsBusy } from "../load.ts";
import { openPool, withClient, type Place } from "../place.ts";
import { migrate } from "../migrate.ts";
import type { RootKey } from "../root-key.ts";
import { SealError } from "../seal.ts";
import { StartError } from "../start-error.ts";
import {
  areOlder,
  beginEpoch,
  beginHalf,
  breaksReference,
  endedOf,
  endsSome,
  newestHalf,
  openEpochs,
  peopleInEpoch,
  wrongKey,
  type Epoch,
} from "./epochs.ts";
import { halvesIn } from "./halves.ts";
import { createJournal, type Journal } from "./journal.ts";
import { createKeyCache } from "./key-cache.ts";
import { recall, remember, underRootKey } from "./remember.ts";
import type { RewrapAsked, RewrapTold } from "./rewrap-child.ts";
import { unwrap, wrap } from "./wrap.ts";

const keyBytes = 32;

/** What an address is to its person: the name to sign in with, one person's alone, or where mail reaches them. */
export type AddressKind = "user-name" | "email";

export type Vault = {
  /** Makes the subject's key; durable when the promise resolves, so that the first row under it may be written. */
  createKey(subject: string): Promise<Buffer>;
  /** The subject's key, or null when there is none (any more). */
  keyOf(subject: string): Promise<Buffer | null>;
  /** Destroys the key: nothing sealed under it opens again. */
  destroyKey(subject: string): Promise<void>;
  /** Takes an address for a subject; false when it is taken: a name by anybody, an e-mail address by this subject, or when the subject is erased. */
  claim(kind: AddressKind, address: string, subject: string, at: Date): Promise<boolean>;
  /** Whose address it is. */
  find(kind: AddressKind, address: string): Promise<{ subject: string; claimedAt: Date } | null>;
  /** Everybody whose address it is. */
  findAll(kind: AddressKind, address: string): Promise<string[]>;
  /** Lets go of one address of a subject. */
  drop(kind: AddressKind, address: string, subject: string): Promise<void>;
  /** Lets go of every address of a subject. */
  release(subject: string): Promise<void>;
  /** 32 random bytes under a name, made when first asked for. */
  secret(name: string): Promise<Buffer>;
  /** Whether keys were destroyed since the last re-wrapping, or that was cut short. */
  mustRewrap(): Promise<boolean>;
  /** Whether there is more than one half: a re-wrapping is under way, or was cut short. */
  isRewrapping(): Promise<boolean>;
  /** Brings all epochs under a new half, ends those that somebody was erased from, and destroys the old half; nobody has to wait meanwhile. */
  rewrap(isBusy: IsBusy, told?: (done: number, all: number) => void): Promise<number | null>;
  /** The root key that the vault is under now. */
  rootKey(): Promise<RootKey>;
  journal: Journal;
  /** What was remembered under a name; null when nothing was. Nothing personal is remembered. */
  recall(name: string): Promise<string | null>;
  remember(name: string, value: string): Promise<void>;
  close(): Promise<void>;
};

/** Made only while the vault is under the root key that we know: it may be exchanged in this moment. */
const makeSecret = `insert into secret select $1, $2
  where coalesce((select value from installation where name = '${underRootKey}'), $3) = $3 on conflict do nothing`;

const openSecret = async (pool: pg.Pool, rootKey: RootKey, name: string): Promise<Buffer | null> => {
  const about = `secret:${name}`;
  const under = rootKey.derive("vault");
  await pool.query(makeSecret, [name, wrap(under, about, randomBytes(keyBytes)), rootKey.id]);
  const { rows } = await pool.query<{ wrapped: Buffer }>("select wrapped from secret where name = $1", [
    name,
  ]);
  try {
    return unwrap(under, about, rows[0]?.wrapped ?? Buffer.alloc(0));
  } catch {
    return null;
  }
};

/** A wrapped key that was changed says so, and names nobody. */
const openKey = (epoch: KeyObject, subject: string, wrapped: Buffer): Buffer => {
  try {
    return unwrap(epoch, subject, wrapped);
  } catch {
    throw new SealError("a key in the vault does not open: it was changed, or belongs to somebody else");
  }
};

export type OpenVault = {
  place: Place;
  rootKey: RootKey;
  /** Reads the root key with this id, when it was exchanged since. */
  reload: (id: string) => Promise<RootKey>;
  /** Folder of the vault's migrations. */
  migrations: string;
  /** Where the halves of the epoch keys lie. */
  dataDir: string;
};

/** A name is taken before its account is made; an address for somebody who is there, and not erased in this moment. */
const claiming: Readonly<Record<AddressKind, string>> = {
  "user-name": "insert into address values ($1, $2, $3, $4) on conflict do nothing",
  email: `insert into address select $1, $2, $3, $4 from subject_key where subject = $3 for share
    on conflict do nothing`,
};

const childFile = path.join(import.meta.dirname, `rewrap-child${path.extname(import.meta.filename)}`);

/** Moves keys in a process of its own; resolves with how many were moved. */
const moveInChild = (
  { place, dataDir }: OpenVault,
  under: Buffer,
  isBusy: IsBusy,
  told: (done: number, all: number) => void,
): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const child = forkGently(childFile, isBusy);
    const end = (act: () => void): void => {
      if (child.connected) child.disconnect();
      act();
    };
    child.once("exit", (code) => reject(new Error(`the re-wrapping process ended (${String(code)})`)));
    child.on("message", (said: RewrapTold) => {
      if (said.at === "progress") told(said.done, said.all);
      if (said.at === "done") end(() => resolve(said.moved));
      if (said.at === "fault") end(() => reject(new Error(said.message)));
    });
    const { host, port, user, password, database, options, ssl } = place;
    const asked: RewrapAsked = {
      place: { host, port, user, password, database, options, ssl },
      dataDir,
      under: under.toString("hex"),
    };
    child.send(asked);
  });

/** Migrates the vault at a place and opens it with the root key. */
export const openVault = async (asked: OpenVault): Promise<Vault> => {
  const { place, reload, migrations, dataDir } = asked;
  const halves = halvesIn(dataDir);
  let { rootKey } = asked;
  const pool = openPool(place, 8);
  const cache = createKeyCache();
  /** What is under the root key is asked for seldom, and the root key may be exchanged while we run. */
  const rootNow = async (): Promise<RootKey> => {
    const id = await recall(pool, underRootKey);
    if (id === null || id === rootKey.id) return rootKey;
    const next = await reload(id);
    if (next.id !== id) throw wrongKey();
    return (rootKey = next);
  };
  const under = async (): Promise<Buffer> => (await rootNow()).derive("vault");
  /** Once more where it does not open: half or root key may have been exchanged between two looks. */
  const openThem = async (id: number | null = null): Promise<Map<number, KeyObject>> => {
    const open = async () => openEpochs(pool, await under(), halves, id);
    return open().catch(open);
  };
  const begin = async (): Promise<Epoch> =>
    beginEpoch(pool, halves, async () => {
      const now = await rootNow();
      return { id: now.id, under: now.derive("vault") };
    });
  const start = async () => {
    await withClient(place, async (client) => {
      await migrate(client, migrations);
      if ((await newestHalf(client)) === 0) await beginHalf(client, halves, 0);
    });
    const { rows } = await pool.query("select from epoch limit 1");
    // There is always one, or no root key could be told from another.
    if (rows.length === 0) await begin();
    return openThem();
  };
  const keys = await start().catch(async (fault: unknown) => {
    await pool.end();
    throw fault;
  });
  const secret = async (name: string): Promise<Buffer> => {
    // Once more, for a root key that was exchanged between the look and the making.
    const found =
      (await openSecret(pool, await rootNow(), name)) ?? (await openSecret(pool, await rootNow(), name));
    if (found) return found;
    throw new StartError(
      "vault-damaged",
      `The vault's secret "${name}" was changed and does not open. Put the newest vault back with: upheld restore --vault.`,
    );
  };
  const lookup = await secret("lookup");
  const hash = (kind: AddressKind, address: string) =>
    createHmac("sha256", lookup).update(`${kind}:${address}`).digest();
  /** Null: that epoch has ended. */
  const epochKey = async (id: number): Promise<KeyObject | null> => {
    const key = keys.get(id) ?? (await openThem(id)).get(id);
    if (key) keys.set(id, key);
    return key ?? null;
  };
  /** The epoch that people come into now; null: the next begins another. */
  let open: { epoch: Promise<Epoch>; room: number } | null = null;
  const placeForOne = async (): Promise<Epoch & { leave: () => void }> => {
    if (!open || open.room === 0) open = { epoch: begin(), room: peopleInEpoch };
    const one = open;
    one.room -= 1;
    const leave = (): void => {
      if (open === one) open = null;
    };
    try {
      return { ...(await one.epoch), leave };
    } catch (fault) {
      leave();
      throw fault;
    }
  };
  const isRewrapping = async (): Promise<boolean> => (await halves.areSeveral()) || areOlder(pool);
  const keyOf = async (subject: string): Promise<Buffer | null> => {
    const cached = cache.get(subject);
    if (cached) return cached;
    const keep = cache.reading();
    for (let before = 0; ;) {
      const { rows } = await pool.query<{ epoch: number; wrapped: Buffer }>({
        name: "key-of",
        text: "select epoch, wrapped from subject_key where subject = $1",
        values: [subject],
      });
      if (!rows[0]) return null;
      const { epoch, wrapped } = rows[0];
      const by = await epochKey(epoch);
      if (by) {
        const key = openKey(by, subject, wrapped);
        keep(subject, key);
        return key;
      }
      // Moved in between; an epoch that is gone for good would be named again.
      if (epoch === before) throw new SealError(`the vault has no epoch ${epoch}`);
      before = epoch;
    }
  };

  return {
    async createKey(subject) {
      const key = randomBytes(keyBytes);
      for (let stored = false; !stored;) {
        const epoch = await placeForOne();
        const wrapped = wrap(epoch.key, subject, key);
        stored = await pool
          .query("insert into subject_key values ($1, $2, $3)", [subject, epoch.id, wrapped])
          .then(
            () => true,
            (fault: unknown) => {
              if (!breaksReference(fault)) throw fault;
              // That epoch has ended since.
              epoch.leave();
              return false;
            },
          );
      }
      cache.add(subject, key);
      return key;
    },
    async rewrap(isBusy, told = () => undefined) {
      const moved = await moveInChild(asked, await under(), isBusy, told);
      // What wraps an epoch's key is another; the key itself is what it was, and to open all would hold people up.
      for (const id of await endedOf(pool, [...keys.keys()])) keys.delete(id);
      return moved;
    },
    isRewrapping,
    mustRewrap: async () => (await endsSome(pool)) || isRewrapping(),
    keyOf,
    async destroyKey(subject) {
      await pool.query("delete from subject_key where subject = $1", [subject]);
      cache.forget(subject);
    },
    async claim(kind, address, subject, at) {
      const { rowCount } = await pool.query(claiming[kind], [kind, hash(kind, address), subject, at]);
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
    async findAll(kind, address) {
      const { rows } = await pool.query<{ subject: string }>(
        "select subject from address where kind = $1 and hash = $2 order by claimed_at, subject",
        [kind, hash(kind, address)],
      );
      return rows.map(({ subject }) => subject);
    },
    drop: async (kind, address, subject) =>
      void (await pool.query("delete from address where kind = $1 and hash = $2 and subject = $3", [
        kind,
        hash(kind, address),
        subject,
      ])),
    release: async (subject) => void (await pool.query("delete from address where subject = $1", [subject])),
    secret,
    rootKey: rootNow,
    journal: createJournal({ pool, keyOf, forget: (subject) => cache.forget(subject) }),
    recall: (name) => recall(pool, name),
    remember: (name, value) => remember(pool, name, value),
    close: () => pool.end(),
  };
};
