// The data database for a command, whether the service runs or not; what a command started it stops again.
import path from "node:path";
import type { Config } from "../config.ts";
import { openCluster } from "../keep/cluster/open-cluster.ts";
import { openDataFolder } from "../keep/data-folder.ts";
import { letGo } from "../keep/let-go.ts";
import { placeOfSocket, placeOfUrl, type Place } from "../keep/place.ts";
import { openRootKey } from "../keep/root-key.ts";

/** Hands the place of the data to an act. */
export const withData = async <T>(config: Config, act: (place: Place) => Promise<T>): Promise<T> => {
  if (config.databaseUrl) return act(placeOfUrl(config.databaseUrl));
  // Where there is no root key there is no data either, and none is made here.
  await openRootKey(config.rootKeyFile, false);
  const { rootKey } = await openDataFolder(config.dataDir, config.rootKeyFile, config.env);
  const superuserPassword = rootKey.derive("cluster:data").toString("hex");
  const dir = path.join(config.dataDir, "pg");
  const cluster = await openCluster({ dir, superuserPassword, progress: () => undefined });
  const place = placeOfSocket(cluster.socketDir, cluster.port, superuserPassword);
  try {
    return await act(place);
  } finally {
    await letGo(cluster, place, "database");
  }
};
