// What can be corrected follows from the register and the policy; a correction outlives an old copy, and is owed to recipients (R2, K4, D3).
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CollectNeeds } from "../../src/collect/needs.ts";
import { keepPreferences, preferencesFor } from "../../src/collect/preferences.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { compile } from "../../src/policy/core.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { correctableIn } from "../../src/review/correctable.ts";
import { correctableAt, correctRow, type CorrectNeeds } from "../../src/review/correct-row.ts";
import { askErasure } from "../../src/review/erase-request.ts";
import { heldOverview } from "../../src/review/held-overview.ts";
import { heldTables } from "../../src/review/held-tables.ts";
import { restrictUse } from "../../src/review/restrict.ts";
import { tellRecipient } from "../../src/review/tellings-desk.ts";
import { createOweTelling } from "../../src/share/owe-telling.ts";
import { recordDisclosure } from "../../src/share/record-disclosure.ts";
import { copyData } from "../keep-faults/old-copy.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { addPeople, openTestKeep, secrets, type People } from "../walls/people.ts";
import { rightsNeeds } from "../walls/rights.ts";

let data: TestData;
let keep: Keep;
let people: People;

beforeEach(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
});
afterEach(() => keep.close());

const needsOf = async (more: Partial<CorrectNeeds> = {}): Promise<CorrectNeeds> => ({
  ...(await rightsNeeds(keep)),
  compiled: keep.inForce.versions.running.compiled,
  oweTelling: createOweTelling({ ...keep, newId: randomUUID }),
  readAnew: () => Promise.resolve(),
  ...more,
});

const details = { table: "profile", column: "details", row: null };

const correct = async (subject: string, typed: Record<string, string>, needs?: CorrectNeeds) => {
  const by = needs ?? (await needsOf());
  const now = await correctableAt(by, subject, details);
  return correctRow(by, subject, details, { typed, seen: now?.seen ?? "" });
};

const heldOf = async (subject: string) => {
  const held = await heldOverview({ ...keep, within: keep.databases.desk }, subject);
  return JSON.stringify(held?.parts.map(({ newest }) => newest));
};

const disclose = (subject: string, recipient: string, categories: string[]) =>
  keep.databases.desk({ actor: subject, purpose: "answer-person" }, (within) =>
    recordDisclosure({ ...keep, newId: randomUUID }, within, {
      subject,
      recipient,
      categories,
      purpose: "answer-person",
      ground: "processor",
      rules: [],
    }),
  );

const tellings = async () =>
  data.asOwner(
    async (client) =>
      (await client.query<{ recipient: string; state: string }>("select recipient, state from telling")).rows,
  );

const ledger = (kind: string) =>
  data.asOwner(async (client) =>
    (await client.query<{ entry: string }>("select entry from ledger order by seq")).rows
      .map(({ entry }) => JSON.parse(entry) as { kind: string; categories?: string[] })
      .filter((entry) => entry.kind === kind),
  );

test.each(["selmo", "smartergo", "strict-eu"])(
  "under %s, what people gave can be corrected and what was noted cannot",
  async (name) => {
    const compiled = compile((await readPolicy(`policies/${name}.yaml`)).policy);
    const found = Object.fromEntries(
      heldTables.flatMap((held) => {
        const names = [...correctableIn(compiled, held).keys()];
        return names.length > 0 ? [[held.table.name, names]] : [];
      }),
    );
    expect(Object.keys(found).toSorted()).toEqual(["participant", "preference", "profile"]);
    expect(found.participant).toEqual(["display-name"]);
    expect(found.profile).toEqual(expect.arrayContaining(["user-name", "email", "name", "company"]));
    const given = new Set(
      compiled.policy.collect.flatMap(({ require, offer }) =>
        [...require, ...offer].map(({ category }) => category),
      ),
    );
    for (const category of found.profile ?? []) expect(given).toContain(category);
  },
);

test("a policy that grants no correction allows none", async () => {
  const needs = await needsOf();
  const { compiled } = needs;
  const none = { ...compiled, policy: { ...compiled.policy, rights: {} } };
  expect(await correctableAt({ ...needs, compiled: none }, people.technician, details)).toBeNull();
});

test("a corrected value stands in its place, and what was beside it in the piece is as it was", async () => {
  const outcome = await correct(people.technician, { name: "Wilhelmina Quux-Meier" });
  expect(outcome).toEqual({ done: true, changed: ["name"], recipients: [] });
  const held = await heldOf(people.technician);
  expect(held).toContain("Wilhelmina Quux-Meier");
  expect(held).toContain(secrets.email);
  expect(await ledger("corrected")).toMatchObject([{ categories: ["name"], rules: ["rights.correct"] }]);
});

test("an old copy that is put back does not bring the old value back, of an account or of a guest", async () => {
  const { participant } = await data.asOwner(
    async (client) =>
      (
        await client.query<{ participant: string }>(
          "select id as participant from participant where role = 'guest'",
        )
      ).rows[0] ?? { participant: "" },
  );
  await correct(people.technician, { company: "Old & Sons" });
  await keep.close();
  const old = await copyData(data);
  keep = await openTestKeep(data);
  await correct(people.technician, { company: "New & Daughters" });
  const needs = await needsOf();
  const place = { table: "participant", column: "shown_as", row: participant };
  const { seen = "" } = (await correctableAt(needs, people.guest, place)) ?? {};
  expect(
    await correctRow(needs, people.guest, place, { typed: { "display-name": "Balthasar B." }, seen }),
  ).toMatchObject({ done: true });
  await restrictUse(await rightsNeeds(keep), people.guest, "session");
  await keep.close();
  keep = await openKeep(await keepOptions(old));
  expect(await heldOf(people.technician)).toMatch(/New & Daughters/);
  expect(await heldOf(people.technician)).not.toMatch(/Old & Sons/);
  expect(await heldOf(people.guest)).toMatch(/Balthasar B\./);
  expect(await heldOf(people.guest)).not.toContain(secrets.guest);
});

test("whoever got the old value is owed word of it, once each, and nobody else is", async () => {
  await correct(people.technician, { name: "First", company: "Old" });
  await disclose(people.technician, "mail-carrier", ["email", "letters"]);
  await disclose(people.technician, "authority", ["name", "company"]);
  await disclose(people.technician, "authority", ["name"]);
  await disclose(people.guest, "partner", ["name", "company"]);
  expect(await correct(people.technician, { name: "Second", company: "Old" })).toEqual({
    done: true,
    changed: ["name"],
    recipients: ["authority"],
  });
  await correct(people.technician, { name: "Second", company: "New" });
  expect(await tellings()).toEqual([{ recipient: "authority", state: "owed" }]);
  expect(await heldOf(people.technician)).toMatch(
    /recipient\\+":\\+"authority\\+",\\+"categories\\+":\[\\+"name\\+",\\+"company/,
  );
  expect(await ledger("telling-owed")).toHaveLength(2);
});

test("a correction that changes nothing leaves no trace", async () => {
  await correct(people.technician, { name: "Same" });
  const before = await data.asVault(async (client) => (await client.query("select 1 from journal")).rowCount);
  expect(await correct(people.technician, { name: "Same" })).toEqual({
    done: true,
    changed: [],
    recipients: [],
  });
  expect(await data.asVault(async (client) => (await client.query("select 1 from journal")).rowCount)).toBe(
    before,
  );
  expect(await ledger("corrected")).toHaveLength(1);
});

test("of two corrections at once one is made, and the other is shown what stands now", async () => {
  const needs = await needsOf();
  const { seen = "" } = (await correctableAt(needs, people.technician, details)) ?? {};
  const outcomes = await Promise.all(
    ["One", "Two"].map((name) => correctRow(needs, people.technician, details, { typed: { name }, seen })),
  );
  const made = outcomes.filter(({ done }) => done);
  expect(made).toHaveLength(1);
  const other = outcomes.find(({ done }) => !done);
  const name = outcomes[0]?.done ? "One" : "Two";
  expect(other).toMatchObject({ why: "changed", now: { values: { name } } });
  expect(await heldOf(people.technician)).toContain(`"name":"${name}"`);
});

test("nobody corrects what is somebody else's, or a column that nobody gave", async () => {
  const needs = await needsOf();
  const { rows } = await data.asOwner((client) =>
    client.query<{ id: string }>("select id from participant where role = 'guest'"),
  );
  const row = rows[0]?.id ?? "";
  const places = [
    { table: "participant", column: "shown_as", row },
    { table: "participant", column: "network", row },
    { table: "profile", column: "details", row: people.guest },
    { table: "profile", column: "user_name", row: null },
    { table: "message", column: "body", row },
    { table: "ledger", column: "entry", row: null },
    { table: "subject", column: "status", row: null },
    { table: "profile; drop table profile", column: "details", row: null },
    { table: "participant", column: "shown_as", row: "' or true --" },
  ];
  for (const place of places)
    expect([
      place,
      await correctRow(needs, people.technician, place, { typed: { "display-name": "Mine" }, seen: "" }),
    ]).toEqual([place, { done: false, why: "gone" }]);
  expect(await heldOf(people.guest)).toContain(secrets.guest);
});

test("who restricted the use corrects, who is being erased does not, and the two at once do no harm", async () => {
  const rights = await rightsNeeds(keep);
  await restrictUse(rights, people.technician, "profile");
  expect(await correct(people.technician, { name: "While restricted" })).toMatchObject({ done: true });
  const needs = await needsOf();
  const { seen = "" } = (await correctableAt(needs, people.technician, details)) ?? {};
  const [outcome, asked] = await Promise.all([
    correctRow(needs, people.technician, details, { typed: { name: "Racing" }, seen }),
    askErasure(rights, people.technician, { place: "profile" }),
  ]);
  expect(asked).not.toBeNull();
  expect(outcome.done || outcome.why === "closed").toBe(true);
  expect(await correct(people.technician, { name: "Too late" })).toEqual({ done: false, why: "closed" });
  expect(await heldOf(people.technician)).not.toContain("Too late");
});

test("a correction of somebody whose key is gone changes nothing", async () => {
  const needs = await needsOf();
  const { seen = "" } = (await correctableAt(needs, people.technician, details)) ?? {};
  await keep.vault.destroyKey(people.technician);
  await expect(
    correctRow(needs, people.technician, details, { typed: { name: "Ghost" }, seen }),
  ).rejects.toThrow();
  expect(await ledger("corrected")).toEqual([]);
});

test("K4: what recipients are owed, and that one was told, outlive an old copy, and so does a language", async () => {
  await correct(people.technician, { name: "First" });
  await disclose(people.technician, "authority", ["name"]);
  await disclose(people.technician, "mail-carrier", ["name"]);
  const collecting = { ...keep, within: keep.databases.door } as unknown as CollectNeeds;
  const language = async () =>
    (await preferencesFor({ ...collecting, ...keep, within: keep.databases.door }, people.technician))
      ?.language;
  await keepPreferences(collecting, people.technician, { language: "en", theme: null });
  await keep.close();
  const old = await copyData(data);
  keep = await openTestKeep(data);
  const since = { ...keep, within: keep.databases.door } as unknown as CollectNeeds;
  await keepPreferences(since, people.technician, { language: "de", theme: null });
  await correct(people.technician, { name: "Second" });
  const owed = async () =>
    (
      await old.asOwner((client) =>
        client.query<{ recipient: string; state: string }>("select recipient, state from telling order by 1"),
      )
    ).rows;
  const { rows } = await data.asOwner((client) =>
    client.query<{ id: string }>("select id from telling where recipient = 'authority'"),
  );
  expect(await tellRecipient(await rightsNeeds(keep), String(rows[0]?.id))).toBe(true);
  expect(await owed()).toEqual([]);
  await keep.close();
  keep = await openKeep(await keepOptions(old));
  expect(await owed()).toEqual([
    { recipient: "authority", state: "told" },
    { recipient: "mail-carrier", state: "owed" },
  ]);
  expect(await heldOf(people.technician)).toContain("mail-carrier");
  expect(await language()).toBe("de");
});
