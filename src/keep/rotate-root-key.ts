// Exchanges the root key while the service runs: the vault's own keys are wrapped anew, in one transaction (K3).
import type pg from "pg";
import { expectRootKey, isExchanging, openDataFolder, settleDataFolder } from "./data-folder.ts";
import { withClient, type Place } from "./place.ts";
import { makeNextRootKey, type RootKey, type RootKeySource } from "./root-key.ts";
import { rewrapEpochs } from "./vault/epochs.ts";
import { halvesIn } from "./vault/halves.ts";
import { recall, remember, underRootKey } from "./vault/remember.ts";
import { rewrapLock } from "./vault/rewrap.ts";
import { unwrap, wrap } from "./vault/wrap.ts";

type Rotate = {
  vaultPlace: Place;
  dataDir: string;
  source: RootKeySource;
  env: "production" | "test";
};

const underNow = (client: pg.Client): Promise<string | null> => recall(client, underRootKey);

/** Nobody else exchanges the root key, or re-wraps keys, meanwhile. */
const locked = <T>(place: Place, act: (client: pg.Client) => Promise<T>): Promise<T> =>
  withClient(place, async (client) => {
    await client.query("select pg_advisory_lock($1)", [rewrapLock]);
    return act(client);
  });

/** Ends an exchange that was cut short, forwards or backwards, by what the vault says; nothing where there was none. */
export const settleExchange = async (place: Place, dataDir: string, source: RootKeySource): Promise<void> => {
  if (!(await isExchanging(dataDir))) return;
  await locked(place, async (client) => settleDataFolder(dataDir, source, await underNow(client)));
};

const rewrapSecrets = async (client: pg.Client, under: Buffer, next: Buffer): Promise<void> => {
  const { rows } = await client.query<{ name: string; wrapped: Buffer }>("select name, wrapped from secret");
  for (const { name, wrapped } of rows) {
    const about = `secret:${name}`;
    await client.query("update secret set wrapped = $2 where name = $1", [
      name,
      wrap(next, about, unwrap(under, about, wrapped)),
    ]);
  }
};

/** All that is under the root key, or none of it. Secrets that are made meanwhile wait. */
const putUnder = async (client: pg.Client, dataDir: string, now: RootKey, next: RootKey): Promise<void> => {
  const [under, over] = [now.derive("vault"), next.derive("vault")];
  await client.query("begin");
  await client.query("lock table secret, epoch in share row exclusive mode");
  await rewrapEpochs(client, under, over, halvesIn(dataDir));
  await rewrapSecrets(client, under, over);
  await remember(client, underRootKey, next.id);
  await client.query("commit");
};

/**
 * Puts the vault under a new root key. Killed at any moment, the next start ends it, forwards or backwards.
 * @returns the new key's id
 */
export const rotateRootKey = async ({ vaultPlace, dataDir, source, env }: Rotate): Promise<string> =>
  locked(vaultPlace, async (client) => {
    await settleDataFolder(dataDir, source, await underNow(client));
    const { rootKey: now } = await openDataFolder(dataDir, source, env);
    const next = await makeNextRootKey(source);
    await expectRootKey(dataDir, now, next);
    await putUnder(client, dataDir, now, next);
    await settleDataFolder(dataDir, source, next.id);
    return next.id;
  });
