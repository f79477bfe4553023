// `upheld restore`: puts the data back as it was at a moment (K1, K4).
import { parseArgs } from "node:util";
import { restore as restoreData } from "../keep/backup/restore.ts";
import { acceptOldVault, restoreVault } from "../keep/backup/restore-vault.ts";
import { placeName } from "../keep/copy-place.ts";
import { StartError } from "../keep/start-error.ts";
import type { Command, Surroundings } from "./command.ts";
import { readConfig } from "../config.ts";
import { copiesOf, vaultOptionsOf } from "./copies.ts";

const momentOf = (text: string | undefined): Date | null => {
  if (text === undefined) return null;
  const moment = new Date(text);
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text);
  if (!Number.isNaN(moment.getTime()) && hasZone) return moment;
  throw new StartError(
    "bad-setting",
    `--to is "${text}". Write a moment with its zone, such as 2026-12-01T14:30:00Z or 2026-12-01T14:30:00+01:00.`,
  );
};

const putVaultBack = async (surroundings: Surroundings): Promise<number> => {
  const config = readConfig(surroundings.environment, surroundings.cwd);
  if (!config.vaultCopyPlace)
    throw new StartError(
      "bad-setting",
      "Name the place that the copy of the vault is in with UPHELD_VAULT_COPY.",
    );
  await restoreVault(vaultOptionsOf(config, surroundings), config.vaultCopyPlace);
  surroundings.out(`The vault is as it was copied to ${placeName(config.vaultCopyPlace)}.\n`);
  return 0;
};

const acceptVault = async (surroundings: Surroundings): Promise<number> => {
  const config = readConfig(surroundings.environment, surroundings.cwd);
  await acceptOldVault(vaultOptionsOf(config, surroundings), config.databaseUrl);
  surroundings.out(
    "This vault is taken for the newest there is. What people who came since left does not open. Who was erased since " +
      "is back where the data was put back with it: erase them again.\n",
  );
  return 0;
};

export const restore: Command = {
  name: "restore",
  about: "Puts the data back as it was at a moment.",
  help: `
Usage: upheld restore [--to TIME] [--json]
       upheld restore --vault
       upheld restore --accept-vault

Puts the embedded database back from the backup place (UPHELD_BACKUP), while the service is stopped. The vault and the
root key are needed, and stay as they are.
  --to TIME   the moment, with its zone: 2026-12-01T14:30:00Z. Without it, everything that there is a log of
  --vault     puts the vault back instead, from its one copy in UPHELD_VAULT_COPY
  --accept-vault
              takes a vault that is older than the data for the newest there is: people who came since are lost
  --json      prints {"base", "segments", "seconds", "aside"}

What was there before is kept in the data folder (pg-before-…), until the policy's time for copies is over.
At the next start, before the first request is answered, everybody who was erased since is erased again, and so are
refusals, restrictions, corrections, and whatever has ended since.
Exit codes: 0 done, 2 it could not be; then nothing was changed.`,
  async run(args, surroundings) {
    const boolean = { type: "boolean" } as const;
    const { values } = parseArgs({
      args,
      options: { json: boolean, to: { type: "string" }, vault: boolean, "accept-vault": boolean },
    });
    if (values.vault) return putVaultBack(surroundings);
    if (values["accept-vault"]) return acceptVault(surroundings);
    const to = momentOf(values.to);
    const { backupPlace, vaultOptions } = copiesOf(surroundings);
    const done = await restoreData({ ...vaultOptions, backupPlace, to });
    surroundings.out(
      values.json
        ? `${JSON.stringify(done)}\n`
        : `Restored from the copy of ${done.base} in ${done.seconds.toFixed(1)} s. Start the service: it does again what this has undone.\n`,
    );
    return 0;
  },
};
