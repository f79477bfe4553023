// Puts the vault back from its one copy, or takes an older one for the newest there is because a person says so (K1).
import path from "node:path";
import { openCluster } from "../cluster/open-cluster.ts";
import type { CopyPlace } from "../copy-place.ts";
import { openDataFolder } from "../data-folder.ts";
import { holdDatabase } from "../hold.ts";
import { lastSeenIn } from "../last-seen.ts";
import { letGo } from "../let-go.ts";
import { placeOfSocket, placeOfUrl, schema, vaultSchema, withClient, type Place } from "../place.ts";
import { putVaultBack } from "../vault/copy.ts";
import { halvesIn } from "../vault/halves.ts";
import { acceptVault } from "../witness.ts";
import { withVault, type VaultOptions } from "./with-vault.ts";

type Where = { dataDir: string; superuserPassword: string; url: string | null; which: "data" | "vault" };

const withCluster = async <T>(
  { dataDir, superuserPassword, url, which }: Where,
  act: (place: Place) => Promise<T>,
): Promise<T> => {
  const inSchema = which === "data" ? schema : vaultSchema;
  if (url) return act(placeOfUrl(url, inSchema));
  const dir = path.join(dataDir, which === "data" ? "pg" : "vault");
  const cluster = await openCluster({ dir, superuserPassword, progress: () => undefined });
  const place = placeOfSocket(cluster.socketDir, cluster.port, superuserPassword, inSchema);
  try {
    return await act(place);
  } finally {
    await letGo(cluster, place, which === "data" ? "database" : "vault");
  }
};

/** @throws StartError when the service runs, or there is no copy of this root key */
export const restoreVault = async (options: VaultOptions, from: CopyPlace): Promise<void> => {
  const { dataDir, rootKeyFile, vaultUrl: url, env } = options;
  const { rootKey } = await openDataFolder(dataDir, rootKeyFile, env);
  const superuserPassword = rootKey.derive("cluster:vault").toString("hex");
  await withCluster({ dataDir, superuserPassword, url, which: "vault" }, async (place) => {
    const hold = await holdDatabase(place, dataDir, "vault");
    try {
      const migrations = path.join(options.migrations, "../vault/migrations");
      await putVaultBack(place, halvesIn(dataDir), rootKey, from, migrations);
    } finally {
      await hold.release();
    }
  });
};

/** The data forgets that it has seen a newer vault. */
export const acceptOldVault = (options: VaultOptions, databaseUrl: string | null): Promise<void> =>
  withVault(options, ({ vault, vaultPlace, rootKey }) => {
    const superuserPassword = rootKey.derive("cluster:data").toString("hex");
    const where = { dataDir: options.dataDir, superuserPassword, url: databaseUrl, which: "data" } as const;
    return withCluster(where, async (place) => {
      const hold = await holdDatabase(vaultPlace, options.dataDir, "vault");
      try {
        await withClient(place, (client) => acceptVault(client, vault, lastSeenIn(options.dataDir)));
      } finally {
        await hold.release();
      }
    });
  });
