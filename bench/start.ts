// npm run bench -- start: how long until Upheld is ready, the first time and later, and how much memory it holds then.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { heapSwitches, memoryEnvironment } from "../scripts/heap-switches.mjs";
import { benchmark } from "./parts/command.ts";
import { median, rounded, tableOf } from "./parts/figures.ts";
import { freePort } from "./parts/free-port.ts";
import { memoryMegabytes } from "./parts/processes.ts";

const numbers = {
  folders: { default: 3, about: "new data folders, each for one first start" },
  later: { default: 3, about: "later starts on each of them" },
};

const program = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const policyFile = fileURLToPath(new URL("../policies/selmo.yaml", import.meta.url));

const lookEvery = 10;
/** Milliseconds after which a start counts as failed. */
const patience = 120_000;
/** Milliseconds from ready until memory is read: what the start itself needed is given back by then. */
const settling = 3_000;

type Started = {
  /** Seconds. */
  ready: number;
  stopped: number;
  /** Megabytes, pages that processes share counted once. */
  all: number;
  node: number;
};

/** The service that is running at the moment: who ends us ends it too. */
let running: ChildProcess | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => running?.kill("SIGTERM"));

const untilReady = async (port: number): Promise<void> => {
  const until = performance.now() + patience;
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await isReady())) {
    if (performance.now() > until) throw new Error("upheld serve was not ready in time");
    await sleep(lookEvery);
  }
};

const ended = async (child: ChildProcess): Promise<never> => {
  const [code, signal] = await once(child, "exit");
  throw new Error(`upheld serve ended (${String(code ?? signal)})`);
};

/** Starts, waits until it has settled, and stops it in good order. */
const start = async (dataDir: string): Promise<Started> => {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [...heapSwitches, program, "serve"], {
    env: {
      ...process.env,
      ...memoryEnvironment,
      PORT: String(port),
      UPHELD_DATA: dataDir,
      UPHELD_POLICY: policyFile,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  running = child;
  const early = ended(child);
  early.catch(() => undefined);
  try {
    await Promise.race([untilReady(port), early]);
    const ready = performance.now() - began;
    await Promise.race([sleep(settling), early]);
    const pid = child.pid ?? 0;
    const [all, node] = [await memoryMegabytes(pid), await memoryMegabytes(pid, { alone: true })];
    const told = performance.now();
    child.kill("SIGTERM");
    await early.catch(() => undefined);
    return { ready: ready / 1000, stopped: (performance.now() - told) / 1000, all, node };
  } finally {
    child.kill("SIGTERM");
    await early.catch(() => undefined);
  }
};

const inNewFolder = async <T>(act: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-bench-"));
  await chmod(folder, 0o711);
  try {
    return await act(path.join(folder, "data"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const figuresOf = (starts: readonly Started[]) => {
  const of = (name: keyof Started) => rounded(median(starts.map((one) => one[name])));
  return {
    readySeconds: of("ready"),
    stopSeconds: of("stopped"),
    memoryMegabytes: of("all"),
    nodeMegabytes: of("node"),
  };
};

await benchmark(
  "start",
  "Seconds until ready, and memory at rest.",
  numbers,
  async ({ folders, later }, say) => {
    const [first, again]: [Started[], Started[]] = [[], []];
    for (let round = 1; round <= folders; round += 1)
      await inNewFolder(async (dataDir) => {
        first.push(await start(dataDir));
        for (let at = 0; at < later; at += 1) again.push(await start(dataDir));
        const seconds = [...first.slice(-1), ...again.slice(-later)].map(({ ready }) => ready.toFixed(2));
        say(`Folder ${round} of ${folders}: ready after ${seconds.join(", ")} s`);
      });
    const figures = { first: figuresOf(first), later: figuresOf(again) };
    const row = (name: string, of: ReturnType<typeof figuresOf>) => [name, ...Object.values(of)];
    const head = ["", "ready after s", "stopped after s", "memory MB", "of which Node MB"];
    return {
      figures,
      text: tableOf(head, [row("first start", figures.first), row("later starts", figures.later)]),
    };
  },
);
