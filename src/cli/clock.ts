// `upheld clock`: moves the clock of a test folder, while the service runs or not.
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { readConfig } from "../config.ts";
import { withVault } from "../keep/backup/with-vault.ts";
import { clockFile, systemClock } from "../keep/clock.ts";
import { believeClock } from "../keep/clock-watch.ts";
import { isTestFolder } from "../keep/data-folder.ts";
import type { Command, Surroundings } from "./command.ts";
import { vaultOptionsOf } from "./copies.ts";

const unitInMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a move such as `+15d`, `-2h` or `+30m`; null for anything else. */
export const readMove = (text: string): number | null => {
  const [, sign, amount, unit] = /^([+-])(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (!amount || !unit) return null;
  return (sign === "-" ? -1 : 1) * Number(amount) * (unitInMs[unit] ?? 0);
};

/** A running service takes it over within a minute. */
const sayRight = async (surroundings: Surroundings): Promise<number> => {
  const config = readConfig(surroundings.environment, surroundings.cwd);
  await withVault(vaultOptionsOf(config, surroundings), ({ vault }) => believeClock(vault, systemClock));
  surroundings.out(`${systemClock().toISOString()} is taken for right. What is due is ended again.\n`);
  return 0;
};

export const clock: Command = {
  name: "clock",
  about: "Shows or moves the clock of a test folder.",
  help: `
Usage: upheld clock [MOVE | reset] [--json]
       upheld clock --right

Shows the time by which a service lives whose data folder (UPHELD_DATA) was made with UPHELD_ENV=test, and moves it:
  +15d, +2h, +30m, -1d   from where it is now
  reset                  back to the machine's time
  --right                of any folder: the machine's clock is right, although it seems to have jumped ahead. What is
                         due by it is ended again
The running service follows within a second. No other folder's clock can be moved.
  --json   prints {"now", "offset"}, the offset in milliseconds

Exit codes: 0 done, 2 not a test folder, or no move that is understood.`,
  async run(args, surroundings) {
    const { out, complain, environment, cwd } = surroundings;
    if (args.includes("--right")) return sayRight(surroundings);
    const json = args.includes("--json");
    // Moves begin with + or -, which an option parser would take for options.
    const [move, ...others] = args.filter((arg) => arg !== "--json");
    const { dataDir } = readConfig(environment, cwd);
    if (!(await isTestFolder(dataDir))) {
      complain(`${dataDir} was not made with UPHELD_ENV=test: its clock is the machine's.\n`);
      return 2;
    }
    const file = path.join(dataDir, clockFile);
    const before = Number(await readFile(file, "utf8").catch(() => "0"));
    const by = move === undefined ? 0 : move === "reset" ? -before : readMove(move);
    if (by === null || others.length > 0) {
      complain(`"${args.join(" ")}" is no move. Write it like +15d, -2h, +30m or reset.\n`);
      return 2;
    }
    const offset = before + by;
    if (by !== 0) {
      await writeFile(`${file}.new`, `${offset}\n`);
      await rename(`${file}.new`, file);
    }
    const now = new Date(Date.now() + offset).toISOString();
    out(json ? `${JSON.stringify({ now, offset })}\n` : `${now}\n`);
    return 0;
  },
};
