// The vault under attack and in trouble: re-wrapping, its one copy, and who has which part of it (K3, K4).
import { randomBytes, randomUUID } from "node:crypto";
import { copyFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, expect, inject, onTestFinished, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { migrate } from "../../src/keep/migrate.ts";
import { placeOfUrl, vaultSchema, withClient, type Place } from "../../src/keep/place.ts";
import { makeNextRootKey, openRootKey, settleRootKey } from "../../src/keep/root-key.ts";
import { transitKeeper } from "../../src/keep/transit-keeper.ts";
import { copyVault, putVaultBack } from "../../src/keep/vault/copy.ts";
import { beginEpoch, beginHalf, openEpochs, over, peopleInEpoch } from "../../src/keep/vault/epochs.ts";
import { halvesIn } from "../../src/keep/vault/halves.ts";
import { rewrap } from "../../src/keep/vault/rewrap.ts";
import { openVault, type Vault } from "../../src/keep/vault/vault.ts";
import { unwrap, wrap } from "../../src/keep/vault/wrap.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { addTechnician } from "../walls/people.ts";
import { startTransit } from "./transit-server.ts";

let data: TestData;
let rootKeyFile: string;
let place: Place;

beforeEach(async () => {
  data = await cloneData();
  place = placeOfUrl(data.vaultUrl, vaultSchema);
  // One of its own, since it is exchanged.
  rootKeyFile = path.join(data.dataDir, "root.key");
  await copyFile(inject("place").rootKeyFile, rootKeyFile);
});

const open = async (vaultCopyPlace: string | null = null): Promise<Keep> => {
  const keep = await openKeep({ ...(await keepOptions(data)), rootKeyFile, vaultCopyPlace });
  onTestFinished(() => keep.close());
  return keep;
};

/** As a command beside the service has it. */
const openVaultOnly = async (): Promise<Vault> =>
  openVault({
    place,
    rootKey: await openRootKey(rootKeyFile, false),
    reload: () => openRootKey(rootKeyFile, false),
    migrations: path.resolve("src/keep/vault/migrations"),
    dataDir: data.dataDir,
  });

const under = async (): Promise<Buffer> => (await openRootKey(rootKeyFile, false)).derive("vault");

const erase = (keep: Keep, subject: string) =>
  keep.vault.journal.note({ kind: "erased", at: keep.clock(), subject, detail: null });

const addKeys = async (keep: Keep, count: number): Promise<Map<string, string>> => {
  const ids = Array.from({ length: count }, () => randomUUID());
  const keys = await Promise.all(ids.map((id) => keep.vault.createKey(id)));
  return new Map(ids.map((id, at) => [id, keys[at]?.toString("hex") ?? ""]));
};

type Vaulted = {
  keys: { subject: string; epoch: number; wrapped: Buffer }[];
  epochs: { id: number; half: number; wrapped: Buffer }[];
};

const vaulted = (): Promise<Vaulted> =>
  data.asVault(async (client) => ({
    keys: (await client.query<Vaulted["keys"][0]>("select subject, epoch, wrapped from subject_key")).rows,
    epochs: (await client.query<Vaulted["epochs"][0]>("select id, half, wrapped from epoch")).rows,
  }));

test("after an erasure those who came with the erased are under another epoch, all epochs under another half, and an old copy of the vault opens nobody", async () => {
  const keep = await open();
  const keys = await addKeys(keep, 3 * peopleInEpoch);
  const [gone = ""] = keys.keys();
  const old = await vaulted();
  await erase(keep, gone);
  expect(await keep.vault.mustRewrap()).toBe(true);
  await keep.vaultCare.lookAfter();
  expect(await keep.vault.mustRewrap()).toBe(false);
  await keep.close();

  const again = await open();
  for (const [id, key] of keys)
    expect((await again.vault.keyOf(id))?.toString("hex") ?? null).toBe(id === gone ? null : key);
  // The thief has the old copy, today's root key, and what lies in the folder today.
  const root = await under();
  const halves = halvesIn(data.dataDir);
  const half = (await halves.of(2)) ?? Buffer.alloc(0);
  expect(Object.keys(await halves.all())).toEqual(["2"]);
  expect(new Set(old.epochs.map((epoch) => epoch.half))).toEqual(new Set([1]));
  for (const { id, wrapped } of old.epochs)
    for (const key of [root, over(root, half)]) expect(() => unwrap(key, `epoch:${id}`, wrapped)).toThrow();
  // With today's vault besides, whoever was erased stays it, and so does what those who came with them had.
  const today = await data.asVault((client) => openEpochs(client, root, halves));
  const left = old.keys.find(({ subject }) => subject === gone)?.epoch;
  const together = old.keys.filter(({ epoch }) => epoch === left);
  expect(together).toHaveLength(peopleInEpoch);
  for (const { subject, wrapped } of together)
    for (const key of today.values()) expect(() => unwrap(key, subject, wrapped)).toThrow();
  const now = await vaulted();
  expect(now.epochs.map(({ id }) => id)).not.toContain(left);
  // Nobody else had to move.
  const same = now.keys.filter(({ subject, wrapped }) =>
    old.keys.some((before) => before.subject === subject && before.wrapped.equals(wrapped)),
  );
  expect(same).toHaveLength(old.keys.length - peopleInEpoch);
});

test("whoever deletes a key, also by hand, ends its epoch", async () => {
  const keep = await open();
  const [gone = ""] = (await addKeys(keep, 2)).keys();
  expect(await keep.vault.mustRewrap()).toBe(false);
  await data.asVault((client) =>
    client.query(
      `set search_path = pg_catalog; delete from upheld_vault.subject_key where subject = '${gone}'`,
    ),
  );
  expect(await keep.vault.mustRewrap()).toBe(true);
});

test("the number of an epoch that is gone is given to no other: whoever was about to come into it comes into the next", async () => {
  const [earlier, now] = [await openVaultOnly(), await openVaultOnly()];
  onTestFinished(async () => void (await Promise.all([earlier.close(), now.close()])));
  const [first, second, alone, late] = Array.from({ length: 4 }, () => randomUUID()) as [
    string,
    string,
    string,
    string,
  ];
  const keys = new Map<string, Buffer>();
  for (const id of [first, second]) keys.set(id, await earlier.createKey(id));
  await now.createKey(alone);
  await now.destroyKey(alone);
  await now.rewrap(() => false);
  await now.destroyKey(first);
  keys.delete(first);
  await now.rewrap(() => false);
  keys.set(late, await now.createKey(late));
  const again = await openVaultOnly();
  onTestFinished(() => again.close());
  for (const [id, key] of keys) expect(await again.keyOf(id)).toEqual(key);
});

test("a half waits for an epoch that is being begun, which comes under it, too", async () => {
  const vault = await openVaultOnly();
  onTestFinished(() => vault.close());
  const halves = halvesIn(data.dataDir);
  await data.asVault(async (client) => {
    await client.query("begin");
    const epoch = await beginEpoch(client, halves, async () => ({ under: await under(), id: null }));
    let isThere = false;
    const making = withClient(place, (other) => beginHalf(other, halves, 1)).then(() => (isThere = true));
    await sleep(300);
    expect([isThere, await halves.areSeveral()]).toEqual([false, false]);
    await client.query("commit");
    await making;
    // Under a half that is not the newest any more none begins.
    const second = await beginEpoch(client, halves, async () => ({ under: await under(), id: null }));
    const { epochs } = await vaulted();
    expect(epochs.find(({ id }) => id === epoch.id)?.half).toBe(1);
    expect(epochs.find(({ id }) => id === second.id)?.half).toBe(2);
  });
  expect(await vault.isRewrapping()).toBe(true);
  await vault.rewrap(() => false);
  const { epochs } = await vaulted();
  expect(new Set(epochs.map(({ half }) => half))).toEqual(new Set([2]));
  expect(Object.keys(await halves.all())).toEqual(["2"]);
});

test("an old half that a kill left is destroyed, and nobody has to move for it", async () => {
  const keep = await open();
  await addKeys(keep, 3);
  const halves = halvesIn(data.dataDir);
  await keep.vault.rewrap(() => false);
  const before = await vaulted();
  await halves.add(1, randomBytes(32));
  expect(await keep.vault.mustRewrap()).toBe(true);
  await keep.vaultCare.lookAfter();
  expect(Object.keys(await halves.all())).toEqual(["2"]);
  expect(await vaulted()).toEqual(before);
});

test("a key that was changed does not keep the others from moving", async () => {
  const keep = await open();
  const keys = await addKeys(keep, 5);
  const [gone = "", changed = ""] = keys.keys();
  await keep.close();
  await data.asVault((client) =>
    client.query(
      "update subject_key set wrapped = set_byte(wrapped, 30, get_byte(wrapped, 30) # 1) where subject = $1",
      [changed],
    ),
  );
  const again = await open();
  await erase(again, gone);
  await again.vaultCare.lookAfter();
  expect(await again.vault.mustRewrap()).toBe(false);
  await expect(again.vault.keyOf(changed)).rejects.toThrow(/a key in the vault does not open/);
  for (const [id, key] of [...keys].slice(2))
    expect((await again.vault.keyOf(id))?.toString("hex")).toBe(key);
});

test("people who come while keys are re-wrapped, from several processes, stay, under the new half", async () => {
  const [one, other] = [await open(), await openVaultOnly()];
  const keys = await addKeys(one, 4 * peopleInEpoch);
  const coming = new Map<string, string>();
  let isOver = false;
  const come = async (vault: Vault): Promise<void> => {
    while (!isOver) {
      const id = randomUUID();
      coming.set(id, (await vault.createKey(id)).toString("hex"));
    }
  };
  const visitors = [come(one.vault), come(other)];
  for (const id of [...keys.keys()].filter((_, at) => at % 100 === 0)) {
    await erase(one, id);
    keys.delete(id);
  }
  for (let times = 0; times < 3; times += 1) {
    await one.vault.rewrap(() => false);
    // Out of epochs that are open.
    for (const id of [...coming.keys()].slice(-3, -1)) {
      await erase(one, id);
      coming.delete(id);
    }
  }
  await one.vault.rewrap(() => false);
  isOver = true;
  await Promise.all(visitors);
  await other.close();
  await one.close();
  const again = await open();
  expect(coming.size).toBeGreaterThan(peopleInEpoch);
  for (const [id, key] of [...keys, ...coming])
    expect((await again.vault.keyOf(id))?.toString("hex")).toBe(key);
  expect(Object.keys(await halvesIn(data.dataDir).all())).toEqual(["5"]);
});

test("a vault whose keys were all under one epoch, with a half of its own, opens as it was, and is spread over many", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-older-"));
  const migrations = path.resolve("src/keep/vault/migrations");
  for (const name of (await readdir(migrations)).filter((one) => one < "0007"))
    await copyFile(path.join(migrations, name), path.join(folder, name));
  const halves = halvesIn(data.dataDir);
  const [half, epoch] = [randomBytes(32), randomBytes(32)];
  await halves.replace({ 3: half.toString("hex") });
  const keys = new Map<string, Buffer>(Array.from({ length: 300 }, () => [randomUUID(), randomBytes(32)]));
  await data.asVault(async (client) => {
    await client.query("drop schema upheld_vault cascade; create schema upheld_vault");
    await migrate(client, folder);
    await client.query("insert into epoch values (3, $1, true)", [
      wrap(over(await under(), half), "epoch:3", epoch),
    ]);
    for (const [id, key] of keys)
      await client.query("insert into subject_key values ($1, 3, $2)", [id, wrap(epoch, id, key)]);
    await client.query("insert into installation values ('keys-destroyed', 'yes')");
  });
  const second = path.join(folder, "second");
  await copyVault(place, halves, await openRootKey(rootKeyFile, false), second);
  const vault = await openVaultOnly();
  onTestFinished(() => vault.close());
  const allOpen = async () => {
    for (const [id, key] of keys) expect(await vault.keyOf(id)).toEqual(key);
  };
  await allOpen();
  expect(await vault.mustRewrap()).toBe(true);
  const late = randomUUID();
  keys.set(late, await vault.createKey(late));
  expect(await vault.rewrap(() => false)).toBe(300);
  await allOpen();
  expect(await vault.mustRewrap()).toBe(false);
  expect(Object.keys(await halves.all())).toEqual(["4"]);
  const { epochs } = await vaulted();
  expect(epochs.map(({ id }) => id)).not.toContain(3);
  expect(epochs).toHaveLength(4);

  // A copy that was made by the version before.
  await putVaultBack(place, halves, await openRootKey(rootKeyFile, false), second, migrations);
  keys.delete(late);
  const back = await openVaultOnly();
  onTestFinished(() => back.close());
  for (const [id, key] of keys) expect(await back.keyOf(id)).toEqual(key);
  expect(await back.rewrap(() => false)).toBe(300);
  for (const [id, key] of keys) expect(await back.keyOf(id)).toEqual(key);
  expect(await back.mustRewrap()).toBe(false);
});

test("an erasure is followed by at most one re-wrapping a day", async () => {
  const keep = await open();
  const [first = "", second = ""] = (await addKeys(keep, 2)).keys();
  await erase(keep, first);
  await keep.vaultCare.lookAfter();
  await erase(keep, second);
  await keep.vaultCare.lookAfter();
  expect(await keep.vault.mustRewrap()).toBe(true);
  await writeFile(path.join(data.dataDir, "clock-offset"), String(86_400_000 + 60_000));
  await expect.poll(() => keep.clock().getTime() - Date.now()).toBeGreaterThan(86_400_000);
  await keep.vaultCare.lookAfter();
  expect(await keep.vault.mustRewrap()).toBe(false);
});

test("a re-wrapping that was killed goes on where it stopped, and people come and are found meanwhile", async () => {
  const keep = await open();
  const keys = await addKeys(keep, 2_100);
  const gone = [...keys.keys()].filter((_, at) => at % 500 === 0);
  for (const id of gone) await erase(keep, id);
  const halves = halvesIn(data.dataDir);
  const killed = rewrap({
    place,
    under: await under(),
    halves,
    isBusy: () => false,
    told: () => {
      throw new Error("killed");
    },
  });
  await expect(killed).rejects.toThrow("killed");
  const { epochs } = await vaulted();
  expect(new Set(epochs.map(({ half }) => half))).toEqual(new Set([1, 2]));
  await keep.close();

  const again = await open();
  expect(await again.vault.isRewrapping()).toBe(true);
  for (const [id, key] of await addKeys(again, 2)) keys.set(id, key);
  await again.vaultCare.lookAfter();
  for (const id of gone) keys.delete(id);
  for (const [id, key] of keys) expect((await again.vault.keyOf(id))?.toString("hex")).toBe(key);
  expect(await halves.of(1)).toBeNull();
});

test("a key keeper has the root key: what lies on the disk opens through it alone, and not after an exchange", async () => {
  const transit = await startTransit();
  const keeper = transitKeeper(transit);
  const file = path.join(data.dataDir, "kept.key");
  const source = { file, keeper };
  const made = await openRootKey(source, true);
  const text = (await readFile(file, "utf8")).trim();
  expect(text).toMatch(/^vault:v1:/);
  expect((await openRootKey(source, false)).id).toBe(made.id);
  // The vault of the clone is put under it, as an exchange does.
  const next = await makeNextRootKey(source);
  expect(next.id).not.toBe(made.id);
  await settleRootKey(source, true);
  expect((await openRootKey(source, false)).id).toBe(next.id);
  await expect(keeper.open(text)).rejects.toThrow(/HTTP 400/);
  await transit.close();
  await expect(openRootKey(source, false)).rejects.toThrow(/can't be reached/);
});

test("the one copy of the vault brings it back; alone, or changed, it is worth nothing", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-copy-"));
  const keep = await open(folder);
  const subject = await addTechnician(keep, "Copied Carla");
  await erase(keep, await addTechnician(keep, "Erased Emil"));
  const halves = halvesIn(data.dataDir);
  const rootKey = await openRootKey(rootKeyFile, false);
  await copyVault(place, halves, rootKey, folder);
  const secret = await keep.vault.secret("lookup");
  await keep.close();
  expect(await readdir(folder)).toEqual(["vault.sealed"]);

  const file = path.join(folder, "vault.sealed");
  const bytes = await readFile(file);
  expect(bytes.includes(subject)).toBe(false);
  const migrations = path.resolve("src/keep/vault/migrations");
  const putBack = (key = rootKey) => putVaultBack(place, halves, key, folder, migrations);
  const other = await openRootKey(path.join(folder, "other.key"), true);
  await expect(putBack(other)).rejects.toThrow(/damaged/);
  const flipped = Buffer.from(bytes);
  flipped[200] = (flipped[200] ?? 0) ^ 1;
  await writeFile(file, flipped);
  await expect(putBack()).rejects.toThrow(/damaged/);
  await writeFile(file, bytes);

  await data.asVault((client) => client.query("truncate epoch, subject_key, address, secret, journal"));
  await writeFile(path.join(data.dataDir, "vault-epochs.key"), "{}");
  await putBack();
  const again = await open();
  expect(await again.vault.keyOf(subject)).not.toBeNull();
  expect(await again.vault.secret("lookup")).toEqual(secret);
  expect(await again.vault.journal.head()).toBeGreaterThan(0);
});

test("a lost half, a changed key and a changed secret are named, and nothing is read from them", async () => {
  const keep = await open();
  const [id = ""] = (await addKeys(keep, 1)).keys();
  await keep.close();
  const flip = (text: string) => data.asVault((client) => client.query(text));
  await flip(
    `update subject_key set wrapped = set_byte(wrapped, 30, get_byte(wrapped, 30) # 1) where subject = '${id}'`,
  );
  const again = await open();
  await expect(again.vault.keyOf(id)).rejects.toThrow(/a key in the vault does not open/);
  await again.close();
  await flip(
    "update secret set wrapped = set_byte(wrapped, 30, get_byte(wrapped, 30) # 1) where name = 'ledger-signing'",
  );
  await expect(open()).rejects.toThrow(/secret "ledger-signing" was changed/);
  await rename(path.join(data.dataDir, "vault-epochs.key"), path.join(data.dataDir, "elsewhere"));
  await expect(open()).rejects.toThrow(/half of the vault's key/);
});

test("the desk is told of a second place that can't be used, of the copy once it is made, and when keys were re-wrapped", async () => {
  const without = await open();
  expect((await without.vaultCare.state()).copy).toBeNull();
  await without.close();
  const parent = await mkdtemp(path.join(tmpdir(), "upheld-copy-"));
  const folder = path.join(parent, "second");
  await writeFile(folder, "a file in its place");
  const keep = await open(folder);
  const [gone = ""] = (await addKeys(keep, 2)).keys();
  await expect(keep.vaultCare.lookAfter()).rejects.toThrow(/can't be copied/);
  const { copy } = await keep.vaultCare.state();
  expect(copy).toMatchObject({ at: null });
  expect(copy?.trouble).toMatch(/^The vault can't be copied to .*second/);
  await rm(folder);
  await erase(keep, gone);
  await keep.vaultCare.lookAfter();
  const now = keep.clock().getTime();
  const state = await keep.vaultCare.state();
  expect(state).toMatchObject({ rewrapping: null, copy: { trouble: null } });
  for (const at of [state.copy?.at, state.rewrappedAt]) expect(now - (at ?? 0)).toBeLessThan(60_000);
});
