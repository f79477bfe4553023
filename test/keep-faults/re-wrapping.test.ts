// Keys re-wrapped after erasures: who moves, what an old copy opens, and what goes on or goes wrong meanwhile (K3, K4).
import { randomBytes, randomUUID } from "node:crypto";
import { copyFile, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { migrate } from "../../src/keep/migrate.ts";
import { withClient } from "../../src/keep/place.ts";
import { openRootKey } from "../../src/keep/root-key.ts";
import { copyVault, putVaultBack } from "../../src/keep/vault/copy.ts";
import { beginEpoch, beginHalf, openEpochs, over, peopleInEpoch } from "../../src/keep/vault/epochs.ts";
import { halvesIn } from "../../src/keep/vault/halves.ts";
import { rewrap } from "../../src/keep/vault/rewrap.ts";
import { type Vault } from "../../src/keep/vault/vault.ts";
import { unwrap, wrap } from "../../src/keep/vault/wrap.ts";
import { its, open, openVaultOnly, under, erase, addKeys, vaulted } from "./own-vault.ts";

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
  const halves = halvesIn(its.data.dataDir);
  const half = (await halves.of(2)) ?? Buffer.alloc(0);
  expect(Object.keys(await halves.all())).toEqual(["2"]);
  expect(new Set(old.epochs.map((epoch) => epoch.half))).toEqual(new Set([1]));
  for (const { id, wrapped } of old.epochs)
    for (const key of [root, over(root, half)]) expect(() => unwrap(key, `epoch:${id}`, wrapped)).toThrow();
  // With today's vault besides, whoever was erased stays it, and so does what those who came with them had.
  const today = await its.data.asVault((client) => openEpochs(client, root, halves));
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
  await its.data.asVault((client) =>
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
  const halves = halvesIn(its.data.dataDir);
  await its.data.asVault(async (client) => {
    await client.query("begin");
    const epoch = await beginEpoch(client, halves, async () => ({ under: await under(), id: null }));
    let isThere = false;
    const making = withClient(its.place, (other) => beginHalf(other, halves, 1)).then(() => (isThere = true));
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
  const halves = halvesIn(its.data.dataDir);
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
  await its.data.asVault((client) =>
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
  expect(Object.keys(await halvesIn(its.data.dataDir).all())).toEqual(["5"]);
});

test("a vault whose keys were all under one epoch, with a half of its own, opens as it was, and is spread over many", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-older-"));
  const migrations = path.resolve("src/keep/vault/migrations");
  for (const name of (await readdir(migrations)).filter((one) => one < "0007"))
    await copyFile(path.join(migrations, name), path.join(folder, name));
  const halves = halvesIn(its.data.dataDir);
  const [half, epoch] = [randomBytes(32), randomBytes(32)];
  await halves.replace({ 3: half.toString("hex") });
  const keys = new Map<string, Buffer>(Array.from({ length: 300 }, () => [randomUUID(), randomBytes(32)]));
  await its.data.asVault(async (client) => {
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
  await copyVault(its.place, halves, await openRootKey(its.rootKeyFile, false), second);
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
  await putVaultBack(its.place, halves, await openRootKey(its.rootKeyFile, false), second, migrations);
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
  await writeFile(path.join(its.data.dataDir, "clock-offset"), String(86_400_000 + 60_000));
  await expect.poll(() => keep.clock().getTime() - Date.now()).toBeGreaterThan(86_400_000);
  await keep.vaultCare.lookAfter();
  expect(await keep.vault.mustRewrap()).toBe(false);
});

test("a re-wrapping that was killed goes on where it stopped, and people come and are found meanwhile", async () => {
  const keep = await open();
  const keys = await addKeys(keep, 2_100);
  const gone = [...keys.keys()].filter((_, at) => at % 500 === 0);
  for (const id of gone) await erase(keep, id);
  const halves = halvesIn(its.data.dataDir);
  const killed = rewrap({
    place: its.place,
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
