// Opens a PostgreSQL of our own in a folder: makes it the first time, starts it, or takes over one left running.
import { join, resolve } from "node:path";
import { accountFor } from "./account.ts";
import { archiveSettings, spoolIn } from "./archive.ts";
import { initialiseOnce } from "./initialise.ts";
import { outsideFor, usualOutside } from "./lead-outside.ts";
import { placeFor, whereDataIs } from "./place.ts";
import { installedPrograms, reachablePrograms } from "./programs.ts";
import { findRunning } from "./find-running.ts";
import { removeOldSocketFolders } from "./launch.ts";
import { stopper } from "./stop.ts";
import { watchEnd } from "./watch-end.ts";

export type Cluster = {
  /** The folder of the unix socket: what `pg` takes as `host`. */
  socketDir: string;
  port: number;
  user: "postgres";
  /** The folder of the database's own files (PGDATA). */
  dataDir: string;
  /** The folder into which finished pieces of the log are copied, for whoever takes them to the backup place. */
  spool: string | null;
  /** True when the server was running already: left by a killed Upheld, or in the hands of a living one. */
  adopted: boolean;
  /** Ends the server in good order and resolves when it is gone. A second call waits for the same end. */
  stop: () => Promise<void>;
  /** Stops watching and leaves the server running, for one who finds that another Upheld is using it. */
  leave: () => void;
  /** Why the server ended, in its own last words; never resolves for one that another process started. */
  ended: Promise<string>;
  /** Calls back once if the server ends other than by `stop`. */
  onExit: (cb: () => void) => void;
};

export type ClusterOptions = {
  /** The cluster's folder, made if need be. All of it is the cluster's. */
  dir: string;
  superuserPassword: string;
  /** Is called with a line for people, when something takes long. */
  progress: (line: string) => void;
  /** PostgreSQL settings beside ours. They can't open a port nor make the log say more. */
  settings?: Record<string, string>;
  /**
   * Whether the log is archived. Left out: as it was, so that no command that opens the cluster leaves a gap.
   */
  archive?: boolean;
  /** Where a cluster goes, and PostgreSQL's programs, that the database's user can't reach where they are. */
  outside?: string;
};

/**
 * Resolves when the server answers. It never ends a server that is running: whether a living Upheld has it is for
 * the caller to find out, by an advisory lock, and then to `leave` it.
 * Throws errors of one sentence that are meant for people and hold no value of the data.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { superuserPassword: password, progress } = options;
  const dir = resolve(options.dir);
  const account = await accountFor(await whereDataIs(dir));
  const outside = options.outside ?? (await outsideFor(dir));
  const place = await placeFor(dir, { folder: outside, account, progress });
  const programs = await reachablePrograms(
    await installedPrograms(),
    account,
    options.outside ?? usualOutside,
  );
  const began = Date.now();
  if (await initialiseOnce(place, programs, account, password)) {
    progress(`Made a new database in ${place} (${((Date.now() - began) / 1000).toFixed(1)} s).`);
  }
  const spool = await spoolIn(place, account, options.archive);
  const settings = { ...options.settings, ...(spool === null ? {} : archiveSettings) };
  const running = await findRunning({ place, programs, account, password, progress, settings });
  await removeOldSocketFolders(place, running.socketDir);
  const dataDir = join(place, "cluster");
  const end = watchEnd(running, dataDir);
  return {
    socketDir: running.socketDir,
    port: running.port,
    user: "postgres",
    dataDir,
    spool,
    adopted: running.launched === undefined,
    stop: stopper({ running, dataDir, programs, account, end }),
    leave: end.ignore,
    ended: running.launched?.ended ?? new Promise<never>(() => undefined),
    onExit: end.onExit,
  };
}
