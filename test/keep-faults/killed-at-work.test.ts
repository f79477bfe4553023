// Killed in the midst of a migration, a copy, a restore, a re-wrapping and an exchange of the root key: the next start stands, with everything (K1, K3, K4).
import { spawn, type ChildProcess } from "node:child_process";
import { createHash, randomInt, randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { finishRestore } from "../../src/keep/backup/restore.ts";
import { withVault } from "../../src/keep/backup/with-vault.ts";
import { checkpointFile } from "../../src/keep/checkpoint.ts";
import { openCluster } from "../../src/keep/cluster/open-cluster.ts";
import { readPidFile, whoHas } from "../../src/keep/cluster/pid-file.ts";
import { openDataFolder } from "../../src/keep/data-folder.ts";
import { lastSeenFile } from "../../src/keep/last-seen.ts";
import { placeOfSocket, schema, vaultSchema, withClient, type Place } from "../../src/keep/place.ts";
import { password, technician, visitor } from "../attacks/visitor.ts";
import { command, freePort, serve, type Running } from "../start/process.ts";
import { newFolder, type Folder } from "./own-clusters.ts";
import { isTorture, roundsOf } from "./rounds.ts";

const rounds = roundsOf(1);
vi.setConfig({ testTimeout: rounds * 120_000 + 60_000 });

/** More in an hour from one address are not let in. */
const mostRegistered = 30;

const passwordOf = async ({ dataDir }: Folder, which: "data" | "vault"): Promise<string> => {
  const { rootKey } = await openDataFolder(dataDir, path.join(dataDir, "root.key"), "test");
  return rootKey.derive(`cluster:${which}`).toString("hex");
};

const dirOf = ({ dataDir }: Folder, which: "data" | "vault"): string =>
  path.join(dataDir, which === "data" ? "pg" : "vault");

const schemaOf = (which: "data" | "vault"): string => (which === "data" ? schema : vaultSchema);

/** Every PostgreSQL below the data folder, also one that a restore has started. */
const postmasters = async ({ dataDir }: Folder): Promise<number[]> => {
  const found: number[] = [];
  for (const name of await readdir(dataDir)) {
    const cluster = path.join(dataDir, name, "cluster");
    const pid = (await readPidFile(cluster))?.pid ?? 0;
    // A number of one that has ended may be another program's by now.
    if ((await whoHas(pid, cluster)) === "postgres") found.push(pid);
  }
  return found;
};

const kill = (pid: number | undefined): void => {
  try {
    if (pid) process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
};

const goneOf = (child: ChildProcess): Promise<unknown> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once("exit", resolve));

const cli = path.resolve("dist/cli.js");

const begin = (program: string, args: string[], settings: Record<string, string>): ChildProcess =>
  spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    stdio: ["ignore", "ignore", "ignore"],
  });

/** A service that is started and killed again and again, and what it has acknowledged. */
const underTest = async () => {
  const folder = await newFolder();
  const settings = {
    PORT: String(await freePort()),
    UPHELD_BACKUP: folder.backupDir,
    UPHELD_DATA: folder.dataDir,
    UPHELD_ENV: "test",
  };
  const acknowledged: string[] = [];
  let upheld: Running | null = null;
  onTestFinished(() => void upheld?.kill());
  const start = async (): Promise<Running> => {
    upheld = await serve(folder.dataDir, settings);
    await upheld.ready();
    return upheld;
  };
  const killAll = async (): Promise<void> => {
    kill(upheld?.child.pid);
    for (const pid of await postmasters(folder)) kill(pid);
    await upheld?.exit;
  };
  return {
    folder,
    settings,
    start,
    async register(name: string) {
      if (!upheld || acknowledged.length >= mostRegistered) return;
      await technician(upheld.url, name);
      acknowledged.push(name);
    },
    /** Everybody who was let in can sign in, by the service that runs now. */
    async everybodyIsThere(what: string) {
      for (const name of acknowledged) {
        const { status } = await visitor(upheld?.url ?? "").post("/sign-in", { "user-name": name, password });
        expect([name, status, what]).toEqual([name, 303, what]);
      }
    },
    async stop() {
      expect(await upheld?.interrupt()).toBe(0);
    },
    /** Kills everything, and starts it again. */
    async restart() {
      await killAll();
      await start();
    },
    /** Begins a command and kills it at a moment of the time that it takes; half of the time, everything with it. */
    async struckAt(args: string[], lasts: number, program = cli) {
      const runs = upheld?.child.exitCode === null && upheld.child.signalCode === null;
      const child = begin(program, args, settings);
      await sleep(randomInt(Math.ceil(lasts)));
      kill(child.pid);
      const all = randomInt(2) === 0;
      if (all) await killAll();
      await goneOf(child);
      if (all && runs) await start();
    },
    killAll,
  };
};

type UnderTest = Awaited<ReturnType<typeof underTest>>;

const succeeds = async (args: string[], settings: Record<string, string>): Promise<void> => {
  const { code, err } = await command(args, settings);
  expect([code, code === 0 ? "" : err]).toEqual([0, ""]);
};

/** How long a command takes here, in milliseconds: what is killed is killed at a moment of that. */
const timed = async (args: string[], settings: Record<string, string>, inShort: number): Promise<number> => {
  if (!isTorture) return inShort;
  const began = performance.now();
  await succeeds(args, settings);
  return performance.now() - began;
};

const verified = async ({ settings }: UnderTest): Promise<void> =>
  expect(await command(["verify", "--json"], settings)).toMatchObject({ code: 0, err: "" });

const halfWritten = async ({ backupDir }: Folder): Promise<string[]> =>
  (await readdir(backupDir, { recursive: true })).filter((name) => name.endsWith(".part"));

test(`killed ${rounds} times in the midst of a copy, and of an exchange of the root key, while the service runs`, async () => {
  const service = await underTest();
  await service.start();
  await service.register("Before Bea");
  const copying = await timed(["backup"], service.settings, 2_500);
  const exchanging = await timed(["rotate"], service.settings, 1_200);
  for (let round = 0; round < rounds; round += 1) {
    await service.register(`Copied ${round}`);
    await service.struckAt(["backup"], copying);
    await service.everybodyIsThere("after a killed copy");
    await service.struckAt(["rotate"], exchanging);
    await service.restart();
    await service.everybodyIsThere("after a killed exchange");
  }
  // The next copy clears away what the killed ones began.
  await succeeds(["backup"], service.settings);
  expect(await halfWritten(service.folder)).toEqual([]);
  expect(await readdir(service.folder.dataDir)).not.toContain("root.key.next");
  if (isTorture) {
    await succeeds(["rotate"], service.settings);
    await succeeds(["rehearse"], service.settings);
    await service.everybodyIsThere("after all");
  }
  await service.stop();
  await verified(service);
});

test(`killed ${rounds} times in the midst of a restore: before it there was everything, and after it there is`, async () => {
  const service = await underTest();
  await service.start();
  await service.register("Before Bea");
  await succeeds(["backup"], service.settings);
  await service.register("After Ada");
  await service.stop();
  const restoring = await timed(["restore"], service.settings, 4_000);
  for (let round = 0; round < rounds; round += 1) {
    await service.struckAt(["restore"], restoring);
    await service.start();
    await service.everybodyIsThere("after a killed restore");
    await service.register(`Restored ${round}`);
    await service.stop();
    expect(await readdir(service.folder.dataDir)).not.toContain("pg-restoring");
  }
  if (isTorture) {
    await succeeds(["restore"], service.settings);
    await service.start();
    await service.everybodyIsThere("after a restore");
    await service.stop();
  }
  await verified(service);
});

test("a restore that was killed between the two renames is ended by the next start, and one that was not whole is not", async () => {
  const { dataDir } = await newFolder();
  await rename(path.join(dataDir, "pg"), path.join(dataDir, "pg-restoring"));
  await finishRestore(dataDir);
  expect(await readdir(dataDir)).not.toContain("pg");
  await writeFile(path.join(dataDir, "pg-restoring", "whole"), "");
  await finishRestore(dataDir);
  expect((await readdir(dataDir)).filter((name) => name.startsWith("pg"))).toEqual(["pg"]);
  expect(await readdir(path.join(dataDir, "pg"))).not.toContain("whole");
});

/** What the vault holds of everybody's keys, as a digest. */
const keysOf = (folder: Folder, subjects: readonly string[]): Promise<string> =>
  withVault(folder.vaultOptions, async ({ vault }) => {
    const digest = createHash("sha256");
    for (const subject of subjects) digest.update((await vault.keyOf(subject)) ?? "none");
    return digest.digest("hex");
  });

const manyKeys = isTorture ? 10_000 : 2_500;

test(`killed ${rounds} times in the midst of a re-wrapping: nobody's key is lost, and the old epoch goes at last`, async () => {
  const service = await underTest();
  const { folder } = service;
  if (isTorture) {
    await service.start();
    await service.register("Wrapped Wanda");
    await service.stop();
  }
  const subjects = Array.from({ length: manyKeys }, () => randomUUID());
  await withVault(folder.vaultOptions, async ({ vault }) => {
    for (let at = 0; at < manyKeys; at += 100)
      await Promise.all(subjects.slice(at, at + 100).map((subject) => vault.createKey(subject)));
  });
  /** Some of each epoch are erased, so that everybody else has to move. */
  const erase = (round: number): Promise<void> =>
    withVault(folder.vaultOptions, async ({ vault }) => {
      for (let at = round % 100; at < manyKeys; at += 100) await vault.destroyKey(subjects[at] ?? "");
    });
  await erase(0);
  let before = await keysOf(folder, subjects);
  const script = path.resolve("test/keep-faults/rewrap-owner.ts");
  const began = performance.now();
  if (isTorture) await goneOf(begin(script, [folder.dataDir], service.settings));
  const rewrapping = isTorture ? performance.now() - began : 1_500;
  for (let round = 0; round < rounds; round += 1) {
    await erase(round + 1);
    before = await keysOf(folder, subjects);
    await service.struckAt([folder.dataDir], rewrapping, script);
    expect(await keysOf(folder, subjects)).toBe(before);
  }
  const last = begin(script, [folder.dataDir], service.settings);
  await goneOf(last);
  expect(last.exitCode).toBe(0);
  expect(await keysOf(folder, subjects)).toBe(before);
  const halves = JSON.parse(await readFile(path.join(folder.dataDir, "vault-epochs.key"), "utf8")) as object;
  expect(Object.keys(halves)).toHaveLength(1);
  expect(Number(Object.keys(halves)[0])).toBeGreaterThan(1);
  expect((await readdir(folder.dataDir)).filter((name) => name.startsWith("vault-epochs.key."))).toEqual([]);
  if (isTorture) {
    await service.start();
    await service.everybodyIsThere("after re-wrapping");
  }
});

const inCluster = async <T>(
  folder: Folder,
  which: "data" | "vault",
  act: (place: Place) => Promise<T>,
): Promise<T> => {
  const superuserPassword = await passwordOf(folder, which);
  const cluster = await openCluster({
    dir: dirOf(folder, which),
    superuserPassword,
    progress: () => undefined,
  });
  try {
    return await act(placeOfSocket(cluster.socketDir, cluster.port, superuserPassword, schemaOf(which)));
  } finally {
    await cluster.stop();
  }
};

const emptied = async (folder: Folder): Promise<void> => {
  for (const which of ["data", "vault"] as const)
    await inCluster(folder, which, (place) =>
      withClient(place, (client) => client.query(`drop schema if exists ${schemaOf(which)} cascade`)),
    );
  // Of other databases, which the next ones would contradict.
  for (const file of [checkpointFile, lastSeenFile])
    await rm(path.join(folder.dataDir, file), { force: true });
};

/** The moment at which so many migrations are done. */
const migrated = async (folder: Folder, which: "data" | "vault", count: number): Promise<void> => {
  const superuserPassword = await passwordOf(folder, which);
  for (;;) {
    const dir = dirOf(folder, which);
    const sockets = (await readdir(dir)).filter((name) => name.startsWith("run-"));
    for (const socket of sockets) {
      const place = placeOfSocket(path.join(dir, socket), 5432, superuserPassword, schemaOf(which));
      const done = await withClient(place, async (client) => {
        for (;;) {
          const { rows } = await client.query<{ count: number }>(
            "select count(*) as count from installation where name like 'migration:%'",
          );
          if ((rows[0]?.count ?? 0) >= count) return true;
        }
      }).catch(() => false);
      if (done) return;
    }
  }
};

test(`killed ${rounds} times between two migrations: the next start goes on with the next one`, async () => {
  const service = await underTest();
  const { folder, settings } = service;
  const files = (await readdir("src/keep/migrations")).length;
  for (let round = 0; round < rounds; round += 1) {
    await emptied(folder);
    const began = begin(cli, ["serve"], settings);
    await migrated(folder, "data", 1 + randomInt(files));
    kill(began.pid);
    await service.killAll();
    await goneOf(began);
    await service.start();
    const name = `Migrated ${round}`;
    const person = await technician(`http://localhost:${settings.PORT}`, name);
    expect((await person.get("/account")).text).toContain(name);
    await service.stop();
    if (isTorture) await verified(service);
  }
});
