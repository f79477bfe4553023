// What a command has started it stops again, unless a service has begun to use it meanwhile (K1).
import type { Cluster } from "./cluster/open-cluster.ts";
import { holdAtOnce } from "./hold.ts";
import type { Place } from "./place.ts";

/** @param place the cluster's own database, as its superuser */
export const letGo = async (cluster: Cluster, place: Place, what: "database" | "vault"): Promise<void> => {
  if (cluster.adopted) return cluster.leave();
  const hold = await holdAtOnce(place, what);
  if (!hold) return cluster.leave();
  // Held until it is gone, so that a service that starts in this moment waits, and then starts one of its own.
  await cluster.stop();
  await hold.release();
};
