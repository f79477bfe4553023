// Restriction and closing: from the commit on nothing is used, whoever tries, and what was open in sessions is over (R3, R4).
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { groups } from "../../src/keep/register.ts";
import { statedPurposes } from "../../src/keep/stated.ts";
import { tables } from "../../src/keep/tables.ts";
import { service } from "../../src/policy/rows.ts";
import { askErasure, erasureOf, takeErasureBack } from "../../src/review/erase-request.ts";
import { liftRestriction, restrictUse } from "../../src/review/restrict.ts";
import type { RightsNeeds } from "../../src/review/rights-needs.ts";
import { openRecord } from "../../src/session/session-record.ts";
import { createRooms, type Rooms } from "../../src/session/rooms.ts";
import { seatBySubject, seatByToken } from "../../src/session/seat.ts";
import { findByToken } from "../../src/session/find-invite.ts";
import { inviteToken } from "../../src/session/invite.ts";
import { joinSession } from "../../src/session/join-session.ts";
import { openSession } from "../../src/session/open-session.ts";
import type { SessionNeeds } from "../../src/session/needs.ts";
import { cloneData, type TestData } from "../keep.ts";
import { addPeople, openTestKeep, secrets, sessionNeeds, store, type People } from "./people.ts";
import { rightsNeeds } from "./rights.ts";

let data: TestData;
let keep: Keep;
let people: People;
let session: SessionNeeds;
let rooms: Rooms;
let needs: RightsNeeds;

beforeEach(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
  session = await sessionNeeds(keep);
  rooms = createRooms(session);
  needs = await rightsNeeds(keep, { rooms });
});
afterEach(() => keep.close());

/** Purposes for which some role is shown a person's rows of a table. */
const usedFor = async (table: "profile" | "message", subject: string): Promise<string[]> => {
  const found: string[] = [];
  for (const group of groups.filter((name) => name !== "end"))
    for (const purpose of statedPurposes[group]) {
      const owner = tables[table].owner as "subject";
      const grants: Readonly<Record<string, readonly string[]>> = tables[table].grants;
      if (!grants[group]?.includes("select")) continue;
      const rows = await keep.databases[group]({ actor: service, purpose }, (tx) =>
        tx
          .selectFrom(table as "profile")
          .selectAll()
          .where(owner, "=", subject)
          .execute(),
      );
      if (rows.length > 0) found.push(`${group}: ${purpose}`);
    }
  return found;
};

const statusOf = async (subject: string): Promise<string> => {
  const { rows } = await data.asOwner((client) =>
    client.query<{ status: string }>("select status from subject where id = $1", [subject]),
  );
  return rows[0]?.status ?? "gone";
};

const lastEntry = async (): Promise<{ kind: string }> => {
  const { rows } = await data.asOwner((client) =>
    client.query<{ entry: string }>("select entry from ledger order by seq desc limit 1"),
  );
  return JSON.parse(rows[0]?.entry ?? "{}") as { kind: string };
};

const sessionState = async (id: string): Promise<string> => {
  const { rows } = await data.asOwner((client) =>
    client.query<{ state: string }>("select state from session where id = $1", [id]),
  );
  return rows[0]?.state ?? "gone";
};

test("a restricted person's data serves nothing but answering them, until they lift it", async () => {
  const before = await usedFor("profile", people.technician);
  expect(before.length).toBeGreaterThan(1);
  expect(await restrictUse(needs, people.technician, "profile")).toBe(true);
  expect(await usedFor("profile", people.technician)).toEqual(["door: answer-person", "desk: answer-person"]);
  expect(await lastEntry()).toMatchObject({ kind: "restricted", rules: ["restrict"] });
  expect(await restrictUse(needs, people.technician, "profile")).toBe(false);

  expect(await liftRestriction(needs, people.technician)).toBe(true);
  expect(await usedFor("profile", people.technician)).toEqual(before);
  expect(await lastEntry()).toMatchObject({ kind: "unrestricted" });
  expect(await liftRestriction(needs, people.technician)).toBe(false);
});

test("an erasure that is asked for closes the account, and taking it back opens it as it was", async () => {
  const before = await usedFor("profile", people.technician);
  const asked = await askErasure(needs, people.technician, { place: "profile" });
  expect(asked?.due.zone).toBe("America/New_York");
  expect(await statusOf(people.technician)).toBe("deactivated");
  expect(await usedFor("profile", people.technician)).toEqual(["door: answer-person", "desk: answer-person"]);
  expect(await askErasure(needs, people.technician, { place: "profile" })).toBeNull();

  expect(await takeErasureBack(needs, people.technician)).toBe(true);
  expect(await usedFor("profile", people.technician)).toEqual(before);
  expect(await takeErasureBack(needs, people.technician)).toBe(false);
});

test("of two erasures asked for at once one is, and both answers tell the truth", async () => {
  const both = await Promise.all([
    askErasure(needs, people.guest, { place: "profile" }),
    askErasure(needs, people.guest, { place: "mail" }),
  ]);
  expect(both.filter((one) => one !== null)).toHaveLength(1);
  const pending = await needs.within({ actor: people.guest, purpose: "answer-person" }, (tx) =>
    erasureOf(tx, people.guest),
  );
  expect(pending?.id).toBe(both.find((one) => one !== null)?.id);
});

test("who restricted the use before asking for erasure is restricted after taking it back", async () => {
  await restrictUse(needs, people.technician, "profile");
  await askErasure(needs, people.technician, { place: "profile" });
  await takeErasureBack(needs, people.technician);
  expect(await statusOf(people.technician)).toBe("restricted");
  await liftRestriction(needs, people.technician);
  expect(await statusOf(people.technician)).toBe("active");
});

test("the day that was fixed at the request stays, whatever the clock does", async () => {
  const asked = await askErasure(needs, people.guest, { place: "profile" });
  const later = await rightsNeeds(keep, { clock: () => new Date(Date.now() + 400 * 86_400_000) });
  expect(await askErasure(later, people.guest, { place: "profile" })).toBeNull();
  const pending = await needs.within({ actor: people.guest, purpose: "answer-person" }, (tx) =>
    erasureOf(tx, people.guest),
  );
  expect(pending?.due).toEqual(asked?.due);
});

test("a technician's own sessions end with the restriction, and a guest's seat in another's does", async () => {
  const guestSeat = await seatBySubject(session, people.session, people.guest);
  expect(guestSeat?.left).toBe(false);
  await restrictUse(needs, people.guest, "session");
  expect(await seatBySubject(session, people.session, people.guest)).toBeNull();
  expect(await sessionState(people.session)).toBe("live");

  await restrictUse(needs, people.technician, "profile");
  expect(await sessionState(people.session)).toBe("ended");
  const token = inviteToken(session.inviteKey, people.session);
  expect(await findByToken(session, token)).toBe("unknown");
});

test("a session that was opened while its technician was taken out does not stay open for ever", async () => {
  const slow: RightsNeeds = {
    ...needs,
    rooms: {
      ...needs.rooms,
      async takeOut(subject) {
        await needs.rooms.takeOut(subject);
        await openSession(session, subject, { address: "", browser: "" });
      },
    },
  };
  await askErasure(slow, people.technician, { place: "profile" });
  const { rows } = await data.asOwner((client) =>
    client.query("select state from session where technician = $1 and state <> 'ended'", [people.technician]),
  );
  expect(rows).toEqual([]);
});

test("others see a mark in place of what a restricted person wrote, at its number, and the rest", async () => {
  await store(session, people.session, people.technician, "and mine", 1);
  await store(session, people.session, people.guest, "the last word", 2);
  const log = async () =>
    (await openRecord(session, people.technician, people.session))?.messages.map(({ seq, text }) => [
      seq,
      text,
    ]);
  const whole = [
    [1, secrets.message],
    [2, "and mine"],
    [3, "the last word"],
  ];
  expect(await log()).toEqual(whole);
  await restrictUse(needs, people.guest, "session");
  expect(await log()).toEqual([
    [1, null],
    [2, "and mine"],
    [3, null],
  ]);
  await liftRestriction(needs, people.guest);
  expect(await log()).toEqual(whole);
});

test("in a room whose last words are withheld people go on talking, and a page hears of every number", async () => {
  const invitation = await findByToken(session, inviteToken(session.inviteKey, people.session));
  if (typeof invitation === "string") throw new Error(invitation);
  const joined = await joinSession(session, invitation, { address: "", browser: "", name: "Third" });
  await store(session, people.session, people.technician, "hello", 1);
  await store(session, people.session, people.guest, "withdrawn", 2);
  await restrictUse(needs, people.guest, "session");

  const seat = await seatByToken(session, people.session, [joined?.token ?? ""]);
  if (!seat) throw new Error("nobody sits");
  const frames: { t: string; seq?: number; text?: string | null }[] = [];
  let heard = (): void => undefined;
  const line = {
    send: (text: string) => {
      frames.push(JSON.parse(text) as (typeof frames)[number]);
      heard();
    },
    close: () => undefined,
  };
  const until = async (count: number) => {
    const said = () => frames.filter(({ t }) => t === "said");
    while (said().length < count) await new Promise<void>((resolve) => (heard = resolve));
    return said().map(({ seq, text }) => [seq, text]);
  };
  const attached = await rooms.attach(seat, line);
  attached.receive({ t: "hello", after: 0 });
  const history = [
    [1, null],
    [2, "hello"],
    [3, null],
  ];
  expect(await until(3)).toEqual(history);
  attached.receive({ t: "say", id: randomUUID(), text: "still here" });
  expect(await until(4)).toEqual([...history, [4, "still here"]]);

  frames.length = 0;
  attached.receive({ t: "hello", after: 3 });
  expect(await until(3)).toEqual([
    [1, null],
    [3, null],
    [4, "still here"],
  ]);
  await rooms.close();
});
