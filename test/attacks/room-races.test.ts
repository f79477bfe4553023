// Races in a room: an end that meets a page coming in, words after leaving, a batch that fails, one person on many lines.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flood } from "../../src/http/live-socket.ts";
import { mostPeople } from "../../src/session/join-session.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { guest, lineInto, openRoom, technician, visitor, type Line, type Visitor } from "./visitor.ts";

let upheld: TestUpheld;
let host: Visitor;

beforeAll(async () => {
  upheld = await startForTest();
  host = await technician(upheld.url, "Racing Rita");
});
afterAll(() => upheld.stop());

const say = (line: Line, text: string): void => line.send({ t: "say", id: randomUUID(), text });

const textsHeard = ({ frames }: Line): unknown[] =>
  frames.filter(({ t }) => t === "said").map(({ text }) => text);

const welcomed = async (session: string, person: Visitor): Promise<Line> => {
  const line = await lineInto(upheld.url, session, person.cookie());
  await line.until(({ t }) => t === "welcome");
  return line;
};

const count = (text: string, session: string): Promise<number> =>
  upheld.asOwner(async (client) => {
    const { rows } = await client.query<{ count: string }>(text, [session]);
    return Number(rows[0]?.count);
  });

const untilWaiting = async (client: pg.Client): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rowCount } = await client.query(
      "select 1 from pg_stat_activity where datname = current_database() and usename = 'upheld_room' and wait_event_type = 'Lock'",
    );
    if (rowCount) return;
    await sleep(10);
  }
  throw new Error("no room connection waits");
};

const endRoomConnections = (client: pg.Client, waitingOnly: boolean) =>
  client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and usename = 'upheld_room' ${waitingOnly ? "and wait_event_type = 'Lock'" : ""}`,
  );

/** Holds a lock that the room's next statement on the table runs into. */
const whileLocked = (table: string, act: (client: pg.Client) => Promise<void>): Promise<void> =>
  upheld.asOwner(async (client) => {
    await client.query("begin");
    await client.query(`lock table ${table} in access exclusive mode`);
    await act(client);
    await client.query("rollback");
  });

test("a page that comes in while the session ends hears the end, and nothing is stored after it", async () => {
  for (let round = 0; round < 20; round += 1) {
    const { id } = await openRoom(host);
    const coming = lineInto(upheld.url, id, host.cookie());
    await sleep(round % 10);
    await host.post(`/room/${id}/end`, {});
    const line = await coming;
    say(line, "said after the end");
    await sleep(50);
    line.close();
    expect(await count("select count(*) from message where session = $1", id), `round ${round}`).toBe(0);
  }
});

test("who has left says nothing more, even if it was sent in the same breath", async () => {
  const room = await openRoom(host);
  const line = await welcomed(room.id, await guest(upheld.url, room));
  line.send({ t: "leave" });
  say(line, "one more thing");
  await line.closed;
  await sleep(100);
  expect(await count("select count(*) from message where session = $1", room.id)).toBe(0);
});

test("one author's messages keep their order when the batch in flight fails", async () => {
  const room = await openRoom(host);
  const line = await welcomed(room.id, host);
  const first = { t: "say", id: randomUUID(), text: "first" };
  await whileLocked("message", async (client) => {
    line.send(first);
    await untilWaiting(client);
    say(line, "second");
    await sleep(100);
    await endRoomConnections(client, true);
    await sleep(50);
  });
  await line.closed;
  // What was not acknowledged is sent again, in the order in which it was written.
  const back = await welcomed(room.id, host);
  back.send(first);
  say(back, "third");
  await back.until(({ text }) => text === "third");
  expect(
    textsHeard(back)
      .filter((text) => text === "first" || text === "second")
      .at(0),
  ).toBe("first");
});

test("a connection that breaks while a page comes in costs that page its line, and nobody else anything", async () => {
  const unhandled: unknown[] = [];
  const note = (fault: unknown) => void unhandled.push(fault);
  process.on("unhandledRejection", note);
  try {
    const { id } = await openRoom(host);
    let coming: Promise<Line> | null = null;
    await whileLocked("session", async (client) => {
      coming = lineInto(upheld.url, id, host.cookie());
      const line = await coming;
      await untilWaiting(client);
      await endRoomConnections(client, true);
      expect(await line.closed).toBe(1011);
    });
    await sleep(100);
    expect(unhandled).toEqual([]);
  } finally {
    process.off("unhandledRejection", note);
  }
});

test("many who join at the same moment are no more than a session takes", async () => {
  const room = await openRoom(host);
  await Promise.all(Array.from({ length: 30 }, () => visitor(upheld.url).post(room.link, {})));
  expect(
    await count("select count(*) from participant where session = $1 and left_at is null", room.id),
  ).toBeLessThanOrEqual(mostPeople);
});

test("a flood is counted by the person, not by each of their lines", async () => {
  const room = await openRoom(host);
  const person = await guest(upheld.url, room);
  const lines = (
    await Promise.allSettled(Array.from({ length: 20 }, () => welcomed(room.id, person)))
  ).flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const began = performance.now();
  for (const line of lines) for (let sent = 0; sent < flood.burst; sent += 1) say(line, "flood");
  await sleep(1500);
  const allowed = flood.burst + (flood.perSecond * (performance.now() - began)) / 1000;
  // Twice that leaves room for a second tab of good intent.
  expect(await count("select count(*) from message where session = $1", room.id)).toBeLessThanOrEqual(
    2 * allowed,
  );
  for (const line of lines) line.close();
});

test("a technician's own code does not wash away wrong guesses at others'", async () => {
  const { code } = await openRoom(host);
  const guesser = visitor(upheld.url);
  const answers: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (let guess = 0; guess < 9; guess += 1)
      answers.push((await guesser.get(`/join?code=NOBODY-${round}00-00${guess}`)).status);
    await guesser.get(`/join?code=${code}`);
  }
  expect(answers).toContain(429);
});

test("an address or a form that can't be read is a refusal, no fault of ours", async () => {
  const stranger = visitor(upheld.url);
  expect((await stranger.get("/guidelines/%00")).status).toBe(404);
  const answer = await fetch(`${upheld.url}/sign-in`, {
    method: "POST",
    headers: { origin: upheld.url, "content-type": "multipart/form-data; boundary=a" },
    body: "not multipart at all",
  });
  expect(Math.floor(answer.status / 100)).toBe(4);
});
