// A base copy while chat goes on, and the way back from it, against `cp -r` of the same folder and PostgreSQL's own recovery of that.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { restore } from "../../dist/keep/backup/restore.js";
import { byteaArray } from "../../dist/keep/bytea-array.js";
import { openCluster } from "../../dist/keep/cluster/open-cluster.js";
import { openDataFolder } from "../../dist/keep/data-folder.js";
import { withClient } from "../../dist/keep/place.js";
import { median } from "../parts/figures.ts";
import { byTurns } from "./beside.ts";
import { inFolder, placeIn, talkIn, type Folder, type Talk } from "./folder.ts";

type Say = (line: string) => void;

const run = promisify(execFile);

const superuser = async ({ dataDir }: Folder): Promise<string> => {
  const { rootKey } = await openDataFolder(dataDir, path.join(dataDir, "root.key"), "production");
  return rootKey.derive("cluster:data").toString("hex");
};

/** Rows of two kilobytes that do not shrink, which is what sealed values are. */
const fill = async (folder: Folder, { session, author }: Talk, megabytes: number): Promise<unknown> =>
  withClient(await placeIn(folder, "pg"), async (client) => {
    for (let at = 0; at < megabytes; at += 10)
      await client.query({
        name: "fill",
        text: `insert into message (session, seq, author, client_id, at, body)
               select $1, 1000000 + $3 * 512 + n, $2, gen_random_uuid(), '2026-01-01T00:00:00Z', body
               from unnest($4::bytea[]) with ordinality as b (body, n)`,
        values: [session, author, at, byteaArray(Array.from({ length: 5120 }, () => randomBytes(1920)))],
      });
    // As after some time: PostgreSQL would do both by itself, in the midst of what is measured.
    await client.query("vacuum (freeze, analyze) message");
    await client.query("checkpoint");
  });

const copyOf = (from: string, to: string) => run("cp", ["-r", "--preserve=ownership,mode", from, to]);

/** The yardstick: `cp -r` of the folder as it was left by a kill, and PostgreSQL's own recovery of it. */
const copyAndRecover = async ({ dataDir }: Folder, password: string): Promise<number> => {
  const dir = path.join(dataDir, "copied");
  const began = performance.now();
  await copyOf(path.join(dataDir, "killed"), dir);
  const cluster = await openCluster({ dir, superuserPassword: password, progress: () => undefined });
  const took = (performance.now() - began) / 1000;
  await cluster.stop();
  await rm(dir, { recursive: true });
  return took;
};

const restoreToReady = async (folder: Folder, say: Say): Promise<number> => {
  const { dataDir, backupPlace } = folder;
  const began = performance.now();
  await restore({
    dataDir,
    backupPlace,
    to: null,
    rootKeyFile: path.join(dataDir, "root.key"),
    vaultUrl: null,
    env: "production",
    migrations: fileURLToPath(new URL("../../src/keep/migrations", import.meta.url)),
    progress: say,
  });
  const keep = await folder.open();
  const took = (performance.now() - began) / 1000;
  await keep.close();
  for (const name of await readdir(dataDir))
    if (name.startsWith("pg-before-")) await rm(path.join(dataDir, name), { recursive: true });
  return took;
};

/** Of much data little is in the machine's memory; of what fits into it all would be. Needs root, on Linux. */
const forgetFiles = async (): Promise<void> => {
  await run("sync");
  await writeFile("/proc/sys/vm/drop_caches", "3").catch(() => undefined);
};

const killData = async ({ dataDir }: Folder): Promise<void> => {
  const text = await readFile(path.join(dataDir, "pg/cluster/postmaster.pid"), "utf8");
  process.kill(Number(text.split("\n")[0]), "SIGKILL");
};

/** Of a large copy the first minutes are measured: the rest of it is no different. */
const mostTurns = 40;

export type Copying = { megabytes: number; rate: number; seconds: number };

export const copying = async ({ megabytes, rate, seconds }: Copying, say: Say) =>
  inFolder(async (folder) => {
    const keep = await folder.open();
    const talk = await talkIn(keep);
    say(`Writing ${megabytes} MB …`);
    await fill(folder, talk, megabytes);
    // What filling has logged goes away with a first copy, so that the measured one is of an ordinary day.
    await keep.backups?.takeNow();
    await forgetFiles();
    say("Copying while chat goes on …");
    const turns = { rate, seconds, turns: mostTurns };
    const copied = await byTurns(talk, turns, "copy-child", async () => keep.backups?.takeNow());
    await keep.close();
    return copied;
  });

export const restoring = async ({ megabytes, rounds }: { megabytes: number; rounds: number }, say: Say) =>
  inFolder(async (folder) => {
    const keep = await folder.open();
    say(`Writing ${megabytes} MB …`);
    await fill(folder, await talkIn(keep), megabytes);
    await keep.backups?.takeNow();
    await keep.backups?.lookAfter();
    const password = await superuser(folder);
    await killData(folder);
    await keep.close().catch(() => undefined);
    // Its processes take a moment to go.
    await sleep(3000);
    await copyOf(path.join(folder.dataDir, "pg"), path.join(folder.dataDir, "killed"));
    const took: { restored: number; yardstick: number }[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      // What the round before has left to be written belongs to neither.
      await run("sync");
      const yardstick = await copyAndRecover(folder, password);
      await run("sync");
      const restored = await restoreToReady(folder, () => undefined);
      say(
        `Round ${round} of ${rounds}: restored in ${restored.toFixed(1)} s, cp -r and recovery ${yardstick.toFixed(1)} s`,
      );
      took.push({ restored, yardstick });
    }
    return {
      restored: median(took.map((one) => one.restored)),
      yardstick: median(took.map((one) => one.yardstick)),
      ratio: median(took.map((one) => one.restored / one.yardstick)),
      rounds: took,
    };
  });
