// Opens all that rests: folder, root key, both databases, vault, walls and ledger, and refuses when one does not hold (K3, K6).
import path from "node:path";
import { service } from "../policy/rows.ts";
import { settleMasks, type Activated } from "./activate.ts";
import { createBackups, type BackupNeeds, type Backups } from "./backup/look-after.ts";
import { endLeftRehearsal } from "./backup/rehearse.ts";
import { finishRestore, forgetRestore, rememberOwn } from "./backup/restore.ts";
import { writeBackupState } from "./backup/state.ts";
import { buildWalls, rolesUnder } from "./build-walls.ts";
import { catchUp } from "./catch-up.ts";
import { movableClock, systemClock, clockFile, type Clock } from "./clock.ts";
import { watchClock, type ClockWatch } from "./clock-watch.ts";
import { openCluster, type Cluster } from "./cluster/open-cluster.ts";
import { openDataFolder } from "./data-folder.ts";
import { openDatabases, type Databases } from "./database.ts";
import { connect, holdDatabase, type Hold } from "./hold.ts";
import type { ForReplay, Keep, KeepOptions } from "./keep.ts";
import { lastSeenIn, remembering, type Here } from "./last-seen.ts";
import { createLedger } from "./ledger.ts";
import { placeNobody } from "./nobody.ts";
import { togetherWarnings } from "./one-cluster.ts";
import { createPieces } from "./pieces.ts";
import {
  cloneable,
  placeOfSocket,
  placeOfUrl,
  schema,
  vaultSchema,
  withClient,
  type Place,
} from "./place.ts";
import { endingsUnder, fittingEndings } from "./put-in-force.ts";
import { groups, type Group } from "./register.ts";
import { fullOnes, isNoRoom, noRoom, type Stored } from "./room-left.ts";
import { rootKeyWithId, type RootKey } from "./root-key.ts";
import { newcomerFor, restandFor, standingOf } from "./standing.ts";
import { settleExchange } from "./rotate-root-key.ts";
import { StartError } from "./start-error.ts";
import { halvesIn } from "./vault/halves.ts";
import { createVaultCare } from "./vault/look-after.ts";
import { openVault, type Vault } from "./vault/vault.ts";
import { beat, setReplayedMark } from "./witness.ts";

type Opened = { place: Place; cluster: Cluster | null };

const openPlace = async (
  options: KeepOptions,
  rootKey: RootKey,
  which: "data" | "vault",
): Promise<Opened> => {
  const url = which === "data" ? options.databaseUrl : options.vaultUrl;
  const inSchema = which === "data" ? schema : vaultSchema;
  if (url) return { place: placeOfUrl(url, inSchema), cluster: null };
  const superuserPassword = rootKey.derive(`cluster:${which}`).toString("hex");
  const dir = path.join(options.dataDir, which === "data" ? "pg" : "vault");
  const archive = which === "data" ? { archive: options.backupPlace !== null } : {};
  const cluster = await openCluster({ dir, superuserPassword, progress: options.progress, ...archive });
  return { place: placeOfSocket(cluster.socketDir, cluster.port, superuserPassword, inSchema), cluster };
};

type Lasting = Pick<Keep, "clock" | "databases" | "vault" | "bits">;

/** What hangs on the policy that runs, over what does not. */
const under = async (lasting: Lasting, inForce: Activated): Promise<ForReplay> => {
  const { clock, databases, vault, bits } = lasting;
  const { policy } = inForce.versions.running.compiled;
  const keyOf = (subject: string) => vault.keyOf(subject);
  const built = {
    ...lasting,
    endings: await endingsUnder(inForce),
    inForce,
    newcomer: newcomerFor({ inForce, bits, clock }),
    restand: restandFor({ inForce, bits, clock }),
    pieces: createPieces({
      keyOf,
      versions: inForce.versions,
      standingOf: standingOf(databases.site, { actor: service, purpose: "keep-site-running" }),
    }),
    ledger: createLedger({
      clock,
      signingSeed: await vault.secret("ledger-signing"),
      keyOf,
      policy: `${policy.policy}@${policy.version}`,
    }),
  };
  await placeNobody(built);
  return built;
};

/** Longer than any transaction runs between the note of an act and its commit. */
const underWay = 10 * 60_000;

/** The mark moves to what is older than any act that may still be under way. */
const beatOn = async (
  place: Place,
  vault: Vault,
  here: Here,
  clock: Clock,
  watch: ClockWatch,
): Promise<void> => {
  await watch.save();
  // By a clock that is ahead, an act that is under way would count as long past.
  const by = watch.isAhead() ? new Date(0) : new Date(clock().getTime() - underWay);
  const settled = await vault.journal.settledBefore(by);
  await withClient(place, async (client) => {
    await setReplayedMark(client, settled);
    await beat(client, vault, here);
  });
};

/** Ends, too, an exchange of the root key that was cut short. */
const openVaultFor = async (options: KeepOptions, place: Place, rootKey: RootKey): Promise<Vault> => {
  const { dataDir, rootKeyFile } = options;
  await halvesIn(dataDir).settle();
  const vault = await openVault({
    place,
    rootKey,
    reload: (id) => rootKeyWithId(rootKeyFile, id),
    migrations: path.join(options.migrations, "../vault/migrations"),
    dataDir,
  });
  await settleExchange(place, dataDir, rootKeyFile);
  return vault;
};

const backupsOf = async (
  options: KeepOptions,
  { place, cluster }: Opened,
  vault: Vault,
  needs: Pick<BackupNeeds, "days" | "clock" | "isAhead" | "endLeftOver" | "isBusy">,
): Promise<Backups | null> => {
  const { dataDir, backupPlace, progress } = options;
  // What comes now is in no copy that there is: the next one has to be a whole one.
  if (backupPlace === null) await writeBackupState(dataDir, { base: null });
  if (backupPlace === null || !cluster?.spool) return null;
  const { dataDir: clusterDir, spool } = cluster;
  const key = await vault.secret("backup");
  return createBackups({ ...needs, place, dataDir, clusterDir, spool, backupPlace, key, progress });
};

const storedOf = (data: Cluster | null, vault: Cluster | null): Stored[] => [
  ...(data ? [{ name: "the database", folder: data.dataDir }] : []),
  ...(vault ? [{ name: "the vault", folder: vault.dataDir }] : []),
];

const closing = (steps: (() => Promise<unknown>)[]) => async (): Promise<void> => {
  for (const step of steps) await step().catch(() => undefined);
};

const openWith = async (
  options: KeepOptions,
  opened: {
    data: Opened;
    vault: Opened;
    hold: Hold;
    rootKey: RootKey;
    clock: Clock;
    movable: boolean;
  },
): Promise<Keep> => {
  const { data, hold, rootKey, clock, movable } = opened;
  const vaultWatch = await holdDatabase(opened.vault.place, options.dataDir, "vault");
  const here = lastSeenIn(options.dataDir);
  const endLeftOver = () =>
    endLeftRehearsal({ dataDir: options.dataDir, vaultPlace: opened.vault.place, rootKey });
  const opening = async (): Promise<{ vault: Vault; clockWatch: ClockWatch }> => {
    if (data.cluster) {
      await forgetRestore(options.dataDir, rootKey.derive("cluster:data").toString("hex"));
      await endLeftOver();
    }
    const made = remembering(await openVaultFor(options, opened.vault.place, rootKey), here);
    try {
      return { vault: made, clockWatch: await watchClock({ vault: made, clock, movable }) };
    } catch (fault) {
      await made.close();
      throw fault;
    }
  };
  const { vault, clockWatch } = await opening().catch(async (fault: unknown) => {
    await vaultWatch.release();
    throw fault;
  });
  const together = await togetherWarnings(data.place, opened.vault.place);
  for (const line of together) options.progress(line);
  const client = await connect(data.place, "database");
  let databases: Databases | null = null;
  try {
    const roles = rolesUnder(rootKey, data.place);
    const { bits, inForce } = await buildWalls(options, client, { clock, roles, keyId: rootKey.id });
    databases = openDatabases({ place: data.place, passwordOf: roles.passwordOf, bits });
    const lasting = { clock, databases, vault, bits };
    const built = await under(lasting, inForce);
    const replays = options.replays(built);
    await catchUp({
      ...built,
      client,
      here,
      replays,
      progress: options.progress,
      isAhead: () => clockWatch.isAhead(),
    });
    if (data.cluster) await rememberOwn(vault, data.cluster.dataDir);
    const vaultCare = createVaultCare({
      vault,
      place: opened.vault.place,
      dataDir: options.dataDir,
      copyPlace: options.vaultCopyPlace,
      clock,
      isBusy: databases.end.isBusy,
      progress: options.progress,
    });
    const clusters = [data.cluster, opened.vault.cluster].filter((cluster) => cluster !== null);
    const running = { policy: inForce.versions.running.compiled.policy };
    const keep: Keep = {
      ...built,
      threads: {
        place: cloneable(data.place),
        keyId: rootKey.id,
        passwords: Object.fromEntries(groups.map((group) => [group, roles.passwordOf(group)])) as Record<
          Group,
          string
        >,
      },
      async under(put) {
        // A bit is given once and for ever, so the record of them only grows.
        Object.assign(bits, put.bits);
        const next = await under(lasting, put.inForce);
        running.policy = put.inForce.versions.running.compiled.policy;
        const settle = () =>
          withClient(data.place, (migrating) => settleMasks(migrating, put.inForce, { bits }));
        return { ...keep, ...next, settle };
      },
      settle: () => Promise.resolve(),
      beat: () => beatOn(data.place, vault, here, clock, clockWatch),
      vaultCare,
      clockWatch,
      together,
      stored: storedOf(data.cluster, opened.vault.cluster),
      backups: await backupsOf(options, data, vault, {
        days: () => running.policy.backup?.days ?? null,
        clock,
        isAhead: () => clockWatch.isAhead(),
        endLeftOver,
        isBusy: databases.end.isBusy,
      }),
      onLost(act) {
        hold.onLost(() => act("database"));
        data.cluster?.onExit(() => act("database"));
        vaultWatch.onLost(() => act("vault"));
        opened.vault.cluster?.onExit(() => act("vault"));
      },
      close: closing([
        () => lasting.databases.close(),
        () => beatOn(data.place, vault, here, clock, clockWatch),
        () => vaultCare.copyNow(),
        () => vault.close(),
        () => vaultWatch.release(),
        () => hold.release(),
        () => Promise.all(clusters.map((cluster) => cluster.stop())),
      ]),
    };
    return keep;
  } catch (fault) {
    await databases?.close();
    await vault.close();
    await vaultWatch.release();
    throw fault;
  } finally {
    await client.end();
  }
};

/** Opens everything, or closes again what it had opened and throws a {@link StartError} that says what to do. */
export const openKeep = async (options: KeepOptions): Promise<Keep> => {
  fittingEndings(options.policy.compiled);
  const folder = await openDataFolder(options.dataDir, options.rootKeyFile, options.env);
  const { rootKey } = folder;
  const clock = folder.movableClock ? movableClock(path.join(options.dataDir, clockFile)) : systemClock;
  if (!options.databaseUrl) await finishRestore(options.dataDir);
  const both = await Promise.allSettled([
    openPlace(options, rootKey, "data"),
    openPlace(options, rootKey, "vault"),
  ]);
  const [dataCluster, vaultCluster] = both.map((one) =>
    one.status === "fulfilled" ? one.value.cluster : null,
  );
  const clusters = [dataCluster, vaultCluster].flatMap((cluster) => cluster ?? []);
  let hold: Hold | null = null;
  try {
    const [data, vault] = both.map((one) => {
      if (one.status === "rejected") throw one.reason;
      return one.value;
    });
    if (!data || !vault) throw new Error("a database was not opened");
    hold = await holdDatabase(data.place, options.dataDir);
    return await openWith(options, { data, vault, hold, rootKey, clock, movable: folder.movableClock });
  } catch (fault) {
    const heldByAnother = fault instanceof StartError && fault.code === "folder-held";
    await hold?.release();
    const full = isNoRoom(fault)
      ? noRoom(await fullOnes(storedOf(dataCluster ?? null, vaultCluster ?? null)))
      : null;
    if (heldByAnother) for (const cluster of clusters) cluster.leave();
    else await Promise.all(clusters.map((cluster) => cluster.stop()));
    throw full ?? fault;
  }
};
