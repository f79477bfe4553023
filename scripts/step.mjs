// Runs one long step of the set-up alone: two starts never install or build over each other, nor over a dead one's.
import { spawn } from "node:child_process";
import { closeSync, linkSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { at, say } from "./clone.mjs";
import { codeOf, whenTold } from "./told-to-end.mjs";

const lock = at(".upheld", "at-work.json");
const beat = 2_000;
/** Without a beat for so long its owner is dead, whoever has its number now. */
const deadAfter = 20_000;
const longest = 15 * 60_000;

/**
 * Runs `act` while no other process does so in this clone. `act` gets a function that runs a program; what it
 * started is waited for even after we were killed ourselves, since it is still at work on the same files.
 */
export async function alone(act) {
  mkdirSync(at(".upheld"), { recursive: true });
  await takeLock();
  const timer = setInterval(() => utimesSync(lock, new Date(), new Date()), beat);
  try {
    return await act(runStep);
  } finally {
    clearInterval(timer);
    rmSync(lock, { force: true });
  }
}

async function takeLock() {
  const draft = `${lock}.${process.pid}`;
  const began = Date.now();
  let sayAt = 0;
  for (;;) {
    writeFileSync(draft, JSON.stringify({ pid: process.pid }));
    try {
      linkSync(draft, lock);
      return;
    } catch (fault) {
      if (fault.code !== "EEXIST") throw fault;
    } finally {
      rmSync(draft, { force: true });
    }
    const held = readLock();
    if (held === undefined) continue;
    if (!isAtWork(held)) {
      removeLock(held);
      continue;
    }
    const waited = Date.now() - began;
    if (waited >= sayAt) {
      say(
        sayAt === 0
          ? "Another start is setting up this clone; waiting for it …"
          : `  … ${Math.round(waited / 1000)} s`,
      );
      sayAt += 10_000;
    }
    await sleep(200);
  }
}

function readLock() {
  try {
    const text = readFileSync(lock, "utf8");
    return { ...JSON.parse(text), text, age: Date.now() - statSync(lock).mtimeMs };
  } catch {
    return undefined;
  }
}

/** The owner itself, or the program it had started when it was killed. */
function isAtWork({ pid, group, age }) {
  if (pid !== process.pid && age < deadAfter && isAlive(pid)) return true;
  return group !== undefined && age < longest && isAlive(-group);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    return fault.code === "EPERM";
  }
  return !isUnburied(pid);
}

/** A dead process that nobody has waited for keeps its number, in some containers for ever. */
function isUnburied(pid) {
  try {
    const status = readFileSync(`/proc/${Math.abs(pid)}/stat`, "utf8");
    return /^[ZX]/.test(status.slice(status.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}

/** Takes a dead owner's lock away; if it is another one by now, puts that back. */
function removeLock({ text }) {
  const aside = `${lock}.${process.pid}.old`;
  try {
    renameSync(lock, aside);
    if (readFileSync(aside, "utf8") !== text) linkSync(aside, lock);
  } catch (fault) {
    if (fault.code !== "ENOENT" && fault.code !== "EEXIST") throw fault;
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Runs a program in a process group of its own, its output into a file of `.upheld`, and says now and then that it
 * is still at work. Resolves with its exit code and where the output is.
 */
async function runStep(name, program, args, env) {
  const log = at(".upheld", `${name}.log`);
  const out = openSync(log, "w");
  const child = spawn(program, args, { cwd: at(), env, detached: true, stdio: ["ignore", out, out] });
  closeSync(out);
  if (child.pid !== undefined) noteGroup(child.pid);
  const began = Date.now();
  const timer = setInterval(() => say(`  … ${Math.round((Date.now() - began) / 1000)} s`), 10_000);
  let told;
  const stopListening = whenTold((signal) => {
    told = signal;
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  });
  const code = await new Promise((resolve) => {
    child.once("error", () => resolve(127));
    child.once("exit", (exit) => resolve(exit ?? 1));
  });
  clearInterval(timer);
  stopListening();
  if (told !== undefined) {
    rmSync(lock, { force: true });
    process.exit(codeOf(told));
  }
  return { code, log, seconds: ((Date.now() - began) / 1000).toFixed(1) };
}

function noteGroup(group) {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, group }));
  renameSync(draft, lock);
}
