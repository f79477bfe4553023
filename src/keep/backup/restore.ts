// Puts the data back as it was at a moment; what it undoes is replayed when the service starts next (K1, K4).
import path from "node:path";
import { finishTakingPlace, isRunning, takePlaceOf } from "../cluster/draft.ts";
import { openCluster } from "../cluster/open-cluster.ts";
import { whereDataIs } from "../cluster/place.ts";
import { systemIdentifier } from "../cluster/system-identifier.ts";
import { holdDatabase } from "../hold.ts";
import { placeOfSocket } from "../place.ts";
import { StartError } from "../start-error.ts";
import type { Vault } from "../vault/vault.ts";
import { clearAway } from "./clear-away.ts";
import { asidePrefix } from "./look-after.ts";
import { recover } from "./recover.ts";
import type { CopyPlace } from "../copy-place.ts";
import { shipLog } from "./ship-log.ts";
import { openStore, type Store } from "./store.ts";
import { withVault, type VaultOptions } from "./with-vault.ts";

export type RestoreOptions = VaultOptions & {
  backupPlace: CopyPlace;
  /** The moment, by the machine's clock; null: as far as the log goes. */
  to: Date | null;
};

export type Restored = { base: string; segments: number; seconds: number; aside: string };

const draftName = "pg-restoring";

/** Ends the exchange of a restore that was killed in the midst of it; to be done before the data is opened. */
export const finishRestore = (dataDir: string): Promise<void> =>
  finishTakingPlace(path.join(dataDir, draftName), path.join(dataDir, "pg"));

/** Removes what a restore left that was killed before it was done. Nobody may be restoring. */
export const forgetRestore = (dataDir: string, superuserPassword: string): Promise<void> =>
  clearAway(path.join(dataDir, draftName), superuserPassword);

/** Ends a PostgreSQL that was left running; refuses while an Upheld is using it. */
const endLeftOver = async (dir: string, superuserPassword: string, dataDir: string): Promise<void> => {
  if (!(await isRunning(dir))) return;
  const cluster = await openCluster({ dir, superuserPassword, progress: () => undefined });
  const place = placeOfSocket(cluster.socketDir, cluster.port, superuserPassword);
  try {
    await (await holdDatabase(place, dataDir)).release();
  } catch (fault) {
    cluster.leave();
    throw fault;
  }
  await cluster.stop();
};

/** Under this name the vault remembers which database its data is. */
const ownName = "data-system";

/** To be called once it is known that this data belongs to this vault. */
export const rememberOwn = async (vault: Vault, clusterDir: string): Promise<void> => {
  const id = await systemIdentifier(clusterDir);
  if ((await vault.recall(ownName)) !== id) await vault.remember(ownName, id);
};

/**
 * Whether the cluster of `dir` is the one whose copies these are: a start that missed its data has made an empty one, whose
 * log has the same names.
 */
const isOwn = async (vault: Vault, dir: string): Promise<boolean> => {
  const own = await vault.recall(ownName);
  const id = await systemIdentifier(await whereDataIs(dir)).catch(() => null);
  // Of damaged files, what waits beside them is the newest there is.
  return own === null || id === null || id === own;
};

/** What was not taken to the backup place yet is the newest there is; a place that is full must not stop a restore. */
const shipWaiting = (dir: string, store: Store, progress: (line: string) => void): Promise<unknown> =>
  shipLog(path.join(dir, "spool"), store).catch((fault: unknown) => {
    if (!(fault instanceof StartError)) throw fault;
    progress(`${fault.message} Going on with what waits beside the data.`);
  });

/** Where the cluster of `dir` keeps its spool and its log. */
const besides = async (dir: string): Promise<{ place: string; log: string }> => {
  const dataDir = await whereDataIs(dir);
  return { place: path.dirname(dataDir), log: path.join(dataDir, "pg_wal") };
};

/** Restores beside the data that is there, and then exchanges the two; what was there is kept, and ends as copies do. */
export const restore = async (options: RestoreOptions): Promise<Restored> => {
  const { dataDir, backupPlace, to, progress } = options;
  const began = performance.now();
  return withVault(options, async ({ vault, vaultPlace, rootKey }) => {
    const hold = await holdDatabase(vaultPlace, dataDir, "vault");
    try {
      const superuserPassword = rootKey.derive("cluster:data").toString("hex");
      const current = path.join(dataDir, "pg");
      await finishRestore(dataDir);
      await endLeftOver(current, superuserPassword, dataDir);
      const store = openStore(backupPlace, await vault.secret("backup"));
      const old = await besides(current);
      const own = await isOwn(vault, current);
      if (own) await shipWaiting(old.place, store, progress);
      const dir = path.join(dataDir, draftName);
      await clearAway(dir, superuserPassword);
      const beside = own ? [path.join(old.place, "spool"), old.log] : [];
      const done = await recover({
        dir,
        superuserPassword,
        store,
        to,
        beside,
        archive: true,
        progress,
      });
      await done.cluster.stop();
      const aside = path.join(dataDir, `${asidePrefix}${Date.now()}`);
      await takePlaceOf(dir, current, aside);
      const seconds = (performance.now() - began) / 1000;
      return { base: done.base.at, segments: done.segments, seconds, aside };
    } finally {
      await hold.release();
    }
  });
};
