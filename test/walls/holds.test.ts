// Holds: an erasure waits while one stands, for as long as the policy allows and no longer; the person sees it, or does not where a law forbids (R5).
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { service } from "../../src/policy/rows.ts";
import { askErasure, takeErasureBack } from "../../src/review/erase-request.ts";
import { eraseDue } from "../../src/review/erase-run.ts";
import { endHold, holdsOn, setHold, type NewHold } from "../../src/review/holds.ts";
import { requestsNow } from "../../src/review/requests-desk.ts";
import type { RightsNeeds } from "../../src/review/rights-needs.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { copyData } from "../keep-faults/old-copy.ts";
import { runNeeds, tracesInVault, tracesOf } from "./erasing.ts";
import { addPeople, addTechnician, openTestKeep } from "./people.ts";
import { rightsNeeds } from "./rights.ts";

let data: TestData;
let keep: Keep;
let needs: RightsNeeds;
let person: string;
let officer: { subject: string; role: string };
let now: Date;

const clock = () => now;
const day = 86_400_000;
const pass = (days: number): void => void (now = new Date(now.getTime() + days * day));

beforeEach(async () => {
  now = new Date();
  data = await cloneData();
  keep = await openTestKeep(data);
  needs = await rightsNeeds(keep, { clock });
  person = await addTechnician(keep, "Held Up");
  officer = { subject: await addTechnician(keep, "Olga Officer"), role: "privacy-officer" };
});
afterEach(() => keep.close());

const dispute: NewHold = { kind: "dispute", days: 60, reason: "a chargeback is open", hiddenDays: 0 };

const set = (change: Partial<NewHold> = {}) => setHold(needs, officer, person, { ...dispute, ...change });
const seenBy = (actor: string) => holdsOn(needs, actor, person);
const run = async (): Promise<number> => eraseDue(await runNeeds(keep, clock), () => false);

const ask = async (): Promise<void> => {
  const asked = await askErasure(needs, person, { place: "profile" });
  now = asked?.due.at ?? now;
};

test("an erasure waits while a hold stands, and follows when it is ended", async () => {
  expect(await set()).toEqual([]);
  await ask();
  expect(await run()).toBe(0);
  const [hold] = await seenBy(person);
  expect(hold).toMatchObject({ kind: "dispute", role: "privacy-officer", reason: "a chargeback is open" });
  expect(await endHold(needs, String(hold?.id))).toBe(true);
  expect(await endHold(needs, String(hold?.id))).toBe(false);
  expect(await run()).toBe(1);
});

test("a hold that nobody ends is over by itself, and the erasure follows", async () => {
  await ask();
  expect(await set({ days: 5 })).toEqual([]);
  pass(4.9);
  expect(await run()).toBe(0);
  pass(0.2);
  expect(await run()).toBe(1);
});

test("of two holds the erasure waits for both", async () => {
  await ask();
  await set({ days: 5 });
  await set({ kind: "investigation", days: 10 });
  pass(6);
  expect(await run()).toBe(0);
  pass(5);
  expect(await run()).toBe(1);
});

test("what is wrong with a hold is said field by field, and nothing is set", async () => {
  const fields = async (change: Partial<NewHold>) => (await set(change)).map(({ field }) => field);
  expect(await fields({ kind: "whim" })).toEqual(["kind"]);
  expect(await fields({ days: 181 })).toEqual(["days"]);
  expect(await fields({ days: 0 })).toEqual(["days"]);
  expect(await fields({ days: 1.5 })).toEqual(["days"]);
  expect(await fields({ days: Number.NaN })).toEqual(["days"]);
  expect(await fields({ reason: "  " })).toEqual(["reason"]);
  expect(await fields({ reason: "x".repeat(2001) })).toEqual(["reason"]);
  expect(await fields({ hiddenDays: 61 })).toEqual(["hiddenDays"]);
  expect(await seenBy(service)).toEqual([]);
});

test("holds for one reason do not add up to more than the policy allows, whatever is ended and set anew", async () => {
  await set({ days: 100 });
  pass(90);
  const [hold] = await seenBy(service);
  await endHold(needs, String(hold?.id));
  expect((await set({ days: 91 })).map(({ text }) => text)).toEqual(["Give whole days, from 1 to 90."]);
  expect(await set({ days: 90 })).toEqual([]);
  pass(91);
  expect((await set({ days: 1 })).map(({ text }) => text)).toEqual([
    "The policy allows 180 days for this reason, and they are over.",
  ]);
});

test("a hold that a law forbids to tell of is not shown to the person until its own end, whatever reads it", async () => {
  await set({ hiddenDays: 20 });
  expect(await seenBy(person)).toEqual([]);
  expect(await seenBy(service)).toMatchObject([{ kind: "dispute" }]);
  const asPerson = () =>
    keep.databases.desk({ actor: person, purpose: "answer-person" }, (tx) =>
      tx.selectFrom("hold").selectAll().execute(),
    );
  expect(await asPerson()).toEqual([]);
  pass(20);
  await run();
  expect(await asPerson()).toHaveLength(1);
  expect(await seenBy(person)).toMatchObject([{ kind: "dispute" }]);
});

test("the desk sees what is due, the next first, with what holds it up", async () => {
  const other = await addTechnician(keep, "Waits Too");
  await askErasure(needs, other, { place: "profile" });
  pass(1);
  await askErasure(needs, person, { place: "profile" });
  await set();
  const { requests, others } = await requestsNow(needs);
  expect(requests.map(({ subject, holds }) => [subject, holds.length])).toEqual([
    [other, 0],
    [person, 1],
  ]);
  expect(others).toEqual([]);
  expect(
    JSON.stringify(await data.asOwner(async (client) => (await client.query("select * from hold")).rows)),
  ).not.toContain("chargeback");
});

test("a hold, and the end of one, survive an old copy that is put back", async () => {
  await set({ kind: "investigation", days: 80 });
  await keep.close();
  const old = await copyData(data);
  keep = await openTestKeep(data);
  needs = await rightsNeeds(keep, { clock });
  await set();
  const [first] = await seenBy(service);
  const ended = (await seenBy(service)).find(({ kind }) => kind === "investigation");
  await endHold(needs, String(ended?.id));
  expect(first?.kind).toBe("dispute");
  await keep.close();
  keep = await openKeep(await keepOptions(old));
  needs = await rightsNeeds(keep, { clock });
  expect(await seenBy(service)).toEqual([first]);
});

const legal: NewHold = { kind: "legal-duty", days: 90, reason: "a court forbids it", hiddenDays: 0 };

test("C11: a child's data waits for no dispute, invoice or investigation", async () => {
  for (const kind of ["dispute", "unpaid-invoice", "investigation"]) expect(await set({ kind })).toEqual([]);
  await askErasure(needs, person, { place: "desk", kind: "child" });
  expect(await run()).toBe(1);
  expect(await tracesOf(data, person)).toEqual({});
});

test("C11: where a law forbids it, what the policy names stays until then, and all else of a child's is erased at once", async () => {
  const { guest, technician } = await addPeople(keep, "A Child");
  await setHold(needs, officer, technician, legal);
  await setHold(needs, officer, technician, dispute);
  await askErasure(needs, technician, { place: "desk", kind: "child" });
  expect(await run()).toBe(0);
  expect(Object.keys(await tracesOf(data, technician)).sort()).toEqual([
    "agreement.subject",
    "hold.subject",
    "participant.subject",
    "rights_request.erasing",
    "rights_request.subject",
    "session.technician",
    "subject.id",
  ]);
  expect(await tracesInVault(data, technician)).not.toContain("address");
  expect(await takeErasureBack(needs, technician)).toBe(false);
  expect(Object.keys(await tracesOf(data, guest))).toContain("message.author");
  // Again and again until the hold ends.
  expect(await run()).toBe(0);
  pass(91);
  expect(await run()).toBe(1);
  expect(await tracesOf(data, technician)).toEqual({});
});
