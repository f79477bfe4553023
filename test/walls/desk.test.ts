// The desk tries the walls as they stand: one that is broken while the service runs is shown as broken.
import { afterAll, beforeAll, expect, test } from "vitest";
import { everyTable } from "../../src/keep/tables.ts";
import { password, visitor, type Visitor } from "../attacks/visitor.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";

let upheld: TestUpheld;
let administrator: Visitor;

beforeAll(async () => {
  upheld = await startForTest();
  administrator = visitor(upheld.url);
  const path = new URL(upheld.firstLink ?? "").pathname;
  await administrator.post(path, { "user-name": "Desk Dora", password, agree: "yes" });
});
afterAll(() => upheld.stop());

const personal = everyTable.filter(({ owner }) => owner).length;

const desk = async (): Promise<string> => (await administrator.get("/desk")).text;

test("three walls that stand, and a chain that holds", async () => {
  const text = await desk();
  expect(text).toContain(`Row security is forced on all ${personal} personal tables.`);
  expect(text).toContain("no table or column that is not declared");
  expect(text).toContain("A sealed value opens at its place");
  expect(text).toContain("The chain holds");
});

test("each wall that is broken while the service runs is shown, and so is a broken chain", async () => {
  await upheld.asOwner(async (client) => {
    await client.query("alter table message no force row level security");
    await client.query("alter table profile add column nickname text");
    await client.query("update ledger set entry = entry || ' ' where seq = 2");
  });
  const text = await desk();
  expect(text).toContain("Row security is off on message.");
  expect(text).toContain("column profile.nickname is not declared");
  expect(text).toContain("The chain breaks at entry 2");
});
