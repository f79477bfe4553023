// Removes a cluster that a killed restore or rehearsal left, and the server that may still be at work on it (K1).
import { rm } from "node:fs/promises";
import path from "node:path";
import { isRunning, removeCluster } from "../cluster/draft.ts";
import { openCluster } from "../cluster/open-cluster.ts";
import { whereDataIs } from "../cluster/place.ts";
import { givenFolder } from "./give-log.ts";

/** Nobody may be at it any more. */
export const clearAway = async (dir: string, superuserPassword: string): Promise<void> => {
  // A recovery that waits for its next piece of the log ends when the folder is gone that it comes from.
  await rm(path.join(path.dirname(await whereDataIs(dir)), givenFolder), { recursive: true, force: true });
  if (await isRunning(dir)) {
    const left = await openCluster({ dir, superuserPassword, progress: () => undefined }).catch(() => null);
    await left?.stop();
  }
  await removeCluster(dir);
};
