// The vault under attack and in trouble: its one copy, and who has which part of it (K3, K4).
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { makeNextRootKey, openRootKey, settleRootKey } from "../../src/keep/root-key.ts";
import { transitKeeper } from "../../src/keep/transit-keeper.ts";
import { copyVault, putVaultBack } from "../../src/keep/vault/copy.ts";
import { halvesIn } from "../../src/keep/vault/halves.ts";
import { addTechnician } from "../walls/people.ts";
import { startTransit } from "./transit-server.ts";
import { its, open, erase, addKeys } from "./own-vault.ts";

test("a key keeper has the root key: what lies on the disk opens through it alone, and not after an exchange", async () => {
  const transit = await startTransit();
  const keeper = transitKeeper(transit);
  const file = path.join(its.data.dataDir, "kept.key");
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
  const halves = halvesIn(its.data.dataDir);
  const rootKey = await openRootKey(its.rootKeyFile, false);
  await copyVault(its.place, halves, rootKey, folder);
  const secret = await keep.vault.secret("lookup");
  await keep.close();
  expect(await readdir(folder)).toEqual(["vault.sealed"]);

  const file = path.join(folder, "vault.sealed");
  const bytes = await readFile(file);
  expect(bytes.includes(subject)).toBe(false);
  const migrations = path.resolve("src/keep/vault/migrations");
  const putBack = (key = rootKey) => putVaultBack(its.place, halves, key, folder, migrations);
  const other = await openRootKey(path.join(folder, "other.key"), true);
  await expect(putBack(other)).rejects.toThrow(/damaged/);
  const flipped = Buffer.from(bytes);
  flipped[200] = (flipped[200] ?? 0) ^ 1;
  await writeFile(file, flipped);
  await expect(putBack()).rejects.toThrow(/damaged/);
  await writeFile(file, bytes);

  await its.data.asVault((client) => client.query("truncate epoch, subject_key, address, secret, journal"));
  await writeFile(path.join(its.data.dataDir, "vault-epochs.key"), "{}");
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
  const flip = (text: string) => its.data.asVault((client) => client.query(text));
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
  await rename(path.join(its.data.dataDir, "vault-epochs.key"), path.join(its.data.dataDir, "elsewhere"));
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
