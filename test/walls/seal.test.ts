// The third wall: a value opens at its place, for its person, for a purpose that may have it, and nowhere else.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "../../src/keep/place.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { tables } from "../../src/keep/tables.ts";
import { cloneData, type TestData } from "../keep.ts";
import { newFolder, runningPlace } from "../keep-faults/own-clusters.ts";
import {
  addPeople,
  addTechnician,
  openTestKeep,
  secrets,
  store,
  sessionNeeds,
  type People,
} from "./people.ts";

let data: TestData;
let keep: Keep;
let people: People;

beforeAll(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
});
afterAll(() => keep.close());

const profileOf = async (subject: string) => {
  const { rows } = await data.asOwner((client) =>
    client.query<{ subject: string; user_name: Buffer; details: Buffer }>(
      "select * from profile where subject = $1",
      [subject],
    ),
  );
  const row = rows[0];
  if (!row) throw new Error("no profile");
  return row;
};

const open = (column: "user_name" | "details", row: Record<string, unknown>, purpose = "manage-account") =>
  keep.pieces.open(purpose, tables.profile, column, row);

test("opens for its person at its place", async () => {
  const row = await profileOf(people.technician);
  expect(await open("user_name", row)).toEqual({ "user-name": secrets.userName });
  expect(await open("details", row)).toEqual({ email: secrets.email });
});

test("does not open in another column, another row, for another person, or changed by one bit", async () => {
  const row = await profileOf(people.technician);
  const other = await profileOf(await addTechnician(keep, "Other Person"));
  const needs = await sessionNeeds(keep);
  await store(needs, people.session, people.guest, "second", 1);
  const { rows } = await data.asOwner((client) =>
    client.query<{ body: Buffer; session: string; author: string; client_id: string }>(
      "select * from message order by seq",
    ),
  );
  const [first, second] = rows;
  const changed = Buffer.from(row.details);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;

  await expect(open("details", { ...row, details: row.user_name })).rejects.toThrow("does not open");
  await expect(open("details", { ...other, details: row.details })).rejects.toThrow("does not open");
  await expect(open("details", { ...row, details: changed })).rejects.toThrow("does not open");
  await expect(
    keep.pieces.open("provide-service", tables.message, "body", { ...second, body: first?.body }),
  ).rejects.toThrow("does not open");
});

test("a purpose that may not have a category gets nothing, and the value is not even opened", async () => {
  const row = await profileOf(people.technician);
  const broken = { ...row, details: Buffer.alloc(64) };
  expect(await open("details", broken, "statistics")).toEqual({});
  expect(await open("details", row, "statistics")).toEqual({});
});

test("a category that the column does not declare is refused", async () => {
  const sealing = keep.pieces.seal(
    tables.profile,
    "details",
    { subject: people.technician },
    { password: "x" },
  );
  await expect(sealing).rejects.toThrow("does not declare");
});

test("once the person's key is destroyed, nothing of theirs opens", async () => {
  const subject = await addTechnician(keep, "Gone Tomorrow");
  await keep.vault.destroyKey(subject);
  expect(await open("user_name", await profileOf(subject))).toEqual({});
});

const everyFile = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
};

/** Null for a file that PostgreSQL has removed since. */
const bytesOf = (file: string): Promise<Buffer | null> =>
  readFile(file).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return null;
    throw fault;
  });

test("the data cluster with all its log holds no personal value in the clear and no key", async () => {
  // One of its own: all of it is read, and other tests work in the one that is shared.
  const own = await newFolder();
  const alone = await own.open();
  const { guest } = await addPeople(alone);
  const place = await runningPlace(own, "data");
  const folder = await withClient(place, async (client) => {
    await client.query("checkpoint");
    const { rows } = await client.query<{ folder: string }>(
      "select current_setting('data_directory') as folder",
    );
    return rows[0]?.folder ?? "";
  });
  const key = await alone.vault.keyOf(guest);
  if (!key) throw new Error("no key");
  const wanted = [
    ...Object.values(secrets).map((text) => Buffer.from(text)),
    key,
    Buffer.from(key.toString("hex")),
    Buffer.from(key.toString("base64")),
  ];
  const files = await everyFile(folder);
  expect(files.some((file) => file.includes("pg_wal"))).toBe(true);
  for (const file of files) {
    const bytes = await bytesOf(file);
    for (const value of wanted) expect([file, bytes?.includes(value) ?? false]).toEqual([file, false]);
  }
  const planted = await withClient(place, async (client) => {
    await client.query("select pg_logical_emit_message(false, 'test', $1)", [secrets.message]);
    await client.query("select pg_switch_wal()");
    const all = await Promise.all(
      (await everyFile(path.join(folder, "pg_wal"))).map((file) => bytesOf(file)),
    );
    return all.some((bytes) => bytes?.includes(secrets.message));
  });
  // The search would find a value that is there.
  expect(planted).toBe(true);
});

test("the vault keeps no key and no address in the clear", async () => {
  const { rows } = await data.asVault((client) =>
    client.query<{ everything: string }>(
      `select string_agg(t::text, '') as everything from (
         select encode(wrapped, 'hex') as t from subject_key union all
         select encode(wrapped, 'hex') from epoch union all
         select kind || encode(hash, 'hex') from address) all_of_it`,
    ),
  );
  const everything = rows[0]?.everything ?? "";
  const key = await keep.vault.keyOf(people.guest);
  expect(everything).not.toContain(key?.toString("hex"));
  expect(everything).not.toContain(Buffer.from(secrets.userName.toLowerCase()).toString("hex"));
});
