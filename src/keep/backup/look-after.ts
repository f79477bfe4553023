// Looks after the copies of the data while the service runs: takes the log away, makes base copies, ends old ones (K1, K2).
import { readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { again } from "../again.ts";
import type { Clock } from "../clock.ts";
import { removeCluster } from "../cluster/draft.ts";
import type { IsBusy } from "../load.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import type { Place } from "../place.ts";
import { StartError } from "../start-error.ts";
import { takeBase, type Manifest } from "./base-copy.ts";
import { prune } from "./prune.ts";
import { shipLog, waitingIn } from "./ship-log.ts";
import { readBackupState, writeBackupState } from "./state.ts";
import type { CopyPlace } from "../copy-place.ts";
import { openStore } from "./store.ts";

export type BackupNeeds = {
  /** The data cluster, as its superuser. */
  place: Place;
  /** The folder of Upheld's data, and the cluster's own within it. */
  dataDir: string;
  clusterDir: string;
  spool: string;
  backupPlace: CopyPlace;
  /** 32 bytes, from the vault. */
  key: Buffer;
  /** How long the policy lets copies be kept, in days; null: it does not say. */
  days: () => number | null;
  clock: Clock;
  /** Whether the clock is ahead of what can be believed: then nothing is ended by it. */
  isAhead: () => boolean;
  /** Ends what a killed rehearsal left. */
  endLeftOver: () => Promise<void>;
  isBusy: IsBusy;
  progress: (line: string) => void;
};

export type Backups = {
  /** Takes what waits to the backup place, makes a copy when one is due, and ends old ones. Never two at once. */
  lookAfter(): Promise<void>;
  /** Looks after them from now on, again and again; gives what stops it. */
  begin(onFault: (fault: unknown) => void): () => void;
  /** A copy now. */
  takeNow(): Promise<Manifest>;
};

const dayInMs = 86_400_000;
/** How often old copies are looked for, and whether one is due. */
const lookEvery = dayInMs / 24;
/** After one that failed: the next attempt may be as long, and fail as late. */
const retryAfter = lookEvery / 12;

/** In milliseconds: between two looks at the spool, and from the start until the first. */
const tendEvery = 5_000;
const firstAfter = 30_000;

/** Where a restore leaves the data that it replaced. */
export const asidePrefix = "pg-before-";

/** Data that a restore replaced ends as copies do: it is one. */
const endReplaced = async ({ dataDir, clock, days: lasting, isAhead }: BackupNeeds): Promise<void> => {
  const days = lasting();
  if (days === null || isAhead()) return;
  for (const name of await readdir(dataDir)) {
    const at = name.startsWith(asidePrefix) ? Number(name.slice(asidePrefix.length)) : Number.NaN;
    if (clock().getTime() - at > days * dayInMs) await removeCluster(path.join(dataDir, name));
  }
};

const told = async (needs: BackupNeeds, trouble: unknown): Promise<void> =>
  writeBackupState(needs.dataDir, {
    trouble: trouble instanceof Error ? trouble.message : String(trouble),
    log: { ...(await readBackupState(needs.dataDir)).log, waiting: (await waitingIn(needs.spool)).length },
  });

export const createBackups = (needs: BackupNeeds): Backups => {
  const { place, dataDir, clusterDir, spool, backupPlace, key, days, clock } = needs;
  const store = openStore(backupPlace, key);
  let ended = -Infinity;
  /** Whether looking for old copies, or making a new one, failed last time: what was said of that stands until it is done. */
  let owed = false;
  const ship = async (): Promise<void> => {
    const taken = await shipLog(spool, store);
    const { log, trouble } = await readBackupState(dataDir);
    if (taken === 0 && log.waiting === 0) return;
    await writeBackupState(dataDir, {
      log: { at: clock().toISOString(), waiting: 0 },
      trouble: owed ? trouble : null,
    });
  };
  /** A large copy takes minutes, for which the log does not wait; what fails of it is tried again, and said, after the copy. */
  const shippingMeanwhile = async <T>(copying: Promise<T>): Promise<T> => {
    const over = new AbortController();
    const shipping = (async () => {
      while (!over.signal.aborted) {
        await sleep(tendEvery, undefined, { signal: over.signal }).catch(() => undefined);
        if (!over.signal.aborted) await ship().catch(() => undefined);
      }
    })();
    try {
      return await copying;
    } finally {
      over.abort();
      await shipping;
    }
  };
  const take = async (fast: boolean): Promise<Manifest> => {
    const base = await shippingMeanwhile(takeBase({ ...needs, dataDir: clusterDir, store, fast }));
    await ship();
    const { id, at, bytes, sealed, seconds } = base;
    owed = false;
    await writeBackupState(dataDir, { base: { id, at, bytes, sealed, seconds }, trouble: null });
    return base;
  };
  const end = async (): Promise<Manifest[]> => {
    const kept = await prune(store, clock(), needs.isAhead() ? null : days());
    await endReplaced(needs);
    await needs.endLeftOver();
    const keepsVersions = await store.keepsVersions();
    await writeBackupState(dataDir, {
      kept: { count: kept.length, since: kept[0]?.from ?? null },
      keepsVersions,
    });
    return kept;
  };
  const every = (): number => Math.min(dayInMs, ((days() ?? 2) * dayInMs) / 2);
  /** Where the log was not archived for a while, no older copy reaches beyond that gap: then none is known. */
  const isDue = async (newest: Manifest | undefined): Promise<boolean> =>
    (await readBackupState(dataDir)).base === null ||
    !newest ||
    Math.abs(clock().getTime() - new Date(newest.at).getTime()) > every();
  const guarded = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (fault) {
      await told(needs, fault).catch(() => undefined);
      throw fault;
    }
  };
  const round = async (): Promise<void> => {
    await ship();
    const now = clock().getTime();
    if (Math.abs(now - ended) < lookEvery) return;
    ended = now - lookEvery + retryAfter;
    owed = true;
    const kept = await end();
    if (await isDue(kept.at(-1))) {
      await take(false);
      await end();
    }
    ended = now;
    owed = false;
    await writeBackupState(dataDir, { trouble: null });
  };
  const nothingToDo = async (): Promise<boolean> =>
    Math.abs(clock().getTime() - ended) < lookEvery && (await waitingIn(spool)).length === 0;
  const lookAfter = (): Promise<void> =>
    guarded(async () => {
      if (!(await nothingToDo())) await oneAtATime(place, "copies", false, round);
    });
  return {
    lookAfter,
    begin: (onFault) => again(lookAfter, { first: firstAfter, every: tendEvery }, onFault),
    takeNow: () =>
      guarded(async () => {
        const base = await oneAtATime(place, "copies", true, async () => {
          const taken = await take(true);
          await end();
          return taken;
        });
        if (!base) throw new StartError("backup-place", "Another copy is being made. Try again later.");
        return base;
      }),
  };
};
