// A restriction, an erasure that was asked for, and what was taken back of either, survive an old copy that is put back (K4, R3, R4).
import { afterEach, beforeEach, expect, test } from "vitest";
import { openKeep, type Keep } from "../../src/keep/open-keep.ts";
import { askErasure, takeErasureBack } from "../../src/review/erase-request.ts";
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
