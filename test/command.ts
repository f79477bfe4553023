// Runs a command of the command line in this process, and hands back what it printed and its exit code.
import type { Command } from "../src/cli/command.ts";

export type Ran = { code: number; out: string; err: string };

export const runCommand = async (
  { run }: Command,
  args: string[],
  surroundings: { cwd?: string; environment?: Record<string, string> } = {},
): Promise<Ran> => {
  const printed = { out: "", err: "" };
  const code = await run(args, {
    out: (text) => void (printed.out += text),
    complain: (text) => void (printed.err += text),
    environment: surroundings.environment ?? {},
    cwd: surroundings.cwd ?? process.cwd(),
  });
  return { code, ...printed };
};
