// A rehearsal that was killed leaves no PostgreSQL running for long, and one that is under way is let be (K1).
import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { endLeftRehearsal, rehearse } from "../../src/keep/backup/rehearse.ts";
import { withVault } from "../../src/keep/backup/with-vault.ts";
import { readPidFile, whoHas } from "../../src/keep/cluster/pid-file.ts";
import { addPeople } from "../walls/people.ts";
import { newFolder, type Folder } from "./own-clusters.ts";

vi.setConfig({ testTimeout: 180_000 });

/** The PostgreSQL of a rehearsal; 0 when there is none. */
const serverIn = async ({ dataDir }: Folder): Promise<number> => {
  const cluster = path.join(dataDir, "pg-rehearsal", "cluster");
  const pid = (await readPidFile(cluster))?.pid ?? 0;
  return (await whoHas(pid, cluster)) === "postgres" ? pid : 0;
};

/** Kills the command as soon as its PostgreSQL is up; gives that one. */
const killRehearsal = async (folder: Folder): Promise<number> => {
  const child = spawn(process.execPath, [path.resolve("dist/cli.js"), "rehearse"], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      UPHELD_ENV: "test",
      UPHELD_DATA: folder.dataDir,
      UPHELD_BACKUP: folder.backupDir,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.stderr.on("data", (text: Buffer) => {
    if (text.includes("Reading all of it")) child.kill("SIGKILL");
  });
  await ended;
  return serverIn(folder);
};

const isGone = async (folder: Folder): Promise<void> => {
  expect(await serverIn(folder)).toBe(0);
  expect(await readdir(folder.dataDir)).not.toContain("pg-rehearsal");
};

test("a rehearsal that was killed: its PostgreSQL is ended by the running service, and by the next start", async () => {
  const folder = await newFolder();
  const keep = await folder.open();
  await addPeople(keep);
  await keep.backups?.takeNow();
  expect(await killRehearsal(folder)).toBeGreaterThan(0);
  await keep.backups?.lookAfter();
  await isGone(folder);
  expect(await killRehearsal(folder)).toBeGreaterThan(0);
  await keep.close();
  await folder.open();
  await isGone(folder);
});

test("a rehearsal that is under way is neither ended nor begun a second time", async () => {
  const folder = await newFolder();
  const keep = await folder.open();
  await addPeople(keep);
  await keep.backups?.takeNow();
  const { dataDir, backupPlace, vaultOptions } = folder;
  await withVault(vaultOptions, async (opened) => {
    const asked = { dataDir, backupPlace, to: null, clock: keep.clock, ...opened };
    let meanwhile: Promise<unknown> = Promise.resolve();
    const progress = (line: string): void => {
      if (!line.startsWith("Reading")) return;
      meanwhile = endLeftRehearsal({ dataDir, ...opened }).then(() =>
        expect(rehearse({ ...asked, progress: () => undefined })).rejects.toThrow(
          "Another rehearsal is under way",
        ),
      );
    };
    expect(await rehearse({ ...asked, progress })).toMatchObject({ faults: [] });
    await meanwhile;
  });
  await isGone(folder);
});
