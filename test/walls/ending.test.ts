// Everything ends: rows when their time is over, and then the people of whom nothing is left, keys first (K6, C6).
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endDue } from "../../src/keep/end-due.ts";
import { endSubjects } from "../../src/keep/end-subjects.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { clockFile } from "../../src/keep/clock.ts";
import { everyTable } from "../../src/keep/tables.ts";
import { endSession } from "../../src/session/end-session.ts";
import { cloneData, type TestData } from "../keep.ts";
import { addPeople, openTestKeep, sessionNeeds, type People } from "./people.ts";

let data: TestData;
let keep: Keep;
let people: People;

beforeAll(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
});
afterAll(() => keep.close());

const days = (count: number): (() => Date) => {
  const now = Date.now();
  return () => new Date(now + count * 86_400_000);
};

const sweep = async (after: number) => {
  const clock = days(after);
  const done = await endDue(keep.databases.end, keep.endings, clock);
  const subjects = await endSubjects(
    keep.databases.end,
    everyTable,
    (id) => keep.vault.destroyKey(id),
    clock,
  );
  return { tables: done.map(({ table }) => table).sort(), subjects };
};

const rowsIn = async (table: string): Promise<number> => {
  const { rows } = await data.asOwner((client) =>
    client.query<{ count: number }>(`select count(*)::int as count from ${table}`),
  );
  return rows[0]?.count ?? -1;
};

test("a session that has not ended has no end yet", async () => {
  expect(await sweep(400)).toEqual({ tables: [], subjects: 0 });
  expect(await rowsIn("message")).toBe(1);
});

test("what a session left ends 180 days after it, not a day before, and the guest's key with it", async () => {
  await endSession(await sessionNeeds(keep), people.session, "technician");
  expect(await sweep(179)).toEqual({ tables: [], subjects: 0 });
  expect(await keep.vault.keyOf(people.guest)).not.toBeNull();

  expect(await sweep(181)).toMatchObject({ subjects: 1 });
  for (const table of ["session", "participant", "message", "event"])
    expect([table, await rowsIn(table)]).toEqual([table, 0]);
  expect(await keep.vault.keyOf(people.guest)).toBeNull();
});

test("an account's data does not end while the account stands", async () => {
  await sweep(4000);
  expect(await rowsIn("profile")).toBe(1);
  expect(await keep.vault.keyOf(people.technician)).not.toBeNull();
});

test("the clock of a test folder follows its file", async () => {
  await writeFile(path.join(data.dataDir, clockFile), String(15 * 86_400_000));
  await expect.poll(() => keep.clock().getTime() - Date.now() > 14 * 86_400_000).toBe(true);
});
