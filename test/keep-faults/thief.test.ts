// What a thief gets who has all but the root key, or the vault alone: nobody's values, be it by the service's own code or by SQL and whatever lies there (K3).
import { createHash, createHmac } from "node:crypto";
import { copyFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Client } from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { openRootKey } from "../../src/keep/root-key.ts";
import { boundTo, unseal } from "../../src/keep/seal.ts";
import { tables } from "../../src/keep/tables.ts";
import { openEpochs } from "../../src/keep/vault/epochs.ts";
import { halvesIn } from "../../src/keep/vault/halves.ts";
import { unwrap } from "../../src/keep/vault/wrap.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { addPeople, openTestKeep, secrets, type People } from "../walls/people.ts";

let data: TestData;
let keep: Keep;
let people: People;

beforeEach(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
});
afterEach(() => keep.close());

/** Every row of every table of a schema, as SQL shows it. */
const everythingIn = async (client: Client, schema: string): Promise<Record<string, unknown>[]> => {
  const { rows: names } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = $1",
    [schema],
  );
  const all: Record<string, unknown>[] = [];
  for (const { name } of names) {
    const { rows } = await client.query<Record<string, unknown>>(`select * from ${schema}.${name}`);
    all.push(...rows);
  }
  return all;
};

/** Each 32 bytes that begin or end a value, or are written in one; what is derived from it, too. */
const keysAmong = (values: readonly unknown[]): Buffer[] => {
  const found = values.flatMap((value) => {
    if (value instanceof Uint8Array) return [Buffer.from(value)];
    const text = typeof value === "string" ? value : JSON.stringify(value ?? "");
    return [
      ...[...text.matchAll(/[0-9a-f]{64,}/g)].map(([hex]) => Buffer.from(hex, "hex")),
      ...[...text.matchAll(/[A-Za-z0-9+/]{43,}=*/g)].map(([base64]) => Buffer.from(base64, "base64")),
    ];
  });
  const long = found.filter(({ length }) => length >= 32);
  const cut = long.flatMap((bytes) => [bytes.subarray(0, 32), bytes.subarray(-32)]);
  const hashed = found.map((bytes) => createHash("sha256").update(bytes).digest());
  return [...cut, ...hashed];
};

const opens = (act: () => unknown): boolean => {
  try {
    act();
    return true;
  } catch {
    return false;
  }
};

type Wrapped = { subject: string; epoch: number; wrapped: Buffer };

const wrappedKeys = (client: Client): Promise<Wrapped[]> =>
  client.query<Wrapped>("select subject, epoch, wrapped from subject_key").then(({ rows }) => rows);

test("with all data, the vault, its halves and everything else in the folder, and no root key: nobody's value opens", async () => {
  await keep.close();
  // What lies in the folder; the root key of tests does not.
  const files = await readdir(data.dataDir);
  expect(files).toContain("vault-epochs.key");
  const texts = await Promise.all(files.map((name) => readFile(path.join(data.dataDir, name), "utf8")));
  const rows = [
    ...(await data.asOwner((client) => everythingIn(client, "upheld"))),
    ...(await data.asVault((client) => everythingIn(client, "upheld_vault"))),
  ];
  const keys = keysAmong([...texts, ...rows.flatMap((row) => Object.values(row))]);
  expect(keys.length).toBeGreaterThan(50);
  const profile = await data.asOwner(async (client) => {
    const found = await client.query<Record<string, unknown>>("select * from profile where subject = $1", [
      people.technician,
    ]);
    return found.rows[0] ?? {};
  });
  const subjects = await data.asVault(wrappedKeys);
  const bound = boundTo(tables.profile, "details", profile);
  const read = (key: Buffer) => opens(() => unseal(key, bound, profile.details as Buffer));
  expect(keys.filter(read)).toEqual([]);
  for (const { subject, wrapped } of subjects)
    expect(keys.filter((key) => opens(() => unwrap(key, subject, wrapped)))).toEqual([]);
  expect(JSON.stringify(rows)).not.toContain(secrets.email);

  // By the service's own code, with a key of the thief's and a folder that was made to expect it.
  const rootKeyFile = path.join(data.dataDir, "thief.key");
  const { id } = await openRootKey(rootKeyFile, true);
  const options = { ...(await keepOptions(data)), rootKeyFile };
  const mark = path.join(data.dataDir, "upheld.json");
  await expect(openKeep(options)).rejects.toThrow(/not the root key that/);
  const told = JSON.parse(await readFile(mark, "utf8")) as object;
  await writeFile(mark, JSON.stringify({ ...told, rootKeyId: id }));
  await expect(openKeep(options)).rejects.toThrow(/do not open the vault/);
  await rm(rootKeyFile);

  // With the root key the same attempts get there: they could have.
  const real = path.join(data.dataDir, "real.key");
  await copyFile(inject("place").rootKeyFile, real);
  const under = (await openRootKey(real, false)).derive("vault");
  const epochs = await data.asVault((client) => openEpochs(client, under, halvesIn(data.dataDir)));
  const own = subjects.find(({ subject }) => subject === people.technician);
  const epoch = epochs.get(own?.epoch ?? 0);
  if (!own || !epoch) throw new Error("there is no key");
  expect(read(unwrap(epoch, own.subject, own.wrapped))).toBe(true);
  await rm(real);
});

test("with the vault alone: no value, no key, and no way to try who is there", async () => {
  const rows = await data.asVault((client) => everythingIn(client, "upheld_vault"));
  const text = JSON.stringify(rows);
  for (const value of Object.values(secrets)) expect(text).not.toContain(value);
  const keys = keysAmong(rows.flatMap((row) => Object.values(row)));
  const subjects = await data.asVault(wrappedKeys);
  for (const { subject, wrapped } of subjects)
    expect(keys.filter((key) => opens(() => unwrap(key, subject, wrapped)))).toEqual([]);
  const { rows: taken } = await data.asVault((client) =>
    client.query<{ hash: Buffer }>("select hash from address where kind = 'user-name'"),
  );
  const hashes = taken.map(({ hash }) => hash.toString("hex"));
  const guess = (key: Buffer): string =>
    createHmac("sha256", key).update(`user-name:${secrets.userName.toLowerCase()}`).digest("hex");
  expect(keys.filter((key) => hashes.includes(guess(key)))).toEqual([]);
  expect(hashes).toContain(guess(await keep.vault.secret("lookup")));
});
