// A restore to a moment before brings nobody back; a thief with old copies opens nobody who was erased; mistakes can be undone (K1, K4).
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { checkRestored } from "../../src/keep/backup/check-restored.ts";
import { prune } from "../../src/keep/backup/prune.ts";
import { rehearse } from "../../src/keep/backup/rehearse.ts";
import { restore } from "../../src/keep/backup/restore.ts";
import { backupWarnings, readBackupState } from "../../src/keep/backup/state.ts";
import type { Shelf } from "../../src/keep/backup/shelves.ts";
import { openStore } from "../../src/keep/backup/store.ts";
import { withVault } from "../../src/keep/backup/with-vault.ts";
import { openCluster } from "../../src/keep/cluster/open-cluster.ts";
import { openDataFolder } from "../../src/keep/data-folder.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { placeOfSocket, withClient, type Place } from "../../src/keep/place.ts";
import { boundTo, unseal } from "../../src/keep/seal.ts";
import { tables } from "../../src/keep/tables.ts";
import { service } from "../../src/policy/rows.ts";
import { addPeople, addTechnician, secrets } from "../walls/people.ts";
import { copyKits, type CopyKit } from "./copy-kits.ts";
import { newFolder, type Folder, runningPlace } from "./own-clusters.ts";

// Each of these starts and ends clusters several times.
vi.setConfig({ testTimeout: 180_000 });

const profiles = async (keep: Keep): Promise<string[]> => {
  const rows = await keep.databases.end({ actor: service, purpose: "end-data" }, (data) =>
    data.selectFrom("profile").select("subject").execute(),
  );
  return rows.map(({ subject }) => subject).sort();
};

const backupsOf = ({ backups }: Keep) => {
  if (!backups) throw new Error("no copies are made");
  return backups;
};

/** A moment that nothing else happened in, by the machine's clock. */
const aMoment = async (): Promise<Date> => {
  await sleep(20);
  const moment = new Date();
  await sleep(20);
  return moment;
};

const erase = (keep: Keep, subject: string) =>
  keep.vault.journal.note({ kind: "erased", at: keep.clock(), subject, detail: null });

const restoreTo = ({ vaultOptions, backupPlace }: Folder, to: Date | null) =>
  restore({ ...vaultOptions, backupPlace, to });

/** A folder whose copies go to a place of the kit's kind. */
const folderWith = async (kit: CopyKit): Promise<Folder> => {
  const folder = await newFolder();
  const { place: backupPlace } = kit;
  return { ...folder, backupPlace, open: (more = {}) => folder.open({ backupPlace, ...more }) };
};

/** The data cluster alone, as whoever has its files and the root key could start it. */
const asThief = async <T>(folder: Folder, act: (place: Place) => Promise<T>): Promise<T> => {
  const { rootKey } = await openDataFolder(folder.dataDir, path.join(folder.dataDir, "root.key"), "test");
  const superuserPassword = rootKey.derive("cluster:data").toString("hex");
  const dir = path.join(folder.dataDir, "pg");
  const cluster = await openCluster({ dir, superuserPassword, progress: () => undefined });
  try {
    return await act(placeOfSocket(cluster.socketDir, cluster.port, superuserPassword));
  } finally {
    await cluster.stop();
  }
};

const asSuperuser = <T>(keep: Keep, folder: Folder, act: (place: Place) => Promise<T>): Promise<T> =>
  keep.close().then(() => asThief(folder, act));

describe.each(copyKits)("with %s as backup place:", (_, newKit) => {
  test("restored to a moment: what was acknowledged is back, who was erased since is neither there nor readable, and the way forward is open again", async () => {
    const kit = await newKit();
    const folder = await folderWith(kit);
    let keep = await folder.open();
    const people = await addPeople(keep);
    await backupsOf(keep).takeNow();
    const second = await addTechnician(keep, "After the copy");
    const moment = await aMoment();
    const third = await addTechnician(keep, "After the moment");
    await erase(keep, people.technician);
    await keep.vaultCare.lookAfter();
    await keep.close();

    await restoreTo(folder, moment);
    // Old copy and log, and today's vault, halves and root key: the thief has the rows of who was erased, and no key.
    const stolen = await asThief(folder, (place) =>
      withClient(place, async (client) => {
        const { rows } = await client.query<Record<string, unknown>>("select * from profile");
        const { rows: text } = await client.query<{ all: string }>(
          "select string_agg(p::text, '') as all from profile p",
        );
        expect(text[0]?.all).not.toContain(Buffer.from(secrets.email).toString("hex"));
        return rows;
      }),
    );
    expect(stolen.map(({ subject }) => subject)).toContain(people.technician);
    await withVault(folder.vaultOptions, async ({ vault }) => {
      expect(await vault.keyOf(people.technician)).toBeNull();
      const key = (await vault.keyOf(second)) ?? Buffer.alloc(0);
      for (const row of stolen) {
        const open = () => unseal(key, boundTo(tables.profile, "details", row), row.details as Buffer);
        if (row.subject === second) expect(open()).toContain(secrets.email);
        else expect(open).toThrow(/does not open/);
      }
    });

    keep = await folder.open();
    expect(await profiles(keep)).toEqual([second]);
    const { rows: ledger } = await asSuperuser(keep, folder, (place) =>
      withClient(place, (client) =>
        client.query<{ entry: string }>("select entry from ledger order by seq desc limit 1"),
      ),
    );
    expect(ledger[0]?.entry).toContain('"restored"');
    expect((await restoreTo(folder, null)).segments).toBeGreaterThan(0);
    keep = await folder.open();
    expect(await profiles(keep)).toEqual([second]);
    expect(await keep.vault.keyOf(third)).not.toBeNull();
  });

  test("a place that is gone keeps the log waiting; a changed copy or log is named, and the data stays as it is", async () => {
    const kit = await newKit();
    const folder = await folderWith(kit);
    const keep = await folder.open();
    const people = await addPeople(keep);
    const backups = backupsOf(keep);
    await kit.vanish();
    await expect(backups.takeNow()).rejects.toThrow(/backup place .* can't be used/);
    const now = keep.clock();
    expect(backupWarnings(await readBackupState(folder.dataDir), now).join()).toMatch(/can't be used/);
    await kit.comeBack();
    await backups.takeNow();
    expect((await readBackupState(folder.dataDir)).trouble).toBeNull();
    await keep.close();

    const change = async (shelf: Shelf, fits: (name: string) => boolean) => {
      const names = (await kit.filesOn(shelf)).filter(fits);
      const file = kit.pathOf(shelf, names[0] ?? "");
      const bytes = await readFile(file);
      const changed = Buffer.from(bytes);
      const at = Math.floor(bytes.length / 2);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await writeFile(file, changed);
      return { name: names[0]?.replace(".sealed", ""), undo: () => writeFile(file, bytes) };
    };
    const base = await change("base", (name) => !name.includes("manifest"));
    await expect(restoreTo(folder, null)).rejects.toThrow(`base/${base.name} is damaged`);
    await base.undo();
    const manifest = await change("base", (name) => name.includes("manifest"));
    await expect(restoreTo(folder, null)).rejects.toThrow(/manifest is damaged/);
    await manifest.undo();
    const log = await change("log", (name) => /^[0-9A-F]{24}\.sealed$/.test(name));
    await expect(restoreTo(folder, null)).rejects.toThrow(`log/${log.name} is damaged`);
    await log.undo();
    await expect(restoreTo(folder, new Date(Date.now() - 3_600_000))).rejects.toThrow(/oldest copy/);
    await expect(restoreTo(folder, new Date(Date.now() + 3_600_000))).rejects.toThrow(
      /The log in the backup place ends before .*leave --to out/,
    );
    const again = await folder.open();
    expect(await profiles(again)).toEqual([people.technician]);
    expect((await readdir(folder.dataDir)).filter((name) => name.startsWith("pg-"))).toEqual([]);
  });
});

/** What lies above the place is the same for both, and takes long: torture tries it with each. */
const kitsAbove = process.env.UPHELD_TORTURE_ROUNDS === undefined ? copyKits.slice(0, 1) : copyKits;

describe.each(kitsAbove)("with %s, as with any other:", (_, newKit) => {
  test("a rehearsal reads all of it beside the running service, names a changed value, and is seen on the desk", async () => {
    const kit = await newKit();
    const folder = await folderWith(kit);
    const keep = await folder.open();
    await addPeople(keep);
    await backupsOf(keep).takeNow();
    const { dataDir, backupPlace, vaultOptions } = folder;
    const asked = { dataDir, backupPlace, to: null, clock: keep.clock, progress: () => undefined };
    const done = await withVault(vaultOptions, (opened) => rehearse({ ...asked, ...opened }));
    expect(done).toMatchObject({ faults: [] });
    expect(done.opened).toBeGreaterThan(4);
    expect((await readBackupState(dataDir)).rehearsal).toMatchObject({ ok: true });
    expect(await readdir(dataDir)).not.toContain("pg-rehearsal");
    const keyOf = (subject: string) => keep.vault.keyOf(subject);
    const publicKey = keep.ledger.publicKey;
    const place = keep.backups ? await runningPlace(folder, "data") : null;
    if (!place) throw new Error("no copies are made");
    const found = await withClient(place, async (client) => {
      await client.query("update profile set details = set_byte(details, 20, get_byte(details, 20) # 1)");
      await client.query("update ledger set entry = entry || ' ' where seq = 1");
      return checkRestored({ client, keyOf, publicKey });
    });
    expect(found.faults.join()).toMatch(/profile: a sealed value does not open.*entry 1 of the ledger/s);
  });

  test("copies end as the policy says, but for the newest, and what a kill left half made goes too", async () => {
    const kit = await newKit();
    const folder = await folderWith(kit);
    const keep = await folder.open();
    const first = await backupsOf(keep).takeNow();
    await sleep(1_000);
    await addTechnician(keep, "Between the copies");
    const second = await backupsOf(keep).takeNow();
    const store = openStore(folder.backupPlace, await keep.vault.secret("backup"));
    await kit.plant("base", "20200101T000000Z.sealed");
    if (typeof kit.place === "string") await kit.plant("base", "20200101T000000Z.sealed.1.part");
    const dayAfter = new Date(new Date(second.at).getTime() + 86_400_000 * 40);
    const logs = (await store.list("log")).length;
    expect((await prune(store, new Date(second.at), 30)).map(({ id }) => id)).toEqual([first.id, second.id]);
    expect((await prune(store, dayAfter, 30)).map(({ id }) => id)).toEqual([second.id]);
    expect(await kit.filesOn("base")).toEqual([`${second.id}.manifest.sealed`, `${second.id}.sealed`]);
    expect((await store.list("log")).length).toBeLessThan(logs);
    await keep.close();
    await rename(path.join(folder.dataDir, "pg"), path.join(folder.dataDir, "lost"));
    await expect(folder.open()).rejects.toThrow(/data is new and empty/);
    await restoreTo(folder, null);
    expect(await profiles(await folder.open())).toHaveLength(1);
  });
});

test("a dropped table and a mass update are undone by a restore to the moment before", async () => {
  const folder = await newFolder();
  let keep = await folder.open();
  const people = await addPeople(keep);
  await backupsOf(keep).takeNow();
  const moment = await aMoment();
  await asSuperuser(keep, folder, (place) =>
    withClient(place, async (client) => {
      await client.query("update subject set permissions = 0, status = 'gone'");
      await client.query("drop table profile cascade");
    }),
  );
  await expect(folder.open()).rejects.toThrow(/profile/);
  await restoreTo(folder, moment);
  keep = await folder.open();
  expect(await profiles(keep)).toEqual([people.technician]);
  const { rows } = await asSuperuser(keep, folder, (place) =>
    withClient(place, (client) => client.query("select from subject where status = 'gone'")),
  );
  expect(rows).toEqual([]);
});

test("the log of an empty database, which a start made that missed its data, is not taken for the log of the data", async () => {
  const folder = await newFolder();
  const { backupDir, dataDir } = folder;
  let keep = await folder.open();
  await backupsOf(keep).takeNow();
  const people = await addPeople(keep);
  await keep.close();
  await restoreTo(folder, null);
  await rename(path.join(dataDir, "pg"), path.join(dataDir, "lost"));
  const log = async () => {
    const names = await readdir(path.join(backupDir, "log"));
    const bytes = await Promise.all(names.map((name) => readFile(path.join(backupDir, "log", name))));
    return Object.fromEntries(names.map((name, at) => [name, bytes[at]?.toString("base64")]));
  };
  const before = await log();
  // Each of them writes on in its log, as a service does that is started again and again.
  for (let start = 0; start < 3; start += 1)
    await expect(folder.open()).rejects.toThrow(/data is new and empty/);
  await restoreTo(folder, null);
  expect(await log()).toEqual(before);
  keep = await folder.open();
  expect(await profiles(keep)).toEqual([people.technician]);
});
