// Where things are in this clone, and how the scripts talk: on stderr, so that stdout belongs to what they run.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** @param {string[]} parts a path below the clone's folder */
export const at = (...parts) => join(root, ...parts);

// Who reads what we say may go away before we do.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

/** @param {string} line */
export const say = (line) => void process.stderr.write(`${line}\n`);

/**
 * A fault that people are told in this one sentence, without a stack.
 * @param {string} sentence
 */
export const plainly = (sentence) => Object.assign(new Error(sentence), { isPlain: true });

/** Ends the process with exit code 1 when `act` fails; what is not meant for people is shown whole. */
export async function main(act) {
  try {
    await act();
  } catch (fault) {
    say(fault?.isPlain ? fault.message : String(fault?.stack ?? fault));
    process.exit(1);
  }
}

/** The Node that the real work runs on: the one that the clone brings, else this one where it is new enough. */
export function workNode() {
  const brought = at("node_modules", ".bin", "node");
  if (existsSync(brought)) return brought;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  throw plainly("Node 24 is missing in node_modules: delete that folder and start again.");
}
