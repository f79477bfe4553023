// From a base copy and the log to a running cluster as it was at a moment (K1).
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cannotOpen } from "../cluster/cannot-open.ts";
import { draftCluster, removeCluster, type Draft } from "../cluster/draft.ts";
import { openCluster, type Cluster } from "../cluster/open-cluster.ts";
import { placeOfSocket, withClient, type Place } from "../place.ts";
import { StartError } from "../start-error.ts";
import { listBases, type Manifest } from "./base-copy.ts";
import { unpackFolder } from "./bundle.ts";
import { giveLog, restoreCommand } from "./give-log.ts";
import type { Store } from "./store.ts";

export type Recover = {
  /** Where the cluster is to be made; must not be there. */
  dir: string;
  superuserPassword: string;
  store: Store;
  /** The moment, by the machine's clock; null: as far as the log goes. */
  to: Date | null;
  /** Folders with pieces of the log that are not in the backup place yet. */
  beside: readonly string[];
  /** Whether its own log is archived from then on. */
  archive: boolean;
  progress: (line: string) => void;
};

export type Recovered = { cluster: Cluster; place: Place; base: Manifest; segments: number };

/** The newest copy that is from before the moment. */
const baseFor = async (store: Store, to: Date | null): Promise<Manifest> => {
  const bases = await listBases(store);
  const found = bases.findLast(({ from }) => to === null || new Date(from) <= to);
  if (found) return found;
  const first = bases[0];
  throw new StartError(
    "no-backup",
    first
      ? `The oldest copy in ${store.name} can be restored to ${first.from} and later. Ask for a moment after that.`
      : `There is no base copy in ${store.name}. Name the backup place with UPHELD_BACKUP.`,
  );
};

const sayEvery = 256e6;

const fill = async ({ store, progress }: Recover, base: Manifest, draft: Draft): Promise<void> => {
  let bytes = 0;
  let said = 0;
  await unpackFolder(store.get("base", base.id), draft.dataDir, (more) => {
    bytes += more;
    if (bytes - said < sayEvery) return;
    said = bytes;
    progress(`Unpacked ${Math.round(bytes / 1e6)} of ${Math.round(base.bytes / 1e6)} MB …`);
  });
  await writeFile(path.join(draft.dataDir, "recovery.signal"), "");
};

const settingsFor = ({ to }: Recover): Record<string, string> => ({
  restore_command: restoreCommand,
  recovery_target_timeline: "latest",
  recovery_target_action: "promote",
  ...(to === null ? {} : { recovery_target_time: to.toISOString().replace("Z", "+00") }),
});

const isRecovering = (place: Place): Promise<boolean> =>
  withClient(place, async (client) => {
    const { rows } = await client.query<{ busy: boolean }>("select pg_is_in_recovery() as busy");
    return rows[0]?.busy ?? true;
  });

/** Milliseconds in which a server that no longer answers has ended, and said why. */
const untilEnded = 10_000;

/**
 * It answers before it has recovered, and may still give up then: whoever asks in that moment is cut off (ECONNRESET),
 * and is told why it ended instead.
 */
const untilRecovered = async (cluster: Cluster, place: Place): Promise<void> => {
  try {
    while (await isRecovering(place)) await sleep(20);
  } catch (fault) {
    const why = await Promise.race([cluster.ended, sleep(untilEnded, null, { ref: false })]);
    throw why === null
      ? fault
      : cannotOpen(`The database ended while it recovered: ${why}.`, { cause: fault });
  }
};

const beyond = (fault: unknown, { to }: Recover): unknown =>
  to !== null && fault instanceof Error && fault.message.includes("before configured recovery target")
    ? new StartError(
        "no-backup",
        `The log in the backup place ends before ${to.toISOString()}. Ask for an earlier moment, or leave --to out to go as far as it reaches.`,
      )
    : fault;

/** Makes the cluster, lets it recover, and hands it over running; nothing of it is left when that fails. */
export const recover = async (asked: Recover): Promise<Recovered> => {
  const { dir, superuserPassword, store, progress } = asked;
  const base = await baseFor(store, asked.to);
  progress(`Unpacking the base copy of ${base.at} …`);
  const draft = await draftCluster(dir, (made) => fill(asked, base, made), progress);
  let segments = 0;
  const giving = await giveLog({
    draft,
    store,
    first: base.needs,
    beside: asked.beside,
    given(name) {
      segments += 1;
      if (segments % 20 === 0) progress(`Replaying the log: ${name} …`);
    },
  });
  const { archive } = asked;
  const opening = openCluster({ dir, superuserPassword, progress, archive, settings: settingsFor(asked) });
  try {
    const cluster = await Promise.race([opening, giving.failed]);
    const place = placeOfSocket(cluster.socketDir, cluster.port, superuserPassword);
    await Promise.race([untilRecovered(cluster, place), giving.failed]);
    await giving.stop();
    return { cluster, place, base, segments };
  } catch (fault) {
    await giving.stop();
    await opening.then(
      (cluster) => cluster.stop(),
      () => undefined,
    );
    await removeCluster(dir);
    throw beyond(fault, asked);
  } finally {
    await giving.stop();
  }
};
