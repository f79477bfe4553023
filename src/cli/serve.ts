// `upheld serve`: runs the service until it is told to stop.
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { lineOfFault, logTo } from "../http/log.ts";
import { noRoom } from "../keep/room-left.ts";
import { startUpheld, type Lost, type Upheld } from "../main.ts";
import type { Command } from "./command.ts";

type Why = "asked" | Lost;

const untilStopped = (upheld: Upheld): Promise<Why> =>
  new Promise((resolve) => {
    process.on("SIGINT", () => resolve("asked"));
    process.on("SIGTERM", () => resolve("asked"));
    upheld.onLost(resolve);
  });

/** Why it stops, in a sentence; PostgreSQL ends when it can't write its log any more. */
const farewell = async (upheld: Upheld, why: Why): Promise<string> => {
  if (why === "asked") return "\n  Stopping.\n";
  if (why === "policy")
    return "\nThe new policy is in force and could not be taken up. Stopping; start again and all is under it.\n";
  const full = await upheld.full();
  return full.length > 0
    ? `\n${noRoom(full).message}\n`
    : `\nThe ${why} is gone. Stopping; start again and it is repaired.\n`;
};

const welcome = (upheld: Upheld, seconds: string): string =>
  [
    "",
    `  ${upheld.policy}`,
    `  Running at ${upheld.url}  (ready after ${seconds} s; Ctrl-C stops it)`,
    ...(upheld.firstLink
      ? [
          "",
          "  Nobody administers it yet. This link makes the first administrator, once:",
          `  ${upheld.firstLink}`,
        ]
      : []),
    "",
    "",
  ].join("\n");

/** Longest orderly stop, in milliseconds; after that the next start repairs what PostgreSQL has to. */
const patience = 20_000;

export const serveCommand: Command = {
  name: "serve",
  about: "Runs the service.",
  help: `
Usage: upheld serve

Runs Upheld under its policy file until Ctrl-C. Settings come from the environment:
  PORT (8080), HOST (127.0.0.1)     where it listens
  UPHELD_POLICY                     the policy file (policies/selmo.yaml)
  UPHELD_DATA                       the data folder (./data)
  UPHELD_ROOT_KEY_FILE              the root key (root.key in the data folder)
  UPHELD_BACKUP, UPHELD_VAULT_COPY  where sealed copies of the data go, and the one of the vault (docs/backup.md)
  DATABASE_URL, UPHELD_VAULT_URL    PostgreSQL of your own, in place of the embedded one
  UPHELD_ORIGIN                     the address people use, behind a proxy (http://localhost:PORT)
  UPHELD_ENV=test                   makes a data folder whose clock "upheld clock" can move

Exit codes: 0 stopped as asked, 1 lost its database while running, 2 could not start.`,
  async run(args, { out, complain, environment, cwd }) {
    parseArgs({ args, options: {} });
    const began = performance.now();
    const config = readConfig(environment, cwd);
    const log = logTo(
      (text) => out(text),
      () => new Date(),
    );
    // A promise that nobody waited for is a fault of ours, and no reason to end everybody's session.
    process.on("unhandledRejection", (fault) => log({ event: "fault", ...lineOfFault(fault) }));
    const upheld = await startUpheld(config, { log, progress: (line) => out(`  ${line}\n`) });
    out(welcome(upheld, ((performance.now() - began) / 1000).toFixed(1)));
    const why = await untilStopped(upheld);
    (why === "asked" ? out : complain)(await farewell(upheld, why));
    const timer = setTimeout(() => process.exit(1), patience);
    await upheld.stop();
    clearTimeout(timer);
    return why === "asked" ? 0 : 1;
  },
};
