// `upheld backup`: a copy of the data now, beside those that are made by themselves (K1).
import path from "node:path";
import { parseArgs } from "node:util";
import { createBackups } from "../keep/backup/look-after.ts";
import { endLeftRehearsal } from "../keep/backup/rehearse.ts";
import { withVault } from "../keep/backup/with-vault.ts";
import { movableClock, systemClock, clockFile } from "../keep/clock.ts";
import { watchClock } from "../keep/clock-watch.ts";
import { placeName } from "../keep/copy-place.ts";
import { openCluster } from "../keep/cluster/open-cluster.ts";
import { isTestFolder } from "../keep/data-folder.ts";
import { letGo } from "../keep/let-go.ts";
import { placeOfSocket } from "../keep/place.ts";
import { readPolicy } from "../policy-file.ts";
import type { Command } from "./command.ts";
import { copiesOf } from "./copies.ts";

export const backup: Command = {
  name: "backup",
  about: "Makes a copy of the data.",
  help: `
Usage: upheld backup [--json]

Makes a base copy of the embedded database in the backup place, whether the service runs or not, reads it back, and
ends the copies that the policy no longer lets be kept. A running service makes one a day by itself.
  UPHELD_BACKUP   the backup place: a folder, best on another disk (backup in the data folder), or
                  s3://bucket/folder; "off" makes none
  --json          prints {"id", "at", "from", "bytes", "sealed", "seconds"}

The copy is sealed, and opens only with the vault and the root key, which are not in it.
Exit codes: 0 made, 2 it could not be.`,
  async run(args, surroundings) {
    const { values } = parseArgs({ args, options: { json: { type: "boolean" } } });
    const { config, backupPlace, vaultOptions } = copiesOf(surroundings);
    const { dataDir, policyFile } = config;
    const { policy } = await readPolicy(policyFile);
    const made = await withVault(vaultOptions, async ({ vault, vaultPlace, rootKey }) => {
      const superuserPassword = rootKey.derive("cluster:data").toString("hex");
      const { progress } = vaultOptions;
      const dir = path.join(dataDir, "pg");
      const cluster = await openCluster({ dir, superuserPassword, progress, archive: true });
      const place = placeOfSocket(cluster.socketDir, cluster.port, superuserPassword);
      try {
        const movable = await isTestFolder(dataDir);
        const clock = movable ? movableClock(path.join(dataDir, clockFile)) : systemClock;
        const watch = await watchClock({ vault, clock, movable });
        return await createBackups({
          place,
          dataDir,
          clusterDir: cluster.dataDir,
          spool: cluster.spool ?? "",
          backupPlace,
          key: await vault.secret("backup"),
          days: () => policy.backup?.days ?? null,
          clock,
          isAhead: () => watch.isAhead(),
          endLeftOver: () => endLeftRehearsal({ dataDir, vaultPlace, rootKey }),
          // Whoever has it running may be serving people.
          isBusy: () => cluster.adopted,
          progress,
        }).takeNow();
      } finally {
        await letGo(cluster, place, "database");
      }
    });
    const { needs: _, ...told } = made;
    surroundings.out(
      values.json
        ? `${JSON.stringify(told)}\n`
        : `Copied ${Math.round(made.bytes / 1e6)} MB in ${made.seconds} s, ${Math.round(made.sealed / 1e6)} MB sealed, to ${placeName(backupPlace)}.\n`,
    );
    return 0;
  },
};
