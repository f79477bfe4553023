// A vault of each test's own, as the service and commands beside it open it.
import { randomUUID } from "node:crypto";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, inject, onTestFinished } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { placeOfUrl, vaultSchema, type Place } from "../../src/keep/place.ts";
import { openRootKey } from "../../src/keep/root-key.ts";
import { openVault, type Vault } from "../../src/keep/vault/vault.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";

/** What each test has of its own. */
export const its = {} as { data: TestData; rootKeyFile: string; place: Place };

beforeEach(async () => {
  its.data = await cloneData();
  its.place = placeOfUrl(its.data.vaultUrl, vaultSchema);
  // One of its own, since it is exchanged.
  its.rootKeyFile = path.join(its.data.dataDir, "root.key");
  await copyFile(inject("place").rootKeyFile, its.rootKeyFile);
});

export const open = async (vaultCopyPlace: string | null = null): Promise<Keep> => {
  const keep = await openKeep({
    ...(await keepOptions(its.data)),
    rootKeyFile: its.rootKeyFile,
    vaultCopyPlace,
  });
  onTestFinished(() => keep.close());
  return keep;
};

/** As a command beside the service has it. */
export const openVaultOnly = async (): Promise<Vault> =>
  openVault({
    place: its.place,
    rootKey: await openRootKey(its.rootKeyFile, false),
    reload: () => openRootKey(its.rootKeyFile, false),
    migrations: path.resolve("src/keep/vault/migrations"),
    dataDir: its.data.dataDir,
  });

export const under = async (): Promise<Buffer> => (await openRootKey(its.rootKeyFile, false)).derive("vault");

export const erase = (keep: Keep, subject: string) =>
  keep.vault.journal.note({ kind: "erased", at: keep.clock(), subject, detail: null });

export const addKeys = async (keep: Keep, count: number): Promise<Map<string, string>> => {
  const ids = Array.from({ length: count }, () => randomUUID());
  const keys = await Promise.all(ids.map((id) => keep.vault.createKey(id)));
  return new Map(ids.map((id, at) => [id, keys[at]?.toString("hex") ?? ""]));
};

export type Vaulted = {
  keys: { subject: string; epoch: number; wrapped: Buffer }[];
  epochs: { id: number; half: number; wrapped: Buffer }[];
};

export const vaulted = (): Promise<Vaulted> =>
  its.data.asVault(async (client) => ({
    keys: (await client.query<Vaulted["keys"][0]>("select subject, epoch, wrapped from subject_key")).rows,
    epochs: (await client.query<Vaulted["epochs"][0]>("select id, half, wrapped from epoch")).rows,
  }));
