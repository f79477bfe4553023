// `upheld rehearse`: tries whether the copies can be restored, without touching what runs (K1).
import path from "node:path";
import { parseArgs } from "node:util";
import { rehearse as carryOut, type Rehearsed } from "../keep/backup/rehearse.ts";
import { withVault } from "../keep/backup/with-vault.ts";
import { clockFile, movableClock, systemClock } from "../keep/clock.ts";
import { isTestFolder } from "../keep/data-folder.ts";
import type { Command } from "./command.ts";
import { copiesOf } from "./copies.ts";

const words = ({ base, segments, rows, opened, entries, seconds, faults }: Rehearsed): string =>
  [
    ...faults,
    `From the copy of ${base} and ${segments} pieces of the log: ${rows} rows, ${entries} entries of the ledger, ` +
      `${opened} sealed values opened.`,
    faults.length === 0
      ? `All of it is whole. It took ${seconds} s.`
      : `${faults.length} faults were found. It took ${seconds} s.`,
    "",
  ].join("\n");

export const rehearse: Command = {
  name: "rehearse",
  about: "Tries whether the copies can be restored.",
  help: `
Usage: upheld rehearse [--json]

Restores the newest copy and its log into a place of its own in the data folder, starts it, reads every page, compares
it with the register, verifies the ledger, opens values, and removes it again. A running service is not touched.
The desk shows when this was last done.
  --json   prints {"base", "segments", "rows", "opened", "erased", "entries", "seconds", "faults"}

Exit codes: 0 all is whole, 1 faults were found, 2 it could not be restored.`,
  async run(args, surroundings) {
    const { values } = parseArgs({ args, options: { json: { type: "boolean" } } });
    const { backupPlace, vaultOptions } = copiesOf(surroundings);
    const { dataDir, progress } = vaultOptions;
    const clock = (await isTestFolder(dataDir)) ? movableClock(path.join(dataDir, clockFile)) : systemClock;
    const done = await withVault(vaultOptions, (opened) =>
      carryOut({ dataDir, backupPlace, ...opened, to: null, clock, progress }),
    );
    surroundings.out(values.json ? `${JSON.stringify(done)}\n` : words(done));
    return done.faults.length === 0 ? 0 : 1;
  },
};
