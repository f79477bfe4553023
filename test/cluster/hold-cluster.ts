// What the tests of the cluster share: folders that go away, processes that hold a cluster, and questions to it.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, onTestFinished } from "vitest";
import { openCluster, type Cluster, type ClusterOptions } from "../../src/keep/cluster/open-cluster.ts";

export const password = "a password with ' and \" in it";
export const isRoot = process.getuid?.() === 0;

/** A new folder that others may pass through, removed when the test is over. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "upheld-test-"));
  chmodSync(folder, 0o711);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}

/** Opens a cluster in this process; it is stopped when the test is over. */
export async function open(dir: string, more: Partial<ClusterOptions> = {}): Promise<Cluster> {
  const cluster = await openCluster({ dir, superuserPassword: password, progress: () => undefined, ...more });
  onTestFinished(() => cluster.stop());
  return cluster;
}

type Place = { socketDir: string; port?: number };

/** One statement on a connection of its own, as the superuser. */
export async function ask<Row extends object>(
  { socketDir, port = 5432 }: Place,
  sql: string,
  values: unknown[] = [],
) {
  const client = new pg.Client({ host: socketDir, port, user: "postgres", database: "postgres", password });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** How long is waited for what comes by itself: these tests share their machine. */
export const patient = { timeout: 20_000 };

/** Kills the server's process that is at work on `sleeping`, a statement with pg_sleep in it. */
export async function killAtWork(place: Place, sleeping: string) {
  const broken = expect(ask(place, sleeping)).rejects.toThrow();
  const running = "select pid from pg_stat_activity where wait_event = 'PgSleep'";
  await expect.poll(() => ask(place, running), patient).toHaveLength(1);
  const [row] = await ask<{ pid: number }>(place, running);
  process.kill(row?.pid ?? 0, "SIGKILL");
  await broken;
}

export async function postmasterOf(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, "postmaster.pid"), "utf8")).split("\n")[0]);
}

type Said = { at: string; text?: string; socketDir: string; dataDir: string; adopted: boolean };

/** Starts a process that opens the cluster in `dir`, with a process group of its own, as a terminal would. */
export function hold(dir: string, ids: { uid?: number; gid?: number } = {}, outside: string[] = []) {
  const script = fileURLToPath(new URL("./owner.ts", import.meta.url));
  const child = spawn(process.execPath, [script, dir, password, ...outside], {
    ...ids,
    detached: true,
    env: { ...process.env, PGDATA: "/nowhere", PGPORT: "1", PGOPTIONS: "--nonsense" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said: Said[] = [];
  const waiting = new Set<() => void>();
  const wake = () => waiting.forEach((look) => look());
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    said.push(...lines.map((line) => JSON.parse(line) as Said));
    wake();
  });
  let isOver = false;
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => {
      isOver = true;
      resolve();
      wake();
    });
  });
  onTestFinished(() => void (isOver || child.kill("SIGKILL")));
  /** Resolves with the first line of that kind, rejects when the process is over without one. */
  const saysThat = (at: string) =>
    new Promise<Said>((resolve, reject) => {
      const look = () => {
        const line = said.find((each) => each.at === at);
        if (line !== undefined) resolve(line);
        else if (isOver) reject(new Error(`Ended without saying "${at}": ${JSON.stringify(said)}`));
      };
      waiting.add(look);
      look();
    });
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return gone;
  };
  return { pid: child.pid ?? 0, saysThat, kill, gone };
}
