// Opens the vault for a command, whether the service runs or not, and leaves it as it was found (K1).
import path from "node:path";
import { isMade } from "../cluster/draft.ts";
import { openCluster } from "../cluster/open-cluster.ts";
import { openDataFolder } from "../data-folder.ts";
import { letGo } from "../let-go.ts";
import { placeOfSocket, placeOfUrl, vaultSchema, type Place } from "../place.ts";
import { openRootKey, rootKeyWithId, type RootKey, type RootKeySource } from "../root-key.ts";
import { StartError } from "../start-error.ts";
import { openVault, type Vault } from "../vault/vault.ts";

export type VaultOptions = {
  dataDir: string;
  rootKeyFile: RootKeySource;
  vaultUrl: string | null;
  env: "production" | "test";
  /** Folder of the data's migrations; the vault's lie beside it. */
  migrations: string;
  progress: (line: string) => void;
};

export type WithVault = { vault: Vault; vaultPlace: Place; rootKey: RootKey };

const noVault = (dir: string): StartError =>
  new StartError(
    "vault-lost",
    `There is no vault in ${dir}, and without it no copy opens. Put it back first: upheld restore --vault.`,
  );

/** Runs the act with the vault open. @throws StartError when there is none: here none is ever made */
export const withVault = async <T>(
  options: VaultOptions,
  act: (opened: WithVault) => Promise<T>,
): Promise<T> => {
  const { dataDir, rootKeyFile, vaultUrl, env, progress } = options;
  const dir = path.join(dataDir, "vault");
  if (!vaultUrl && !(await isMade(dir))) throw noVault(dir);
  await openRootKey(rootKeyFile, false);
  const { rootKey } = await openDataFolder(dataDir, rootKeyFile, env);
  const password = rootKey.derive("cluster:vault").toString("hex");
  const cluster = vaultUrl ? null : await openCluster({ dir, superuserPassword: password, progress });
  const vaultPlace = cluster
    ? placeOfSocket(cluster.socketDir, cluster.port, password, vaultSchema)
    : placeOfUrl(vaultUrl ?? "", vaultSchema);
  try {
    const vault = await openVault({
      place: vaultPlace,
      rootKey,
      reload: (id) => rootKeyWithId(rootKeyFile, id),
      migrations: path.join(options.migrations, "../vault/migrations"),
      dataDir,
    });
    try {
      return await act({ vault, vaultPlace, rootKey });
    } finally {
      await vault.close();
    }
  } finally {
    if (cluster) await letGo(cluster, vaultPlace, "vault");
  }
};
