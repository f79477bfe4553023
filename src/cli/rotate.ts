// `upheld rotate`: a new root key, while the service runs or not (K3).
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { withVault } from "../keep/backup/with-vault.ts";
import { rotateRootKey } from "../keep/rotate-root-key.ts";
import { sourceName } from "../keep/root-key.ts";
import type { Command } from "./command.ts";
import { vaultOptionsOf } from "./copies.ts";

export const rotate: Command = {
  name: "rotate",
  about: "Exchanges the root key.",
  help: `
Usage: upheld rotate [--json]

Makes a new root key, puts the vault under it, and takes the old one's place with it, while the service runs or not.
The old key opens nothing from then on but old copies of the vault together with an old half of its epoch key.
Where a key keeper has the root key (UPHELD_KEY_KEEPER), it makes a new version of its own key and destroys the older.
Keep a copy of the new key where you kept the old one. A key from UPHELD_ROOT_KEY can't be exchanged by Upheld.
  --json   prints {"id"}: the first digits of the new key's hash

Exit codes: 0 done, 2 it could not be; then the old key holds.`,
  async run(args, surroundings) {
    const { values } = parseArgs({ args, options: { json: { type: "boolean" } } });
    const config = readConfig(surroundings.environment, surroundings.cwd);
    const { dataDir, env, rootKeyFile: source } = config;
    const id = await withVault(vaultOptionsOf(config, surroundings), ({ vaultPlace }) =>
      rotateRootKey({ vaultPlace, dataDir, source, env }),
    );
    surroundings.out(
      values.json
        ? `${JSON.stringify({ id })}\n`
        : `The vault is under a new root key (${sourceName(source)}). Keep a copy of it elsewhere; the old one is of no use any more.\n`,
    );
    return 0;
  },
};
