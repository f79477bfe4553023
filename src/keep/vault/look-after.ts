// Looks after the vault while the service runs: re-wraps after erasures, and keeps the one copy in the second place new (K1, K4).
import { again } from "../again.ts";
import type { Clock } from "../clock.ts";
import type { CopyPlace } from "../copy-place.ts";
import type { IsBusy } from "../load.ts";
import { withClient, type Place } from "../place.ts";
import { copyVault } from "./copy.ts";
import { halvesIn } from "./halves.ts";
import type { Vault } from "./vault.ts";

export type VaultState = {
  /** Keys that are moved, and of how many, while they are being re-wrapped. */
  rewrapping: { done: number; all: number } | null;
  /** When that was last done, by the service's clock, in milliseconds. */
  rewrappedAt: number | null;
  /** The copy in the second place, and why the last attempt failed; null when there is no second place. */
  copy: { at: number | null; trouble: string | null } | null;
};

export type VaultCare = {
  lookAfter(): Promise<void>;
  state(): Promise<VaultState>;
  /** The last copy before a stop: with it the second place has all that there is. */
  copyNow(): Promise<void>;
  /** From now on, again and again; gives what stops it. */
  begin(onFault: (fault: unknown) => void): () => void;
};

type Needs = {
  vault: Vault;
  place: Place;
  dataDir: string;
  /** The second place; null: there is none. */
  copyPlace: CopyPlace | null;
  clock: Clock;
  isBusy: IsBusy;
  progress: (line: string) => void;
};

/**
 * At most once a day, since each touches every epoch: so an old copy of the vault opens people who were erased since
 * for a day at the most.
 */
const rewrapEvery = 86_400_000;
const rewrapped = "rewrapped-at";
const times = { first: 20_000, every: 10_000 };
/** A copy takes at most this share of the time. */
const share = 10;
/** Milliseconds between two lines about how far it is. */
const sayEvery = 5_000;

const whereLog = (place: Place): Promise<string> =>
  withClient(place, async (client) => {
    const { rows } = await client.query<{ at: string }>("select pg_current_wal_insert_lsn()::text as at");
    return rows[0]?.at ?? "";
  });

export const createVaultCare = ({
  vault,
  place,
  dataDir,
  copyPlace,
  clock,
  isBusy,
  progress,
}: Needs): VaultCare => {
  let copied = "";
  let notBefore = 0;
  let rewrapping: VaultState["rewrapping"] = null;
  const copy: NonNullable<VaultState["copy"]> = { at: null, trouble: null };
  let said = -Infinity;
  const tell = (done: number, all: number): void => {
    rewrapping = { done, all };
    if (performance.now() - said < sayEvery && done < all) return;
    said = performance.now();
    progress(`Re-wrapped ${done} of ${all} keys …`);
  };
  const rewrapIfDue = async (): Promise<void> => {
    if (!(await vault.mustRewrap())) return;
    const last = Number((await vault.recall(rewrapped)) ?? 0);
    const now = clock().getTime();
    if (!(await vault.isRewrapping()) && Math.abs(now - last) < rewrapEvery) return;
    const moved = await vault.rewrap(isBusy, tell).finally(() => (rewrapping = null));
    if (moved !== null) await vault.remember(rewrapped, String(now));
  };
  /** What the vault's own beat writes every minute is a change too, so a copy is at most about a minute old. */
  const copyIfChanged = async (): Promise<void> => {
    if (copyPlace === null) return;
    const at = await whereLog(place);
    if (at === copied) return;
    const began = performance.now();
    await copyVault(place, halvesIn(dataDir), await vault.rootKey(), copyPlace).catch((fault: unknown) => {
      copy.trouble = fault instanceof Error ? fault.message : String(fault);
      throw fault;
    });
    Object.assign(copy, { at: clock().getTime(), trouble: null });
    notBefore = performance.now() + share * (performance.now() - began);
    copied = at;
  };
  const lookAfter = async (): Promise<void> => {
    await rewrapIfDue();
    if (performance.now() >= notBefore) await copyIfChanged();
  };
  const state = async (): Promise<VaultState> => {
    const last = await vault.recall(rewrapped);
    const rewrappedAt = last === null ? null : Number(last);
    return { rewrapping, rewrappedAt, copy: copyPlace === null ? null : copy };
  };
  return { lookAfter, state, copyNow: copyIfChanged, begin: (onFault) => again(lookAfter, times, onFault) };
};
