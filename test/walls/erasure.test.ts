// The day of an erasure: nothing is left but what the policy says, others keep their words, and a cut anywhere changes nothing of that (R4, R5).
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { erasePlan } from "../../src/keep/erase-plan.ts";
import { isAbout, isSigned } from "../../src/keep/ledger.ts";
import { nobody } from "../../src/keep/nobody.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { ledgerRows } from "../../src/keep/read-ledger.ts";
import { everyTable, tables } from "../../src/keep/tables.ts";
import { verifyLedger } from "../../src/keep/verify-ledger.ts";
import { service } from "../../src/policy/rows.ts";
import { askErasure, takeErasureBack, type ErasureKind } from "../../src/review/erase-request.ts";
import { eraseDue, type Step } from "../../src/review/erase-run.ts";
import { setHold } from "../../src/review/holds.ts";
import { createNoteLook } from "../../src/review/looks.ts";
import { openRequest } from "../../src/review/open-request.ts";
import { mostCounted, receiptOf, receiptText } from "../../src/review/receipt.ts";
import { readReceiptToken, receiptToken } from "../../src/review/receipt-token.ts";
import { restrictUse } from "../../src/review/restrict.ts";
import { lastSaid, readMessages, fillGaps } from "../../src/session/read-messages.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { copyData } from "../keep-faults/old-copy.ts";
import { plantEverywhere } from "../review/plant.ts";
import { receiptKey, runNeeds, tracesInVault, tracesOf } from "./erasing.ts";
import {
  addPeople,
  addTechnician,
  openTestKeep,
  secrets,
  sessionNeeds,
  store,
  type People,
} from "./people.ts";
import { rightsNeeds } from "./rights.ts";

let data: TestData;
let keep: Keep;
let people: People;
let now: Date;

const clock = () => now;
const day = 86_400_000;

type Entry = { seq: number; kind: string; about: string[] };

beforeEach(async () => {
  now = new Date();
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
});
afterEach(() => keep.close());

const ask = async (subject: string, kind: ErasureKind = "erasure") => {
  const asked = await askErasure(await rightsNeeds(keep, { clock }), subject, { place: "profile", kind });
  if (!asked) throw new Error("asked for before");
  return asked;
};

const run = async (change = {}): Promise<number> =>
  eraseDue(await runNeeds(keep, clock, change), () => false);

const eraseNow = async (subject: string): Promise<string> => {
  const { id, due } = await ask(subject);
  now = due.at;
  expect(await run()).toBe(1);
  return id;
};

const sealedRows = async (): Promise<number> =>
  (await data.asOwner((client) => client.query("select 1 from message"))).rowCount ?? -1;

test("before the day nothing goes, and from its first moment on everything does", async () => {
  const { due } = await ask(people.technician);
  now = new Date(due.at.getTime() - 1);
  expect(await run()).toBe(0);
  expect(await keep.vault.keyOf(people.technician)).not.toBeNull();
  now = due.at;
  expect(await run()).toBe(1);
  expect(await tracesOf(data, people.technician)).toEqual({});
  expect(await tracesInVault(data, people.technician)).toEqual(["journal: erased"]);
  expect(await keep.vault.keyOf(people.technician)).toBeNull();
  expect(await run()).toBe(0);
});

test("one that was taken back on its last day is not carried out", async () => {
  const { due } = await ask(people.technician);
  now = new Date(due.at.getTime() - 1000);
  expect(await takeErasureBack(await rightsNeeds(keep, { clock }), people.technician)).toBe(true);
  now = new Date(due.at.getTime() + day);
  expect(await run()).toBe(0);
  expect(await keep.vault.keyOf(people.technician)).not.toBeNull();
});

test("one whose day has come can't be taken back", async () => {
  const { due } = await ask(people.technician);
  now = due.at;
  const cut = { after: () => Promise.reject(new Error("cut")) };
  await expect(run(cut)).rejects.toThrow("cut");
  expect(await takeErasureBack(await rightsNeeds(keep, { clock }), people.technician)).toBe(false);
  expect(await run()).toBe(1);
});

test("a child's is carried out at once", async () => {
  await ask(people.guest, "child");
  expect(await run()).toBe(1);
  expect(await tracesOf(data, people.guest)).toEqual({});
});

test("others keep their words, at their numbers, with a mark where the erased person's were", async () => {
  const needs = await sessionNeeds(keep);
  await store(needs, people.session, people.technician, "mine", 1);
  await store(needs, people.session, people.guest, "the last word", 2);
  await eraseNow(people.guest);
  const log = async (actor: string) =>
    fillGaps(await readMessages(needs, actor, people.session, 0, 100), {
      after: 0,
      upTo: await lastSaid(needs, actor, people.session),
      at: now,
    }).map(({ seq, text }) => [seq, text]);
  expect(await log(people.technician)).toEqual([
    [1, null],
    [2, "mine"],
    [3, null],
  ]);
  await store(needs, people.session, people.technician, "and on", 3);
  expect((await log(people.technician)).at(-1)).toEqual([4, "and on"]);
});

test("a session that its erased technician held stays with those who took part in it, and is nobody's", async () => {
  const needs = await sessionNeeds(keep);
  await store(needs, people.session, people.technician, "the technician's", 1);
  await eraseNow(people.technician);
  const { rows } = await data.asOwner((client) => client.query("select technician, state from session"));
  expect(rows).toEqual([{ technician: nobody, state: "ended" }]);
  const messages = await readMessages(needs, people.guest, people.session, 0, 100);
  expect(messages.map(({ seq, text }) => [seq, text])).toEqual([[1, secrets.message]]);
  expect(await sealedRows()).toBe(1);
});

test("a session that nobody else took part in goes with its technician", async () => {
  await eraseNow(people.guest);
  await eraseNow(people.technician);
  const { rows } = await data.asOwner((client) => client.query("select 1 from session"));
  expect(rows).toEqual([]);
});

test("many rows go in batches, and none is left", async () => {
  await data.asOwner((client) =>
    client.query(
      `insert into message (session, seq, author, client_id, at, body)
       select $1, seq, $2, gen_random_uuid(), now(), '\\x00' from generate_series(2, 1701) seq`,
      [people.session, people.guest],
    ),
  );
  await eraseNow(people.guest);
  expect(await sealedRows()).toBe(0);
  expect(await tracesOf(data, people.guest)).toEqual({});
});

test("who comes back is new, under the same name if it likes", async () => {
  await expect(addTechnician(keep, secrets.userName)).rejects.toThrow("taken");
  await eraseNow(people.technician);
  const again = await addTechnician(keep, secrets.userName);
  expect(again).not.toBe(people.technician);
  // An old link to an address of theirs, say, brings nothing back.
  expect(await keep.vault.claim("email", "old@quux.example", people.technician, now)).toBe(false);
  expect(await tracesInVault(data, people.technician)).toEqual(["journal: erased"]);
  expect(await keep.vault.keyOf(again)).not.toBeNull();
});

test("what a law keeps stays, sealed, under a key and a name that lead to nobody", async () => {
  const due = { at: now, zone: "UTC", calendar: "none" };
  await keep.databases.desk({ actor: people.technician, purpose: "answer-person" }, (tx) =>
    openRequest({ pieces: keep.pieces, clock, newId: randomUUID }, tx, {
      subject: people.technician,
      kind: "objection",
      place: "profile",
      words: "I object to Rumpelstilzchen",
      due,
    }),
  );
  await restrictUse(await rightsNeeds(keep, { clock }), people.technician, "profile");
  const id = await eraseNow(people.technician);
  const rows = await keep.databases.end({ actor: service, purpose: "end-data" }, (tx) =>
    tx.selectFrom("rights_request").selectAll().orderBy("asked_at").execute(),
  );
  const keeper = rows[0]?.subject;
  expect(rows.map(({ kind, state, subject }) => [kind, state, subject])).toEqual([
    ["objection", "done", keeper],
    ["restriction", "done", keeper],
    ["erasure", "done", id],
  ]);
  // What is kept is no other's than the person's, and who reads the request can't tell whose that was.
  expect(keeper).not.toBe(id);
  expect(keeper).not.toBe(people.technician);
  const opened = await keep.pieces.open("end-data", tables.rights_request, "words", rows[0]!);
  expect(opened.request).toBe("I object to Rumpelstilzchen");
  const seen = await keep.databases.desk({ actor: service, purpose: "answer-person" }, (tx) =>
    tx.selectFrom("rights_request").selectAll().execute(),
  );
  expect(seen).toEqual([]);
});

test("of somebody with a row in every table there is, no id and no value is left but what a law keeps", async () => {
  const { subject, marks } = await plantEverywhere(data, keep);
  await eraseNow(subject);
  expect(await tracesOf(data, subject)).toEqual({});
  const { policy } = keep.inForce.versions.running.compiled;
  const kept = erasePlan(policy, everyTable).kept.map(({ table }) => table.name);
  const text = await data.asOwner(async (client) => {
    const texts: string[] = [];
    for (const { name } of everyTable)
      texts.push(JSON.stringify((await client.query(`select * from ${name}`)).rows));
    return texts.join("\n");
  });
  const left = marks.filter((mark) => text.includes(mark.text) && !kept.includes(mark.table));
  expect(left).toEqual([]);
  expect(marks.length).toBeGreaterThan(20);
});

test("where an erased officer dealt with others' data it stays known that somebody did, and in which role", async () => {
  const officer = await addTechnician(keep, "Olga Officer");
  const [staff, person] = [{ subject: officer, role: "privacy-officer" }, people.technician];
  const needs = await rightsNeeds(keep, { clock });
  const hold = { kind: "dispute", days: 60, reason: "a chargeback is open", hiddenDays: 0 };
  expect(await setHold(needs, staff, person, hold)).toEqual([]);
  await keep.databases.desk({ actor: officer, purpose: "answer-person" }, (tx) =>
    createNoteLook({ ledger: keep.ledger, clock, newId: randomUUID })(tx, {
      ...{ staff: officer, role: staff.role, about: [person], purpose: "answer-person" },
      ...{ categories: ["email"], page: "outbox" },
    }),
  );
  await eraseNow(officer);
  expect(await tracesOf(data, officer)).toEqual({});
  const { rows } = await data.asOwner((client) =>
    client.query("select staff, role from look union all select staff, role from hold"),
  );
  const unnamed = { staff: nobody, role: "privacy-officer" };
  expect(rows).toEqual([unnamed, unnamed]);
});

test("every column that names somebody is known to the erasure: a table's owner, or who acted", () => {
  const others = everyTable.flatMap(({ name, owner, sharedBy, key, columns }) =>
    Object.entries(columns)
      .filter(
        ([column, { type, actor }]) => type === "uuid" && column !== owner && column !== sharedBy && !actor,
      )
      .flatMap(([column]) => (key.length === 1 && key[0] === column ? [] : [`${name}.${column}`])),
  );
  // An id of the page's own; and whose erasure is under way, which is emptied at its end.
  expect(others).toEqual(["message.client_id", "rights_request.erasing"]);
});

test("an erasure that can't be finished holds nobody else's up", async () => {
  const other = await addTechnician(keep, "Next Nele");
  const first = await ask(people.technician);
  now = new Date(now.getTime() + 1000);
  await ask(other);
  now = new Date(first.due.at.getTime() + day);
  const needs = await runNeeds(keep, clock);
  const { vault } = keep;
  const createKey = (subject: string): Promise<Buffer> =>
    subject === first.id ? Promise.reject(new Error("stuck")) : vault.createKey(subject);
  needs.erasing.vault = { ...vault, createKey };
  await expect(eraseDue(needs, () => false)).rejects.toThrow("stuck");
  expect(await tracesOf(data, other)).toEqual({});
  expect(await keep.vault.keyOf(people.technician)).not.toBeNull();
});

test("the receipt is signed, says what went and what a law keeps, and holds nothing of the person's", async () => {
  const id = await eraseNow(people.technician);
  const found = await receiptOf({ within: keep.databases.end }, id);
  expect(found).toMatchObject({ state: "done", doneAt: now });
  const { receipt, signature } = found!.receipt!;
  expect(receipt.erased).toContainEqual({ data: expect.arrayContaining(["email", "user-name"]), records: 1 });
  expect(receipt.kept).toEqual([
    expect.objectContaining({ data: ["request"], records: 1, law: expect.stringContaining("law") }),
  ]);
  expect(JSON.stringify(found)).not.toMatch(new RegExp(`${people.technician}|quux|Quux`));
  const { publicKey } = keep.ledger;
  expect(isSigned(publicKey, "receipt", receiptText(receipt), signature)).toBe(true);
  expect(isSigned(publicKey, "receipt", receiptText({ ...receipt, service: "Other" }), signature)).toBe(
    false,
  );
  expect(isSigned(publicKey, "checkpoint", receiptText(receipt), signature)).toBe(false);
});

test("however much goes, it is counted only as far as a receipt says it", async () => {
  await data.asOwner((client) =>
    client.query(
      `insert into message (session, seq, author, client_id, at, body)
       select $1, 1000 + n, $2, gen_random_uuid(), $3, '\\x00' from generate_series(1, $4::int) n`,
      [people.session, people.guest, now, mostCounted + 1],
    ),
  );
  const found = await receiptOf({ within: keep.databases.end }, await eraseNow(people.guest));
  const { erased } = found!.receipt!.receipt;
  expect(erased).toContainEqual({ data: ["chat-log"], records: mostCounted });
  expect(await sealedRows()).toBe(0);
});

test("the link to it is good for this request alone, and can't be made up", () => {
  const id = randomUUID();
  const token = receiptToken(receiptKey, id);
  expect(readReceiptToken(receiptKey, token)).toBe(id);
  expect(readReceiptToken(Buffer.alloc(32, 8), token)).toBeNull();
  expect(readReceiptToken(receiptKey, `${token.slice(0, -2)}AA`)).toBeNull();
});

test("the ledger's chain holds, and no entry in it can be tied to the erased person any more", async () => {
  const entries = async (): Promise<Entry[]> => {
    const { rows } = await data.asOwner((client) =>
      client.query<{ entry: string }>("select entry from ledger order by seq"),
    );
    return rows.map(({ entry }) => JSON.parse(entry) as Entry);
  };
  const key = Buffer.from((await keep.vault.keyOf(people.guest)) ?? "");
  await eraseNow(people.guest);
  const all = await entries();
  expect(JSON.stringify(all)).not.toContain(people.guest);
  // With the key that is gone one could tell which they are; without it not even two can be told to belong together.
  const mine = all.filter((entry) => isAbout(key, people.guest, entry));
  expect(mine.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["collected", "erase-asked", "erasing"]),
  );
  const references = all.flatMap(({ about }) => about).filter((reference) => reference !== "erased");
  expect(new Set(references).size).toBe(references.length);
  // Whoever holds data and vault can't work the reference out again: it comes from a key that is in neither.
  await keep.databases.end({ actor: service, purpose: "end-data" }, (tx) =>
    keep.ledger.append(tx, [{ kind: "looked", about: [people.guest] }]),
  );
  expect((await entries()).at(-1)?.about).toEqual(["erased"]);
  await data.asOwner(async (client) => {
    const query = (text: string, values: unknown[]) => client.query(text, values);
    expect((await verifyLedger(ledgerRows(query), keep.ledger.publicKey)).faults).toEqual([]);
  });
});

const steps: Step[] = ["claimed", "receipt", "aside", "keys", "rows", "closed"];

test.each(steps)("cut off after “%s”, it goes on after the next start, and ends the same", async (cutAt) => {
  const needs = await sessionNeeds(keep);
  await store(needs, people.session, people.technician, "mine", 1);
  const { id, due } = await ask(people.technician);
  now = due.at;
  const seen: Step[] = [];
  const after = (step: Step) => {
    seen.push(step);
    return step === cutAt ? Promise.reject(new Error("cut")) : Promise.resolve();
  };
  await expect(run({ after })).rejects.toThrow("cut");
  expect(seen.at(-1)).toBe(cutAt);
  await keep.close();
  keep = await openKeep(await keepOptions(data));
  await run();
  expect(await tracesOf(data, people.technician)).toEqual({});
  expect(await tracesInVault(data, people.technician)).toEqual(expect.arrayContaining(["journal: erased"]));
  const found = await receiptOf({ within: keep.databases.end }, id);
  expect(found?.state).toBe("done");
  expect(found?.receipt?.receipt.erased.length).toBeGreaterThan(3);
  const again = await sessionNeeds(keep);
  const messages = await readMessages(again, people.guest, people.session, 0, 10);
  expect(messages.map(({ text }) => text)).toEqual([secrets.message]);
});

test("an old copy that is put back brings nobody back, nor the technician of a session that others had a part in", async () => {
  await keep.close();
  const old = await copyData(data);
  keep = await openTestKeep(data);
  await eraseNow(people.technician);
  await keep.close();
  keep = await openTestKeep(old);
  expect(await tracesOf(old, people.technician)).toEqual({});
  const messages = await readMessages(await sessionNeeds(keep), people.guest, people.session, 0, 10);
  expect(messages.map(({ text }) => text)).toEqual([secrets.message]);
});

test("the receipt's mail is waited for, but not for ever, and what was still in line goes with the address", async () => {
  const { due } = await ask(people.technician);
  now = due.at;
  expect(await run({ mails: true })).toBe(0);
  const inLine = async () =>
    (await data.asOwner((client) => client.query("select kind, state from mail where state = 'queued'")))
      .rows;
  expect(await inLine()).toEqual([{ kind: "erasure-receipt", state: "queued" }]);
  now = new Date(now.getTime() + 10 * 60_000);
  expect(await run({ mails: true })).toBe(0);
  expect(await keep.vault.keyOf(people.technician)).not.toBeNull();
  now = new Date(now.getTime() + 10 * 60_000);
  expect(await run({ mails: true })).toBe(1);
  expect(await inLine()).toEqual([]);
});

test("whoever gave no address is waited for by no mail", async () => {
  await ask(people.guest, "child");
  expect(await run({ mails: true })).toBe(1);
});
