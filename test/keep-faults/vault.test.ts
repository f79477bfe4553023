// The vault under attack and in trouble: re-wrapping, its one copy, and who has which part of it (K3, K4).
import { randomUUID } from "node:crypto";
import { copyFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, inject, onTestFinished, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { placeOfUrl, vaultSchema, type Place } from "../../src/keep/place.ts";
import { makeNextRootKey, openRootKey, settleRootKey } from "../../src/keep/root-key.ts";
import { transitKeeper } from "../../src/keep/transit-keeper.ts";
import { copyVault, putVaultBack } from "../../src/keep/vault/copy.ts";
import { beginEpoch, openEpochs } from "../../src/keep/vault/epochs.ts";
import { halvesIn } from "../../src/keep/vault/halves.ts";
import { rewrap } from "../../src/keep/vault/rewrap.ts";
import { unwrap } from "../../src/keep/vault/wrap.ts";
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

const under = async (): Promise<Buffer> => (await openRootKey(rootKeyFile, false)).derive("vault");

const erase = (keep: Keep, subject: string) =>
  keep.vault.journal.note({ kind: "erased", at: keep.clock(), subject, detail: null });

const addKeys = async (keep: Keep, count: number): Promise<Map<string, string>> => {
  const ids = Array.from({ length: count }, () => randomUUID());
  const keys = await Promise.all(ids.map((id) => keep.vault.createKey(id)));
  return new Map(ids.map((id, at) => [id, keys[at]?.toString("hex") ?? ""]));
};

test("after an erasure everybody else's keys are under a new epoch, and an old copy of the vault opens nobody", async () => {
  const keep = await open();
  const keys = await addKeys(keep, 30);
  const [gone = ""] = keys.keys();
  const old = await data.asVault(async (client) => ({
    keys: (
      await client.query<{ subject: string; wrapped: Buffer }>("select subject, wrapped from subject_key")
    ).rows,
    epochs: (await client.query<{ id: number; wrapped: Buffer }>("select id, wrapped from epoch")).rows,
  }));
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
  for (const { id, wrapped } of old.epochs) {
    expect(await halvesIn(data.dataDir).of(id)).toBeNull();
    expect(() => unwrap(root, `epoch:${id}`, wrapped)).toThrow();
  }
  const today = await data.asVault((client) => openEpochs(client, root, halvesIn(data.dataDir)));
  for (const { subject, wrapped } of old.keys)
    for (const key of today.keys.values()) expect(() => unwrap(key, subject, wrapped)).toThrow();
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
  const [gone = ""] = keys.keys();
  await erase(keep, gone);
  const halves = halvesIn(data.dataDir);
  await data.asVault(async (client) => beginEpoch(client, await under(), halves, 2));
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
  const { rows } = await data.asVault((client) =>
    client.query<{ epoch: number }>("select distinct epoch from subject_key order by epoch"),
  );
  expect(rows.map(({ epoch }) => epoch)).toEqual([1, 2]);
  await keep.close();

  const again = await open();
  expect(await again.vault.isRewrapping()).toBe(true);
  for (const [id, key] of await addKeys(again, 2)) keys.set(id, key);
  await again.vaultCare.lookAfter();
  keys.delete(gone);
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
