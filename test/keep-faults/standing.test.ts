// A restriction, an objection, an erasure that was asked for, and what was taken back of either, survive an old copy that is put back (K4, R3, R4).
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { askErasure, takeErasureBack } from "../../src/review/erase-request.ts";
import { answerObjection, objectTo, takeObjectionBack } from "../../src/review/object.ts";
import { objectablesOf } from "../../src/review/objectables.ts";
import { liftRestriction, restrictUse } from "../../src/review/restrict.ts";
import type { RightsNeeds } from "../../src/review/rights-needs.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { addPeople, addTechnician, openTestKeep, type People } from "../walls/people.ts";
import { rightsNeeds } from "../walls/rights.ts";
import { copyData } from "./old-copy.ts";

let data: TestData;
let old: TestData;
let keep: Keep;
let people: People;
let needs: RightsNeeds;

beforeEach(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
  await keep.close();
  old = await copyData(data);
  keep = await openTestKeep(data);
  needs = await rightsNeeds(keep);
});
afterEach(() => keep.close());

const putBack = async (): Promise<void> => {
  await keep.close();
  keep = await openKeep(await keepOptions(old));
};

const requestsIn = async (where: TestData) => {
  const { rows } = await where.asOwner((client) =>
    client.query<{ kind: string; state: string; status: string; due_at: Date }>(
      `select r.kind, r.state, r.due_at, s.status from rights_request r join subject s on s.id = r.subject
       order by asked_at`,
    ),
  );
  return rows;
};

test("a restriction and an erasure that were asked for since are in force again, with the same day", async () => {
  await restrictUse(needs, people.guest, "session");
  await askErasure(needs, people.technician, { place: "profile" });
  const before = await requestsIn(data);
  await putBack();
  expect(await requestsIn(old)).toEqual(before);
  expect(before.map(({ kind, state, status }) => [kind, state, status])).toEqual([
    ["restriction", "running", "restricted"],
    ["erasure", "open", "deactivated"],
  ]);
});

test("what was lifted and taken back since stays lifted and taken back", async () => {
  await restrictUse(needs, people.technician, "profile");
  await askErasure(needs, people.technician, { place: "profile" });
  await takeErasureBack(needs, people.technician);
  await liftRestriction(needs, people.technician);
  await putBack();
  expect((await requestsIn(old)).map(({ kind, state, status }) => [kind, state, status])).toEqual([
    ["restriction", "done", "active"],
    ["erasure", "taken-back", "active"],
  ]);
});

test("a start that replays what stands already changes nothing, and says nothing of it in the ledger", async () => {
  await restrictUse(needs, people.technician, "profile");
  await liftRestriction(needs, people.technician);
  await askErasure(needs, people.guest, { place: "session" });
  const entries = async () =>
    (await data.asOwner((client) => client.query("select count(*)::int as count from ledger"))).rows;
  const before = [await requestsIn(data), await entries()];
  await keep.close();
  keep = await openKeep(await keepOptions(data));
  expect([await requestsIn(data), await entries()]).toEqual(before);
});

test("what was noted and cut off before its commit is brought about at the next start", async () => {
  const subject = await addTechnician(keep, "Cut Off");
  const half: RightsNeeds = {
    ...needs,
    rooms: { ...needs.rooms, takeOut: () => Promise.reject(new Error("cut off")) },
  };
  await expect(askErasure(half, subject, { place: "profile" })).rejects.toThrow("cut off");
  expect(await requestsIn(data)).toEqual([]);
  await keep.close();
  keep = await openKeep(await keepOptions(data));
  expect(await requestsIn(data)).toMatchObject([{ kind: "erasure", state: "open", status: "deactivated" }]);
});

const use = "keep-site-running";

const masksIn = async (where: TestData) => {
  const { rows } = await where.asOwner((client) =>
    client.query<{ id: string; permissions: string; words: Buffer }>(
      `select s.id, s.permissions::text from subject s where s.id = any ($1) order by s.id`,
      [[people.guest, people.technician]],
    ),
  );
  return rows;
};

test("objections that were made, answered and taken back since stand again as they were, with what was answered", async () => {
  const letter = () => ({ title: "", text: "" });
  const objecting = {
    ...needs,
    ...{ inForce: keep.inForce, objectionLetter: letter },
    queueMail: () => Promise.resolve({ queued: true } as const),
  };
  const object = (subject: string, purpose: string) =>
    objectTo(objecting, subject, { purpose, words: "I do.", place: "profile" });
  const answer = async (subject: string, state: "done" | "refused") => {
    const found = (await objectablesOf(objecting, subject)).find(({ objection }) => objection);
    return answerObjection(objecting, String(found?.objection?.id), { state, answer: "We weighed it." });
  };
  await object(people.guest, use);
  await answer(people.guest, "done");
  await object(people.technician, use);
  await answer(people.technician, "refused");
  await object(people.guest, "tuning");
  await object(people.technician, "diagnosis");
  await takeObjectionBack(objecting, people.technician, { purpose: "diagnosis", place: "profile" });
  const standing = (subject: string) =>
    Promise.all([requestsIn, masksIn].map((read) => read(keepsOld ? old : data))).then(async (rows) => [
      rows,
      (await objectablesOf({ ...objecting, within: keep.databases.desk }, subject)).map(
        ({ objection, ...one }) => ({
          ...one,
          objection: objection && { ...objection, doneAt: null },
        }),
      ),
    ]);
  let keepsOld = false;
  const before = [await standing(people.guest), await standing(people.technician)];
  expect(JSON.stringify(before)).toContain("We weighed it.");
  await putBack();
  keepsOld = true;
  objecting.pieces = keep.pieces;
  expect([await standing(people.guest), await standing(people.technician)]).toEqual(before);
});
