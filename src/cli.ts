// The command line: one word chooses the command, every command explains itself, and exit codes tell what came of it.
import { backup } from "./cli/backup.ts";
import { check } from "./cli/check.ts";
import { clock } from "./cli/clock.ts";
import { diff } from "./cli/diff.ts";
import { promises } from "./cli/promises.ts";
import { rehearse } from "./cli/rehearse.ts";
import { restore } from "./cli/restore.ts";
import { rotate } from "./cli/rotate.ts";
import { serveCommand } from "./cli/serve.ts";
import { verify } from "./cli/verify.ts";
import type { Command } from "./cli/command.ts";
import { isNoRoom, noRoom } from "./keep/room-left.ts";
import { StartError } from "./keep/start-error.ts";

const commands: readonly Command[] = [
  serveCommand,
  check,
  diff,
  verify,
  backup,
  restore,
  rehearse,
  rotate,
  promises,
  clock,
];

const overview = (): string =>
  [
    "Upheld: a privacy policy that runs.",
    "",
    "Usage: upheld COMMAND [options]",
    "",
    ...commands.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`),
    "",
    "upheld COMMAND --help tells more. Exit codes: 0 as it should be, 1 something was found, 2 it could not be done.",
    "",
  ].join("\n");

const out = (text: string): void => void process.stdout.write(text);
const complain = (text: string): void => void process.stderr.write(text);

const run = async ([name, ...rest]: string[]): Promise<number> => {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    out(overview());
    return 0;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    complain(`There is no command "${name}".\n\n${overview()}`);
    return 2;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    out(`${command.help.trim()}\n`);
    return 0;
  }
  return command.run(rest, { out, complain, environment: process.env, cwd: process.cwd() });
};

const isUsage = (fault: unknown): fault is Error =>
  fault instanceof TypeError && "code" in fault && String(fault.code).startsWith("ERR_PARSE_ARGS");

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (fault: unknown) => {
    if (isNoRoom(fault)) complain(`\n${noRoom([]).message}\n`);
    else if (fault instanceof StartError) complain(`\n${fault.message}\n`);
    else if (isUsage(fault)) complain(`${fault.message}\nSee upheld --help.\n`);
    else complain(`Upheld broke: ${fault instanceof Error ? (fault.stack ?? fault.message) : "unknown"}\n`);
    process.exit(2);
  },
);
