// Killed while pieces of the log go to the backup place: a piece is let go of only when it is there whole, and nothing is lost (K1).
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, watch } from "node:fs";
import { rename } from "node:fs/promises";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { waitingIn } from "../../src/keep/backup/ship-log.ts";
import { openStore } from "../../src/keep/backup/store.ts";
import { withVault } from "../../src/keep/backup/with-vault.ts";
import type { CopyPlace } from "../../src/keep/copy-place.ts";
import { service } from "../../src/policy/rows.ts";
import { command } from "../start/process.ts";
import { addTechnician } from "../walls/people.ts";
import { newFolder, type Folder } from "./own-clusters.ts";
import { isTorture, roundsOf } from "./rounds.ts";
import { lineTo, startS3 } from "./s3-server.ts";

const rounds = roundsOf(1);
vi.setConfig({ testTimeout: rounds * 120_000 + 60_000 });

type Struck = {
  folder: Folder;
  /** What the command line is told of the backup place. */
  settings: Record<string, string>;
  backupPlace: CopyPlace;
  /** Has `kill` called in a moment in which a piece is under way; gives what ends the watch. */
  at(kill: () => void): () => void;
};

const begin = (settings: Record<string, string>): ChildProcess =>
  spawn(process.execPath, [path.resolve("dist/cli.js"), "backup"], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    stdio: "ignore",
  });

const settingsOf = ({ dataDir }: Folder, more: Record<string, string>): Record<string, string> => ({
  UPHELD_ENV: "test",
  UPHELD_DATA: dataDir,
  ...more,
});

/** Adds somebody, and has the copy killed that takes what was written of them to the backup place. */
const strike = async ({ folder, settings, backupPlace, at }: Struck, name: string): Promise<void> => {
  const keep = await folder.open({ backupPlace });
  await addTechnician(keep, name);
  await keep.close();
  const child = begin(settings);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let struck = false;
  const unwatch = at(() => {
    struck = child.kill("SIGKILL");
  });
  await ended;
  unwatch();
  expect([name, struck]).toEqual([name, true]);
};

const waiting = ({ folder }: Struck): Promise<string[]> =>
  waitingIn(path.join(folder.dataDir, "pg", "spool"));

const people = async ({ folder, backupPlace }: Struck): Promise<number> => {
  const keep = await folder.open({ backupPlace });
  const rows = await keep.databases.end({ actor: service, purpose: "end-data" }, (data) =>
    data.selectFrom("profile").select("subject").execute(),
  );
  await keep.close();
  return rows.length;
};

/** All pieces open, and with the data gone everybody is there again from what is in the backup place alone. */
const nothingIsLost = async (struck: Struck, count: number): Promise<void> => {
  const { folder, settings, backupPlace } = struck;
  expect(await command(["backup"], settings)).toMatchObject({ code: 0 });
  expect(await waiting(struck)).toEqual([]);
  await withVault(folder.vaultOptions, async ({ vault }) => {
    const store = openStore(backupPlace, await vault.secret("backup"));
    for (const name of await store.list("log")) for await (const bytes of store.get("log", name)) void bytes;
  });
  await rename(path.join(folder.dataDir, "pg"), path.join(folder.dataDir, "lost"));
  expect(await command(["restore"], settings)).toMatchObject({ code: 0 });
  expect(await people(struck)).toBe(count);
};

const moments = (["asked", "answered"] as const).flatMap((moment) => [
  { question: "PUT log/", moment },
  ...(isTorture ? [{ question: "GET log/", moment }] : []),
]);

test("with a store: as a piece begins to go up, as it has arrived, and as it is read back", async () => {
  const server = await startS3();
  const line = await lineTo(server);
  const { place } = line;
  const folder = await newFolder();
  const settings = settingsOf(folder, {
    UPHELD_BACKUP: `s3://${place.bucket}/${place.prefix}`,
    UPHELD_S3_ENDPOINT: place.endpoint,
    UPHELD_S3_REGION: place.region,
    UPHELD_S3_KEY_ID: place.keyId,
    UPHELD_S3_SECRET: place.secret,
  });
  const common = { folder, settings, backupPlace: place };
  let added = 0;
  for (let round = 0; round < rounds; round += 1)
    for (const { question, moment } of moments) {
      const at = (kill: () => void) => {
        line.at(question, moment, kill);
        return () => undefined;
      };
      const struck = { ...common, at };
      await strike(struck, `${question} ${moment} ${round}`);
      added += 1;
      expect(await waiting(struck)).not.toEqual([]);
    }
  await nothingIsLost({ ...common, at: () => () => undefined }, added);
});

test("with a folder: as a piece is half written", async () => {
  const folder = await newFolder();
  const settings = settingsOf(folder, { UPHELD_BACKUP: folder.backupDir });
  const log = path.join(folder.backupDir, "log");
  mkdirSync(log, { recursive: true });
  const at = (kill: () => void) => {
    const watcher = watch(log, (_, name) => {
      if (name?.endsWith(".part") && existsSync(path.join(log, name))) kill();
    });
    onTestFinished(() => watcher.close());
    return () => watcher.close();
  };
  const struck = { folder, settings, backupPlace: folder.backupPlace, at };
  for (let round = 0; round < rounds; round += 1) {
    await strike(struck, `Half ${round}`);
    expect(await waiting(struck)).not.toEqual([]);
  }
  await nothingIsLost(struck, rounds);
});
