// Re-wraps keys as the service does after an erasure, in a process that can be killed: `node rewrap-owner.ts FOLDER`.
import path from "node:path";
import { withVault } from "../../src/keep/backup/with-vault.ts";

const [dataDir = ""] = process.argv.slice(2);

await withVault(
  {
    dataDir,
    rootKeyFile: path.join(dataDir, "root.key"),
    vaultUrl: null,
    env: "test",
    migrations: path.resolve("src/keep/migrations"),
    progress: () => undefined,
  },
  async ({ vault }) => {
    process.stdout.write("open\n");
    await vault.rewrap(() => false);
  },
);
