// Each look of staff at somebody's data is told to that person, and nobody can write that somebody else looked (K3, R1).
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { heldPage } from "../../src/review/held-overview.ts";
import { openRecord } from "../../src/session/session-record.ts";
import { cloneData, type TestData } from "../keep.ts";
import { addPeople, openTestKeep, sessionNeeds, type People } from "../walls/people.ts";

let data: TestData;
let keep: Keep;
let people: People;

beforeAll(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
});
afterAll(() => keep.close());

const looksAt = async (subject: string) => {
  const { desk: within } = keep.databases;
  const page = await heldPage({ ...keep, within }, subject, "look", { skip: 0, most: 50 });
  return page?.rows.map(({ values }) => values) ?? [];
};

test("the record of a session opened by its technician is told to the guest, by role and time", async () => {
  expect(await looksAt(people.guest)).toEqual([]);
  await openRecord(await sessionNeeds(keep), people.technician, people.session);
  const [look, ...more] = await looksAt(people.guest);
  expect(more).toEqual([]);
  expect(look).toMatchObject({ role: "technician", purpose: "provide-service", page: "session record" });
  expect(String(look?.categories)).toContain("chat-log");
  expect(JSON.stringify(look)).not.toContain(people.technician);
  expect(await looksAt(people.technician)).toEqual([]);
});

test("a look can't be written in another's name, nor changed", async () => {
  const row = {
    id: randomUUID(),
    subject: people.guest,
    staff: people.guest,
    at: keep.clock(),
    role: "technician",
    purpose: "provide-service",
    categories: "chat-log",
    page: "nothing",
  };
  const stated = { actor: people.technician, purpose: "answer-person" };
  const put = (staff: string) =>
    keep.databases.desk(stated, (desk) =>
      desk
        .insertInto("look")
        .values({ ...row, staff })
        .execute(),
    );
  await expect(put(people.guest)).rejects.toThrow(/row-level security/);
  await expect(
    keep.databases.desk(stated, (desk) => desk.updateTable("look").set({ page: "else" }).execute()),
  ).rejects.toThrow(/permission denied/);
  await put(people.technician);
  expect(await looksAt(people.guest)).toHaveLength(2);
});
