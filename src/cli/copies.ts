// What the commands about copies share: where things lie, and how far they are.
import path from "node:path";
import { readConfig, type Config } from "../config.ts";
import type { CopyPlace } from "../keep/copy-place.ts";
import type { VaultOptions } from "../keep/backup/with-vault.ts";
import { StartError } from "../keep/start-error.ts";
import type { Surroundings } from "./command.ts";

export type Copies = { config: Config; backupPlace: CopyPlace; vaultOptions: VaultOptions };

/** Where the migrations lie: `src` beside `dist`, whichever of them is running. */
const migrations = path.resolve(import.meta.dirname, "../../src/keep/migrations");

/** How a command opens the vault. */
export const vaultOptionsOf = (config: Config, { complain }: Surroundings): VaultOptions => {
  const { dataDir, rootKeyFile, vaultUrl, env } = config;
  const progress = (line: string): void => complain(`${line}\n`);
  return { dataDir, rootKeyFile, vaultUrl, env, migrations, progress };
};

/** @throws StartError where copies are somebody else's matter */
export const copiesOf = (surroundings: Surroundings): Copies => {
  const { environment, cwd } = surroundings;
  const config = readConfig(environment, cwd);
  if (config.databaseUrl)
    throw new StartError(
      "bad-setting",
      "DATABASE_URL names an outside PostgreSQL: copy and restore it with its own tools (pgBackRest and the like). " +
        "At its next start Upheld replays what a restore has undone.",
    );
  if (!config.backupPlace)
    throw new StartError(
      "bad-setting",
      "UPHELD_BACKUP is off. Name a folder or s3://bucket/folder for the copies with it.",
    );
  return { config, backupPlace: config.backupPlace, vaultOptions: vaultOptionsOf(config, surroundings) };
};
