// What processes cost, as Linux counts it: CPU time and memory of a process with all that descend from it.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

type Counted = { pid: number; parent: number; ticks: number };

/** Clock ticks of /proc a second: fixed at 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

const statOf = async (pid: string): Promise<Counted | null> => {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (text === null) return null;
  // The name before it, in brackets, may hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  // In user and system mode, its own and that of children that have ended.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { pid: Number(pid), parent: Number(fields[1]), ticks };
};

const allProcesses = async (): Promise<Counted[]> => {
  const names = await readdir("/proc").catch(() => []);
  const found = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(statOf));
  return found.filter((one) => one !== null);
};

const family = (all: readonly Counted[], roots: readonly number[]): Counted[] => {
  const found = all.filter(({ pid }) => roots.includes(pid));
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
};

/** Seconds of CPU that a process and its descendants have used so far; 0 where /proc is missing. */
export const cpuSeconds = async (root: number): Promise<number> =>
  family(await allProcesses(), [root]).reduce((sum, { ticks }) => sum + ticks / ticksPerSecond, 0);

/** Seconds of CPU that everything on the machine has used, and that there were; null where /proc is missing. */
const machineSeconds = async (): Promise<{ used: number; all: number } | null> => {
  const text = await readFile("/proc/stat", "utf8").catch(() => null);
  // In user mode, at low priority, in the kernel, idle, waiting for a disk, in interrupts of two kinds, stolen.
  const ticks = text?.split("\n")[0]?.split(/ +/).slice(1, 9).map(Number);
  if (!ticks) return null;
  const all = ticks.reduce((sum, one) => sum + one, 0);
  const idle = (ticks[3] ?? 0) + (ticks[4] ?? 0);
  return { used: (all - idle) / ticksPerSecond, all: all / ticksPerSecond };
};

/** Begins to watch what this process and its descendants do not use; the answer is others' share of the machine, 0 to 1. */
export const watchOthers = async (): Promise<() => Promise<number | null>> => {
  const before = { machine: await machineSeconds(), own: await cpuSeconds(process.pid) };
  return async () => {
    const after = { machine: await machineSeconds(), own: await cpuSeconds(process.pid) };
    if (!before.machine || !after.machine) return null;
    const others = after.machine.used - before.machine.used - (after.own - before.own);
    return Math.max(0, others / (after.machine.all - before.machine.all));
  };
};

const commandOf = (pid: number): Promise<string> => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");

/** A process that descends from this one and has this in its command; null where there is none. */
export const descendant = async (named: string): Promise<number | null> => {
  for (const { pid } of family(await allProcesses(), [process.pid]))
    if ((await commandOf(pid)).includes(named)) return pid;
  return null;
};

const proportionalOf = async (pid: number): Promise<number> => {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) / 1024;
};

/**
 * Megabytes that a process and its descendants hold, or it alone, pages that processes share counted once (PSS);
 * 0 where /proc is missing.
 */
export const memoryMegabytes = async (root: number, { alone = false } = {}): Promise<number> => {
  const pids = alone ? [root] : family(await allProcesses(), [root]).map(({ pid }) => pid);
  const sizes = await Promise.all(pids.map(proportionalOf));
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** The number of the server that runs on a database folder. */
export const postmasterOf = async (dataDir: string): Promise<number> =>
  Number((await readFile(path.join(dataDir, "postmaster.pid"), "utf8")).split("\n")[0]);
