// What people ask for about their data: written with a day that never moves, one erasure at a time (R4).
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tables } from "../../src/keep/tables.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { dueOf, openRequest, closeRequest, type RequestKind } from "../../src/review/open-request.ts";
import { cloneData, type TestData } from "../keep.ts";
import { addTechnician, openTestKeep } from "./people.ts";

let data: TestData;
let keep: Keep;

beforeAll(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
});
afterAll(() => keep.close());

const needs = () => ({ pieces: keep.pieces, clock: keep.clock, newId: randomUUID });

const ask = async (subject: string, kind: RequestKind, words?: string): Promise<string | null> => {
  const { policy } = keep.inForce.versions.running.compiled;
  const due = await dueOf(policy, kind, keep.clock());
  return keep.databases.desk({ actor: subject, purpose: "answer-person" }, (tx) =>
    openRequest(needs(), tx, { subject, kind, place: "profile", due, ...(words ? { words } : {}) }),
  );
};

test("of erasures asked for at once one is opened, and another only when that is over", async () => {
  const subject = await addTechnician(keep, "Asks Often");
  const asked = await Promise.all([ask(subject, "erasure"), ask(subject, "erasure"), ask(subject, "child")]);
  const opened = asked.filter((id) => id !== null);
  expect(opened).toHaveLength(1);
  const close = () =>
    keep.databases.desk({ actor: subject, purpose: "answer-person" }, (tx) =>
      closeRequest(needs(), tx, String(opened[0]), "taken-back"),
    );
  expect([await close(), await close()]).toEqual([true, false]);
  expect(await ask(subject, "erasure")).not.toBeNull();
});

test("nobody opens a request in somebody else's name", async () => {
  const [one, other] = [await addTechnician(keep, "One"), await addTechnician(keep, "Other")];
  const due = { at: new Date(), zone: "UTC", calendar: "none" };
  const forged = keep.databases.desk({ actor: one, purpose: "answer-person" }, (tx) =>
    openRequest(needs(), tx, { subject: other, kind: "erasure", place: "profile", due }),
  );
  await expect(forged).rejects.toThrow("row-level security");
});

test("what somebody wrote with a request lies sealed, and opens for answering it", async () => {
  const subject = await addTechnician(keep, "Writes Much");
  const id = await ask(subject, "objection", "Rumpelstilzchen is my name");
  const row = await keep.databases.desk({ actor: subject, purpose: "answer-person" }, (tx) =>
    tx.selectFrom("rights_request").selectAll().where("id", "=", String(id)).executeTakeFirstOrThrow(),
  );
  expect(row.words?.toString("latin1")).not.toContain("Rumpelstilzchen");
  const opened = await keep.pieces.open("answer-person", tables.rights_request, "words", row);
  expect(opened.request).toBe("Rumpelstilzchen is my name");
});
