// Notices that we are to end: by a signal, or because the npm that started us is gone without a word.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";

let told;
const listeners = new Set();

/** The exit code that a shell gives a process ended by `signal`. */
export const codeOf = (signal) => 128 + (constants.signals[signal] ?? 0);

/**
 * Calls `listener` with SIGINT or SIGTERM, once, however many signals come: a terminal and npm may both pass on
 * one Ctrl-C. While nobody listens, to be told is to exit.
 * @returns {() => void} stops listening
 */
export function whenTold(listener) {
  if (told !== undefined) listener(told);
  else listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(signal) {
  if (told !== undefined) return;
  told = signal;
  if (listeners.size === 0) process.exit(codeOf(signal));
  for (const listener of listeners) listener(signal);
}

process.on("SIGINT", () => tell("SIGINT"));
process.on("SIGTERM", () => tell("SIGTERM"));
process.on("SIGHUP", () => tell("SIGTERM"));

/** The parent of `pid` and the command line it runs, or undefined when there is none. */
function lookUp(pid) {
  try {
    if (process.platform !== "linux") return lookUpByPs(pid);
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    const parent = Number(status.slice(status.lastIndexOf(")") + 4).split(" ")[0]);
    return { parent, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") };
  } catch {
    return undefined;
  }
}

function lookUpByPs(pid) {
  const { stdout } = spawnSync("ps", ["-o", "ppid=,command=", "-p", String(pid)], { encoding: "utf8" });
  const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(stdout) ?? [];
  return parent === undefined ? undefined : { parent: Number(parent), command };
}

const isNpm = (command) => /^(npm|npx)\b|\/(npm|npx)(-cli\.js)?\b/.test(command);
const isShell = (command) => /^\S*\b(ba|da|z|k)?sh -c /.test(command);

/**
 * The pairs of child and parent that lead from us to npm: `npm start` puts a shell between. Empty when it was not
 * npm that started us; then nobody is followed, and a service manager or a shell's "&" does as it likes.
 */
function wayToNpm() {
  const parent = lookUp(process.ppid);
  if (parent === undefined) return [];
  if (isNpm(parent.command)) return [[process.pid, process.ppid]];
  const above = isShell(parent.command) ? lookUp(parent.parent) : undefined;
  if (above === undefined || !isNpm(above.command)) return [];
  return [
    [process.pid, process.ppid],
    [process.ppid, parent.parent],
  ];
}

const way = wayToNpm();
if (way.length > 0) {
  const look = () => {
    if (way.some(([child, parent]) => lookUp(child)?.parent !== parent)) tell("SIGTERM");
  };
  setInterval(look, process.platform === "linux" ? 100 : 2000).unref();
}
