// A new version of the policy: what it allows anew waits for each person, in mask, rows, seal and sweep (P2, O4).
import { CompiledQuery } from "kysely";
import { afterEach, expect, test, vi } from "vitest";
import { setChoice } from "../../src/choose/set-choice.ts";
import { advanceTold, newsFor, noteTold } from "../../src/choose/tell.ts";
import type { ChooseNeeds } from "../../src/choose/needs.ts";
import { clockFile } from "../../src/keep/clock.ts";
import { endDue } from "../../src/keep/end-due.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { tables } from "../../src/keep/tables.ts";
import { documentsOf, readPolicy } from "../../src/policy-file.ts";
import { publishDocuments } from "../../src/collect/publish-documents.ts";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { versionOf } from "../versions-of.ts";
import { addTechnician } from "./people.ts";

const narrowUse = "- { data: [email, name, phone], for: provide-service, id: fulfil-request";
const wideUse = "- { data: [email, name, phone, postal-address], for: provide-service, id: fulfil-request";
const marketing = "- { data: [email, name, company, interests], for: direct-marketing";
const moreMarketing = "- { data: [email, name, company, interests, phone], for: direct-marketing";
const keptShort = "- { data: sign-ins, for: 90 days";
const keptLong = "- { data: sign-ins, for: 120 days";

const opened: Keep[] = [];
afterEach(async () => {
  for (const keep of opened.splice(0)) await keep.close();
});

/** Puts a policy file in force on the data. */
const open = async (data: TestData, file: string): Promise<Keep> => {
  for (const keep of opened.splice(0)) await keep.close();
  const { policy, text } = await readPolicy(file);
  const keep = await openKeep({
    ...(await keepOptions(data, file)),
    prepare: (client, clock) => publishDocuments(client, documentsOf(policy, text, policy.policy), clock()),
  });
  opened.push(keep);
  return keep;
};

const choosing = (keep: Keep): ChooseNeeds => ({
  within: keep.databases.desk,
  ledger: keep.ledger,
  clock: keep.clock,
  newId: randomUUID,
  restand: keep.restand,
  inForce: keep.inForce,
  note: (entry) => keep.vault.journal.note(entry),
});

const moveTo = async (data: TestData, date: string): Promise<void> => {
  await mkdir(data.dataDir, { recursive: true });
  await writeFile(path.join(data.dataDir, clockFile), String(Date.parse(date) - Date.now()));
  await vi.waitFor(() => {
    for (const keep of opened) expect(keep.clock().toISOString().slice(0, 10)).toBe(date);
  });
};

const holds = async (data: TestData, keep: Keep, subject: string, purpose: string): Promise<boolean> => {
  const { rows } = await data.asOwner((client) =>
    client.query<{ set: boolean }>("select (permissions >> $2) & 1 = 1 as set from subject where id = $1", [
      subject,
      keep.bits[purpose],
    ]),
  );
  return rows[0]?.set ?? false;
};

/** What the room's role is shown of a person's details. */
const shown = (keep: Keep, subject: string): Promise<string[]> =>
  keep.databases.room({ actor: subject, purpose: "provide-service" }, async (room) => {
    const row = await room.selectFrom("profile").selectAll().executeTakeFirst();
    if (!row) return [];
    return Object.keys(await keep.pieces.open("provide-service", tables.profile, "details", row)).sort();
  });

/** Gives a person the details that the test asks about. */
const describe = async (data: TestData, keep: Keep, subject: string): Promise<void> => {
  const sealed = await keep.pieces.seal(
    tables.profile,
    "details",
    { subject },
    {
      email: "x@example.org",
      phone: "1",
      location: "Hamburg",
      "postal-address": "Somewhere 1",
    },
  );
  await data.asOwner((client) =>
    client.query("update profile set details = $2 where subject = $1", [subject, sealed]),
  );
};

const twoVersions = async () => {
  const data = await cloneData();
  const first = await open(data, "policies/selmo.yaml");
  const known = await addTechnician(first, "Known Before");
  await describe(data, first, known);
  const wide = await versionOf(2, "2026-12-24", [
    [narrowUse, wideUse],
    [marketing, moreMarketing],
    [keptShort, keptLong],
  ]);
  return { data, first, known, wide };
};

test("data that is newly used is opened for nobody before the day, and for those told in time after it", async () => {
  const { data, known, wide } = await twoVersions();
  await moveTo(data, "2026-12-01");
  let keep = await open(data, wide);
  const early = await addTechnician(keep, "Came Early");
  await describe(data, keep, early);
  expect(await shown(keep, known)).toEqual(["email", "location", "phone"]);
  expect(await shown(keep, early)).toEqual(["email", "location", "phone"]);

  await noteTold(choosing(keep), known, "visit");
  await moveTo(data, "2026-12-30");
  keep = await open(data, wide);
  const late = await addTechnician(keep, "Came Late");
  await describe(data, keep, late);
  expect(await shown(keep, late)).toEqual(["email", "location", "phone", "postal-address"]);
  expect(await advanceTold(choosing(keep))).toBe(0);
  expect(await shown(keep, known)).toEqual(["email", "location", "phone"]);

  await moveTo(data, "2027-01-01");
  expect(await newsFor(choosing(keep), known)).toMatchObject({ version: 2, consents: ["news"] });
  expect(await advanceTold(choosing(keep))).toBe(1);
  expect(await shown(keep, known)).toEqual(["email", "location", "phone", "postal-address"]);
  expect(await newsFor(choosing(keep), known)).toBeNull();
  expect(await shown(keep, early)).toEqual(["email", "location", "phone"]);
});

test("who was never told stays under the version that they know, however much time goes by", async () => {
  const { data, known, wide } = await twoVersions();
  await moveTo(data, "2028-01-01");
  const keep = await open(data, wide);
  expect(await advanceTold(choosing(keep))).toBe(0);
  expect(await shown(keep, known)).toEqual(["email", "location", "phone"]);
});

test("O4: a yes to less is no yes to more: the purpose stops once the notice has run out, until a new yes", async () => {
  const { data, first, known, wide } = await twoVersions();
  const other = await addTechnician(first, "Says Yes Again");
  for (const subject of [known, other]) {
    expect(await holds(data, first, subject, "direct-marketing")).toBe(false);
    await setChoice(choosing(first), subject, { choice: "news", state: "given", place: "profile" });
    expect(await holds(data, first, subject, "direct-marketing")).toBe(true);
  }
  await moveTo(data, "2026-12-30");
  const keep = await open(data, wide);
  for (const subject of [known, other]) {
    expect(await holds(data, keep, subject, "direct-marketing")).toBe(true);
    await noteTold(choosing(keep), subject, "visit");
  }
  await setChoice(choosing(keep), other, { choice: "news", state: "given", place: "profile" });
  await moveTo(data, "2027-02-01");
  expect(await advanceTold(choosing(keep))).toBe(2);
  expect(await holds(data, keep, known, "direct-marketing")).toBe(false);
  expect(await holds(data, keep, other, "direct-marketing")).toBe(true);
  await setChoice(choosing(keep), known, { choice: "news", state: "given", place: "profile" });
  expect(await holds(data, keep, known, "direct-marketing")).toBe(true);
});

test("data of somebody who was not told ends when the version that they know says", async () => {
  const { data, known, wide } = await twoVersions();
  await moveTo(data, "2026-12-30");
  const keep = await open(data, wide);
  const young = await addTechnician(keep, "Came Later");
  const at = keep.clock();
  for (const subject of [known, young])
    await data.asOwner((client) =>
      client.query(
        "insert into sign_in (id, subject, token_hash, created_at, expires_at, proved_at) values ($1, $2, $3, $4, $4, $4)",
        [randomUUID(), subject, Buffer.from(subject), at],
      ),
    );
  await moveTo(data, "2027-04-10");
  const ended = await endDue(keep.databases.end, keep.endings, keep.clock);
  expect(ended.filter(({ table }) => table === "sign_in")).toEqual([
    expect.objectContaining({ table: "sign_in", rows: 1 }),
  ]);
  const left = await keep.databases.end({ actor: known, purpose: "end-data" }, (end) =>
    end.executeQuery<{ subject: string }>(CompiledQuery.raw("select subject from sign_in")),
  );
  expect(left.rows.map(({ subject }) => subject)).toEqual([young]);
});

test("a version that allows nothing more holds for everybody at once", async () => {
  const { data, known } = await twoVersions();
  const narrow = await versionOf(2, "2026-12-24", [
    ["company, location, display-name", "company, display-name"],
  ]);
  const keep = await open(data, narrow);
  expect(await newsFor(choosing(keep), known)).toBeNull();
  expect(await shown(keep, known)).toEqual(["email", "phone"]);
});

test("going back to a version that was left is a new activation, and stricter at once", async () => {
  const { data, known, wide } = await twoVersions();
  await moveTo(data, "2026-12-30");
  const second = await open(data, wide);
  await noteTold(choosing(second), known, "visit");
  await moveTo(data, "2027-02-01");
  await advanceTold(choosing(second));
  expect(await shown(second, known)).toEqual(["email", "location", "phone", "postal-address"]);
  const third = await open(data, "policies/selmo.yaml");
  expect(third.inForce.activations.map(({ version }) => version)).toEqual([1, 2, 1]);
  expect(await shown(third, known)).toEqual(["email", "location", "phone"]);
});

test("where the earlier version can't be read any more, people can ask for their data, and nothing else is done with it", async () => {
  const { data, known, wide } = await twoVersions();
  await data.asOwner((client) => client.query("update document set body = 'policy: [' where version = 1"));
  await moveTo(data, "2026-12-30");
  const keep = await open(data, wide);
  expect(await shown(keep, known)).toEqual([]);
  expect(await holds(data, keep, known, "answer-person")).toBe(true);
  expect(await newsFor(choosing(keep), known)).toMatchObject({ version: 2 });
  await noteTold(choosing(keep), known, "visit");
  await moveTo(data, "2027-02-01");
  await advanceTold(choosing(keep));
  expect(await shown(keep, known)).toEqual(["email", "location", "phone", "postal-address"]);
});
