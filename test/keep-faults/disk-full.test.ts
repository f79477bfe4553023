// A full disk, of the data, the vault or the copies: refused in plain words, nothing that was acknowledged is lost, and it goes on when there is room (K1, T2).
import { randomUUID } from "node:crypto";
import { readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { backupWarnings, readBackupState } from "../../src/keep/backup/state.ts";
import { withClient, type Place } from "../../src/keep/place.ts";
import { openRootKey } from "../../src/keep/root-key.ts";
import { copyVault } from "../../src/keep/vault/copy.ts";
import { halvesIn } from "../../src/keep/vault/halves.ts";
import { guest, lineInto, openRoom, password, technician, visitor, type Line } from "../attacks/visitor.ts";
import { command, serve, type Running } from "../start/process.ts";
import { addPeople, addTechnician } from "../walls/people.ts";
import { newFolder, type Folder, runningPlace } from "./own-clusters.ts";
import { needsMount, smallDisk } from "./small-disk.ts";

vi.setConfig({ testTimeout: 180_000 });

const start = async ({ dataDir }: Folder, settings: Record<string, string> = {}): Promise<Running> => {
  const upheld = await serve(dataDir, { UPHELD_BACKUP: "off", ...settings });
  onTestFinished(() => void upheld.kill());
  return upheld;
};

/** Uses up what PostgreSQL has put by for its log, until it can't write it any more. */
const useUpLog = async (place: Place): Promise<void> => {
  for (;;) {
    const ended = await withClient(place, async (client) => {
      await client.query("select pg_logical_emit_message(true, 'full', repeat('x', 1000)), pg_switch_wal()");
    }).then(
      () => false,
      () => true,
    );
    if (ended) return;
  }
};

const words = "long ".repeat(1400);

/** Says messages, one after the other, until one is refused; gives those that were acknowledged. */
const talkUntilRefused = async (line: Line) => {
  const refused = line.until(({ t }) => t === "no");
  let on = true;
  void refused.then(
    () => (on = false),
    () => (on = false),
  );
  for (let at = 0; on; at += 1) {
    const id = randomUUID();
    line.send({ t: "say", id, text: `${at} ${words}` });
    await line.until((frame) => frame.id === id);
  }
  return refused;
};

const acknowledged = ({ frames }: Line): unknown[] =>
  frames.flatMap(({ t, id }) => (t === "said" ? [id] : []));

const storedIn = async (url: string, room: string, cookie: string): Promise<unknown[]> => {
  const line = await lineInto(url, room, cookie);
  const { last } = await line.until(({ t }) => t === "welcome");
  if (Number(last) > 0) await line.until(({ t, seq }) => t === "said" && seq === last);
  line.close();
  return acknowledged(line);
};

test("the disk of the data full: the room and the forms say so, nothing acknowledged is lost, and both go on when there is room", async (ctx) => {
  needsMount(ctx);
  const folder = await newFolder();
  const disk = smallDisk(folder.dataDir, 200);
  let upheld = await start(folder);
  await upheld.ready();
  const port = new URL(upheld.url).port;
  const administrator = visitor(upheld.url);
  const first = /\/first\/[\w-]+/.exec(upheld.output())?.[0] ?? "";
  await administrator.post(first, { "user-name": "Desk Dora", password, agree: "yes" });
  const host = await technician(upheld.url, "Full Fred");
  const room = await openRoom(host);
  const customer = await guest(upheld.url, room, "Cus");
  const line = await lineInto(upheld.url, room.id, customer.cookie());
  await line.until(({ t }) => t === "welcome");
  disk.fill();
  const no = await talkUntilRefused(line);
  expect(no).toMatchObject({ code: "no-room", why: expect.stringContaining("no room left") as unknown });
  expect(acknowledged(line)).not.toContain(no.id);
  expect(upheld.output()).not.toContain("Stopping");
  expect((await administrator.get("/desk")).text).toMatch(
    /The disk of .*the database.* is nearly full: 0 MB are left/,
  );

  disk.makeRoom();
  line.send({ t: "say", id: no.id, text: words });
  await line.until(({ t, id }) => t === "said" && id === no.id);
  expect(await storedIn(upheld.url, room.id, customer.cookie())).toEqual(acknowledged(line));

  disk.fill();
  await useUpLog(await runningPlace(folder, "data"));
  expect(await upheld.exit).toBe(1);
  expect(upheld.output()).toMatch(
    /no room left on the disk of the database .*make room there, and start again/,
  );
  upheld = await start(folder, { PORT: port });
  expect(await upheld.exit).toBe(2);
  expect(upheld.output()).toMatch(/no room left on the disk of the database/);
  disk.makeRoom();
  upheld = await start(folder, { PORT: port });
  await upheld.ready();
  expect(await storedIn(upheld.url, room.id, customer.cookie())).toEqual(acknowledged(line));
  expect((await host.get("/account")).text).toContain("Full Fred");
  await upheld.interrupt();
  expect((await command(["verify"], { UPHELD_DATA: folder.dataDir })).code).toBe(0);
});

/** Leaves no room in the pages that a table has. */
const useUpPages = (place: Place, statement: string, sizes: readonly number[]): Promise<void> =>
  withClient(place, async (client) => {
    for (const size of sizes)
      for (let full = false; !full;)
        await client.query(statement, [randomUUID(), size]).catch((fault: { code?: string }) => {
          if (fault.code !== "53100") throw fault;
          full = true;
        });
  });

test("the disk of the vault full: who registers is told, with 503, and nothing of it is left; then it goes on", async (ctx) => {
  needsMount(ctx);
  const folder = await newFolder();
  const disk = smallDisk(path.join(folder.dataDir, "vault"), 120);
  let upheld = await start(folder);
  await upheld.ready();
  const place = await runningPlace(folder, "vault");
  await technician(upheld.url, "Before Bea");
  disk.fill();
  const padding = "insert into subject_key select $1::uuid, 1, convert_to(repeat('x', $2::int), 'UTF8')";
  await useUpPages(place, padding, [2000, 300, 20]);
  const refused = await technician(upheld.url, "Later Lea").catch((fault: Error) => fault.message);
  expect(refused).toMatch(/not registered: 503 .*/s);
  expect(upheld.output()).toContain("no room left on the disk");
  disk.makeRoom();
  await withClient(place, (client) => client.query("delete from subject_key where length(wrapped) <> 60"));
  await technician(upheld.url, "Later Lea");
  disk.fill();
  await useUpLog(place);
  expect(await upheld.exit).toBe(1);
  expect(upheld.output()).toMatch(/no room left on the disk of the vault/);
  disk.makeRoom();
  upheld = await start(folder);
  await upheld.ready();
  await expect(technician(upheld.url, "Before Bea")).rejects.toThrow("422");
  await expect(technician(upheld.url, "Later Lea")).rejects.toThrow("422");
});

test("the backup place full: said in a sentence and on the desk, the log waits, and with room all of it gets there", async (ctx) => {
  needsMount(ctx);
  const folder = await newFolder();
  const disk = smallDisk(folder.backupDir, 2);
  const keep = await folder.open();
  const { backups } = keep;
  if (!backups) throw new Error("no copies are made");
  await addPeople(keep);
  await expect(backups.takeNow()).rejects.toThrow(/backup place .* is full\. Make room there/);
  const state = await readBackupState(folder.dataDir);
  expect(backupWarnings(state, keep.clock()).join()).toMatch(/is full/);
  expect(state.log.waiting).toBeGreaterThan(0);
  expect(
    (await readdir(folder.backupDir, { recursive: true })).filter((name) => name.endsWith(".part")),
  ).toEqual([]);
  disk.grow(64);
  await backups.takeNow();
  expect(await readBackupState(folder.dataDir)).toMatchObject({ trouble: null, log: { waiting: 0 } });
});

test("the vault's second place full: the copy that is there stays whole, and the next gets there with room", async (ctx) => {
  needsMount(ctx);
  const folder = await newFolder();
  const disk = smallDisk(folder.vaultCopyPlace, 1);
  const keep = await folder.open();
  await keep.vaultCare.copyNow();
  const place = await runningPlace(folder, "vault");
  const rootKey = await openRootKey(path.join(folder.dataDir, "root.key"), false);
  const copy = () => copyVault(place, halvesIn(folder.dataDir), rootKey, folder.vaultCopyPlace);
  disk.fill();
  await expect(copy()).rejects.toThrow(/can't be copied to .*: ENOSPC\. Make room there/);
  expect(await readdir(folder.vaultCopyPlace)).toEqual(["filler", "vault.sealed"]);
  disk.makeRoom();
  await copy();
});

test("a backup place that vanishes in the midst of a copy and comes back: said, nothing half made counts, and the next copy is whole", async () => {
  const folder = await newFolder();
  const keep = await folder.open();
  const { backups } = keep;
  if (!backups) throw new Error("no copies are made");
  await addPeople(keep);
  const away = `${folder.backupDir}-away`;
  const taking = expect(backups.takeNow()).rejects.toThrow(
    /backup place .* can't be used \(ENOENT\)\. Bring it back/,
  );
  const inWork = async () =>
    (await readdir(path.join(folder.backupDir, "base")).catch(() => [])).some((name) =>
      name.endsWith(".part"),
    );
  while (!(await inWork())) await new Promise(setImmediate);
  await rename(folder.backupDir, away);
  await taking;
  expect(backupWarnings(await readBackupState(folder.dataDir), keep.clock()).join()).toMatch(/can't be used/);
  await addTechnician(keep, "Meanwhile Mia");
  await rm(folder.backupDir, { recursive: true, force: true });
  await rename(away, folder.backupDir);
  const { id } = await backups.takeNow();
  expect(await readdir(path.join(folder.backupDir, "base"))).toEqual([
    `${id}.manifest.sealed`,
    `${id}.sealed`,
  ]);
  expect(await readBackupState(folder.dataDir)).toMatchObject({ trouble: null, log: { waiting: 0 } });
});
