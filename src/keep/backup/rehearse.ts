// Rehearses a restore: into a place of its own, started, looked at, and removed; the service goes on meanwhile (K1).
import { stat } from "node:fs/promises";
import path from "node:path";
import { removeCluster } from "../cluster/draft.ts";
import { createLedger } from "../ledger.ts";
import { systemClock, type Clock } from "../clock.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { withClient, type Place } from "../place.ts";
import type { RootKey } from "../root-key.ts";
import { StartError } from "../start-error.ts";
import type { Vault } from "../vault/vault.ts";
import { checkRestored, type Checked } from "./check-restored.ts";
import { clearAway } from "./clear-away.ts";
import { recover } from "./recover.ts";
import type { CopyPlace } from "../copy-place.ts";
import { writeBackupState } from "./state.ts";
import { openStore } from "./store.ts";

export type Rehearsed = Checked & { base: string; segments: number; seconds: number };

type Rehearse = {
  dataDir: string;
  backupPlace: CopyPlace;
  vault: Vault;
  /** Holds the lock of rehearsals: the vault runs while one does. */
  vaultPlace: Place;
  rootKey: RootKey;
  to: Date | null;
  clock: Clock;
  progress: (line: string) => void;
};

const scratchName = "pg-rehearsal";

const passwordOf = (rootKey: RootKey): string => rootKey.derive("cluster:data").toString("hex");

const scratchIn = (dataDir: string): string => path.join(dataDir, scratchName);

/** Ends the server that a killed rehearsal left, and removes its files; one that is under way is let be. */
export const endLeftRehearsal = async ({
  dataDir,
  vaultPlace,
  rootKey,
}: Pick<Rehearse, "dataDir" | "vaultPlace" | "rootKey">): Promise<void> => {
  const dir = scratchIn(dataDir);
  if ((await stat(dir).catch(() => undefined)) === undefined) return;
  await oneAtATime(vaultPlace, "rehearsal", false, () => clearAway(dir, passwordOf(rootKey)));
};

const publicKeyOf = async (vault: Vault): Promise<string> =>
  createLedger({
    clock: systemClock,
    signingSeed: await vault.secret("ledger-signing"),
    keyOf: () => Promise.resolve(null),
    policy: "",
  }).publicKey;

const carryOut = async (asked: Rehearse): Promise<Rehearsed> => {
  const { dataDir, backupPlace, vault, rootKey, to, progress } = asked;
  const began = performance.now();
  const superuserPassword = passwordOf(rootKey);
  const dir = scratchIn(dataDir);
  await clearAway(dir, superuserPassword);
  const store = openStore(backupPlace, await vault.secret("backup"));
  const done = await recover({ dir, superuserPassword, store, to, beside: [], archive: false, progress });
  try {
    progress("Reading all of it …");
    const publicKey = await publicKeyOf(vault);
    const keyOf = (subject: string) => vault.keyOf(subject);
    const checked = await withClient(done.place, (client) => checkRestored({ client, keyOf, publicKey }));
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    return { ...checked, base: done.base.at, segments: done.segments, seconds };
  } finally {
    await done.cluster.stop();
    await removeCluster(dir);
  }
};

const carryOutAndNote = async (asked: Rehearse): Promise<Rehearsed> => {
  const began = performance.now();
  const note = (ok: boolean, says: string): Promise<void> =>
    writeBackupState(asked.dataDir, {
      rehearsal: {
        at: asked.clock().toISOString(),
        ok,
        seconds: Math.round((performance.now() - began) / 100) / 10,
        says,
      },
    });
  try {
    const rehearsed = await carryOut(asked);
    await note(rehearsed.faults.length === 0, rehearsed.faults[0] ?? `${rehearsed.rows} rows, all whole`);
    return rehearsed;
  } catch (fault) {
    await note(false, fault instanceof Error ? fault.message : "unknown");
    throw fault;
  }
};

/**
 * Restores, checks and reports; what came of it is kept for the desk, also when it failed.
 * @throws StartError when another rehearsal is under way
 */
export const rehearse = async (asked: Rehearse): Promise<Rehearsed> => {
  const rehearsed = await oneAtATime(asked.vaultPlace, "rehearsal", false, () => carryOutAndNote(asked));
  if (rehearsed) return rehearsed;
  throw new StartError("folder-held", "Another rehearsal is under way on this data. Let it end first.");
};
