// A store that vanishes in the midst of a base copy and comes back: said, nothing half made counts, and the next copy is whole (K1).
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { listBases } from "../../src/keep/backup/base-copy.ts";
import { restore } from "../../src/keep/backup/restore.ts";
import { backupWarnings, readBackupState } from "../../src/keep/backup/state.ts";
import { openStore } from "../../src/keep/backup/store.ts";
import { clockFile } from "../../src/keep/clock.ts";
import { withClient } from "../../src/keep/place.ts";
import { service } from "../../src/policy/rows.ts";
import { addTechnician } from "../walls/people.ts";
import { newFolder, runningPlace } from "./own-clusters.ts";
import { isTorture } from "./rounds.ts";
import { lineTo, startS3 } from "./s3-server.ts";

vi.setConfig({ testTimeout: 300_000 });

const megabyte = 1 << 20;

test("a copy that the running service could not make is said until it is made, and it is tried again by itself", async () => {
  const server = await startS3();
  const line = await lineTo(server);
  const folder = await newFolder();
  const keep = await folder.open({ backupPlace: line.place });
  const { backups } = keep;
  if (!backups) throw new Error("no copies are made");
  /** The copy of a running service is spread over minutes where much is to be written. */
  const writtenAlready = async () =>
    withClient(await runningPlace(folder, "data"), (client) => client.query("checkpoint"));
  const warned = async () => backupWarnings(await readBackupState(folder.dataDir), keep.clock()).join();
  line.at("PUT base/", "asked", () => {
    line.staysCut();
    line.cutAfter(1);
  });
  await writtenAlready();
  await expect(backups.lookAfter()).rejects.toThrow(/can't be reached/);
  line.mend();
  await addTechnician(keep, "Meanwhile Mia");
  // The log goes up again at once.
  await backups.lookAfter();
  expect((await readBackupState(folder.dataDir)).log.waiting).toBe(0);
  expect(await warned()).toMatch(/can't be reached/);
  await writeFile(path.join(folder.dataDir, clockFile), String(6 * 60_000));
  const later = Date.now() + 5 * 60_000;
  await vi.waitUntil(() => keep.clock().getTime() > later);
  await writtenAlready();
  await backups.lookAfter();
  expect(await readBackupState(folder.dataDir)).toMatchObject({ trouble: null, kept: { count: 1 } });
});

/** A copy that goes up in parts is tried for longer before it is given up, so torture alone makes one. */
const moments = isTorture
  ? [
      { what: "its first part", megabytes: 80, begins: "PUT base/", after: 20 * megabyte },
      { what: "its second part", megabytes: 80, begins: "PUT base/", after: 50 * megabyte },
    ]
  : [{ what: "its only part", megabytes: 0, begins: "PUT base/", after: megabyte }];

test.each(moments)("a store that vanishes while $what goes up", async ({ megabytes, begins, after }) => {
  const server = await startS3();
  const line = await lineTo(server);
  const backupPlace = line.place;
  const folder = await newFolder();
  let keep = await folder.open({ backupPlace });
  const { backups } = keep;
  if (!backups) throw new Error("no copies are made");
  await addTechnician(keep, "Before Bea");
  // Bytes that do not shrink, where Upheld does not look.
  if (megabytes > 0)
    await withClient(await runningPlace(folder, "data"), (client) =>
      client.query(
        `create table public.noise as select string_agg(uuid_send(gen_random_uuid()), '') as bytes
             from generate_series(1, $1::int * 65536) as n group by n / 400`,
        [megabytes],
      ),
    );
  const whole = (await backups.takeNow()).id;
  const store = openStore(server.place, await keep.vault.secret("backup"));

  line.at(begins, "asked", () => {
    line.staysCut();
    line.cutAfter(after);
  });
  await expect(backups.takeNow()).rejects.toThrow(
    /backup place s3:\/\/copies\/upheld\/one can't be used: .*can't be reached .*the log waits/,
  );
  expect(line.cuts()).toBe(1);
  expect(backupWarnings(await readBackupState(folder.dataDir), keep.clock()).join()).toMatch(
    /can't be reached/,
  );
  await addTechnician(keep, "Meanwhile Mia");
  // Still away: what waits is not taken for what has arrived, and goes on waiting.
  await expect(backups.lookAfter()).rejects.toThrow(/can't be reached/);
  expect((await listBases(store)).map(({ id }) => id)).toEqual([whole]);

  line.mend();
  const next = (await backups.takeNow()).id;
  expect((await listBases(store)).map(({ id }) => id)).toEqual([whole, next]);
  expect(await server.keysIn("base")).toEqual(
    [whole, next].flatMap((id) => [`${id}.manifest.sealed`, `${id}.sealed`]).sort(),
  );
  const state = await readBackupState(folder.dataDir);
  expect(state).toMatchObject({ trouble: null, log: { waiting: 0 } });
  await keep.close();

  await restore({ ...folder.vaultOptions, backupPlace, to: null });
  keep = await folder.open({ backupPlace });
  const rows = await keep.databases.end({ actor: service, purpose: "end-data" }, (data) =>
    data.selectFrom("profile").select("subject").execute(),
  );
  expect(rows).toHaveLength(2);
});
