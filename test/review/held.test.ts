// What is held about a person is derived from the register: a table that is forgotten fails here (R1).
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { heldOverview, heldPage, heldSession, type Held } from "../../src/review/held-overview.ts";
import { heldTables, untold } from "../../src/review/held-tables.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { addPeople, openTestKeep, secrets, type People } from "../walls/people.ts";
import { plantEverywhere, type Planted } from "./plant.ts";

let data: TestData;
let keep: Keep;
let planted: Planted;
let people: People;
let held: Held;

const needs = () => ({ within: keep.databases.desk, pieces: keep.pieces, inForce: keep.inForce });

beforeAll(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
  planted = await plantEverywhere(data, keep);
  held = (await heldOverview(needs(), planted.subject)) as Held;
});
afterAll(() => keep.close());

test("no personal table is out of sight of the one who answers people", () => {
  expect(untold()).toEqual([]);
});

test("no two values of a row go by the same name", () => {
  for (const { table, fields } of heldTables) {
    const names = fields.map(({ name }) => name);
    expect([table.name, names]).toEqual([table.name, [...new Set(names)]]);
  }
});

const isThere = ({ marks }: Planted, { parts }: Held) => {
  for (const { table, text, hidden, category } of marks) {
    const rows = parts.find((part) => part.held.table.name === table)?.newest ?? [];
    const values = rows.flatMap((row) => Object.values(row.values));
    const unseen = rows.flatMap((row) => row.hidden);
    if (!hidden) expect([table, values]).toEqual([table, expect.arrayContaining([text])]);
    else expect(values).not.toContain(text);
    if (hidden && category) expect(unseen).toContain(category);
  }
};

test("every value of every personal table is there, and secrets only as being there", () => {
  expect(planted.marks.length).toBeGreaterThan(30);
  isThere(planted, held);
});

test.each(["policies/smartergo.yaml", "policies/strict-eu.yaml"])("so it is under %s", async (file) => {
  const other = await cloneData();
  const opened = await openKeep(await keepOptions(other, file));
  const somebody = await plantEverywhere(other, opened);
  const { desk: within } = opened.databases;
  const found = await heldOverview({ ...opened, within }, somebody.subject);
  isThere(somebody, found as Held);
  await opened.close();
});

test("each kind of data has its source, its purposes and, where it may go out, its recipients", () => {
  for (const { held: one, source, facts } of held.parts.filter(({ facts: found }) => found.length > 0)) {
    expect([one.table.name, source]).not.toEqual([one.table.name, null]);
    for (const { category, purposes } of facts)
      expect([category, purposes.length > 0]).toEqual([category, true]);
  }
  const email = held.parts.flatMap(({ facts }) => facts).find(({ category }) => category === "email");
  expect(email?.recipients.map(({ id }) => id)).toContain("mail-carrier");
  expect(email?.purposes.find(({ id }) => id === "direct-marketing")?.now).toBe(false);
  expect(email?.purposes.find(({ id }) => id === "manage-account")?.now).toBe(true);
});

test("a guest is shown their own and what they share, and never another's address or account", async () => {
  const all = await heldSession(needs(), people.guest, people.session, () => ({ skip: 0, most: 50 }));
  const text = JSON.stringify(all);
  expect(text).toContain(secrets.message);
  expect(text).toContain(secrets.guest);
  const rows = all?.find(({ held: one }) => one.table.name === "participant")?.rows ?? [];
  expect(rows.map(({ mine, values }) => [mine, "ip-address" in values])).toEqual(
    expect.arrayContaining([
      [true, true],
      [false, false],
    ]),
  );
  const own = await heldOverview(needs(), people.guest);
  expect(JSON.stringify(own?.parts.map(({ newest }) => newest))).not.toContain(secrets.userName);
});

test("somebody else's session, an unknown table and nobody at all are not there", async () => {
  const page = { skip: 0, most: 50 };
  expect(await heldSession(needs(), planted.subject, people.session, () => page)).toBeNull();
  expect(await heldPage(needs(), planted.subject, "ledger", page)).toBeNull();
  expect(await heldPage(needs(), planted.subject, "no such; table", page)).toBeNull();
  expect(await heldOverview(needs(), people.session)).toBeNull();
});

test("once the key is gone the values read as absent", async () => {
  const { guest } = await addPeople(keep, "Vanishing Viola");
  await keep.vault.destroyKey(guest);
  const after = await heldOverview(needs(), guest);
  expect(JSON.stringify(after?.parts.map(({ newest }) => newest))).not.toContain(secrets.guest);
});
