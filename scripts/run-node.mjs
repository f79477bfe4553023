// Runs a program on the clone's Node, apart from the terminal, and ends with its exit code.
import { spawn } from "node:child_process";
import { at, plainly, workNode } from "./clone.mjs";
import { heapSwitches, memoryEnvironment } from "./heap-switches.mjs";
import { codeOf, whenTold } from "./told-to-end.mjs";

/**
 * Resolves with the program's exit code. It has a process group of its own: a Ctrl-C reaches us alone and is passed
 * on once. A pipe, its descriptor 3, tells it when we are killed and can't pass on anything any more.
 */
export async function runNode(args, env = process.env) {
  const follow = ["--import", new URL("./follow.mjs", import.meta.url).href];
  const child = spawn(workNode(), [...follow, ...args], {
    env,
    detached: true,
    stdio: ["inherit", "inherit", "inherit", "pipe"],
  });
  child.stdio[3]?.on("error", () => undefined);
  const ended = new Promise((resolve, reject) => {
    child.once("error", (fault) =>
      reject(plainly(`${at("node_modules/.bin/node")} can't be run (${fault.code}).`)),
    );
    child.once("exit", (code, signal) => resolve(signal === null ? code : codeOf(signal)));
  });
  const stopListening = whenTold((signal) => child.kill(signal));
  try {
    return await ended;
  } finally {
    stopListening();
  }
}

/** Runs one of Upheld's own commands. */
export const runUpheld = (args) =>
  runNode([...heapSwitches, at("dist", "cli.js"), ...args], { ...memoryEnvironment, ...process.env });
