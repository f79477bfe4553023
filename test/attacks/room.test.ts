// A hostile participant: malformed, forged, repeated and flooding frames are refused, and the others are untouched.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startForTest, type TestUpheld } from "../upheld.ts";
import {
  guest,
  lineInto,
  openRoom,
  technician,
  type Frame,
  type Line,
  type Room,
  type Visitor,
} from "./visitor.ts";

let upheld: TestUpheld;
let host: Visitor;
let room: Room;
let hosts: Line;
let guests: Line;

const said = (text: string) => (frame: Frame) => frame.t === "said" && frame.text === text;

beforeAll(async () => {
  upheld = await startForTest();
  host = await technician(upheld.url, "Hosting Hana");
  room = await openRoom(host);
  const customer = await guest(upheld.url, room, "Calm Cara");
  hosts = await lineInto(upheld.url, room.id, host.cookie());
  guests = await lineInto(upheld.url, room.id, customer.cookie());
  await guests.until(({ t }) => t === "welcome");
});
afterAll(() => upheld.stop());

/** The two who mean no harm still hear each other. */
const bothStillTalk = async () => {
  const text = `still here ${randomUUID()}`;
  hosts.send({ t: "say", id: randomUUID(), text });
  await guests.until(said(text));
  guests.send({ t: "say", id: randomUUID(), text: `${text} too` });
  await hosts.until(said(`${text} too`));
};

const attacker = async (): Promise<Line> => {
  const evil = await guest(upheld.url, room, "Evil Ed");
  const line = await lineInto(upheld.url, room.id, evil.cookie());
  await line.until(({ t }) => t === "welcome");
  return line;
};

test.each([
  ["no JSON", "{", "unreadable"],
  ["a list", "[]", "unreadable"],
  ["an unknown frame", '{"t":"format-disk"}', "unknown-frame"],
  ["an id that is none", '{"t":"say","id":"1","text":"x"}', "bad-field"],
  ["no text", `{"t":"say","id":"${randomUUID()}","text":"  "}`, "text-empty"],
  ["too long a text", `{"t":"say","id":"${randomUUID()}","text":"${"x".repeat(8001)}"}`, "text-long"],
])("a frame that is %s is refused", async (_, raw, code) => {
  const line = await attacker();
  line.sendRaw(raw);
  await line.until((frame) => frame.t === "no" && frame.code === code);
  line.close();
  await bothStillTalk();
});

test("a binary frame is refused, and one larger than any cuts only its sender's line", async () => {
  const line = await attacker();
  line.sendRaw(Buffer.from([1, 2, 3]));
  await line.until(({ t }) => t === "no");
  line.sendRaw("x".repeat(60_000));
  expect(await line.closed).toBe(1009);
  await bothStillTalk();
});

test("a message sent twice is stored once, and acknowledged both times", async () => {
  const id = randomUUID();
  const text = `once ${id}`;
  guests.send({ t: "say", id, text });
  await guests.until(said(text));
  guests.send({ t: "say", id, text });
  await expect.poll(() => guests.frames.filter(said(text)).length).toBe(2);
  await bothStillTalk();
  expect(hosts.frames.filter(said(text)).length).toBe(1);
  const { rows } = await upheld.asOwner((client) =>
    client.query("select 1 from message where client_id = $1", [id]),
  );
  expect(rows.length).toBe(1);
});

test("a message id used again with other words is refused", async () => {
  const id = randomUUID();
  guests.send({ t: "say", id, text: "first words" });
  await guests.until(said("first words"));
  guests.send({ t: "say", id, text: "other words" });
  await guests.until((frame) => frame.t === "no" && frame.code === "id-reused" && frame.id === id);
  await bothStillTalk();
  expect(hosts.frames.some(said("other words"))).toBe(false);
});

test("another's message id takes nothing from them: ids count per author", async () => {
  const id = randomUUID();
  hosts.send({ t: "say", id, text: "the host's" });
  await guests.until(said("the host's"));
  guests.send({ t: "say", id, text: "the guest's" });
  await hosts.until(said("the guest's"));
});

test("a guest can't end the session", async () => {
  guests.send({ t: "end" });
  await guests.until((frame) => frame.t === "no" && frame.code === "technician-only");
  await bothStillTalk();
});

test("a flood from one participant is refused, and the others talk on", async () => {
  const line = await attacker();
  for (let i = 0; i < 250; i += 1) line.send({ t: "say", id: randomUUID(), text: `flood ${i}` });
  await line.until((frame) => frame.t === "no" && frame.code === "too-fast");
  await bothStillTalk();
  const flooded = hosts.frames.filter(
    (frame) => typeof frame.text === "string" && frame.text.startsWith("flood"),
  );
  expect(flooded.length).toBeLessThan(200);
});

test("another session's token, a made-up one or none opens no line", async () => {
  const other = await openRoom(host);
  const stranger = await guest(upheld.url, other, "Lost Lou");
  for (const cookie of [stranger.cookie(), "__Host-upheld-guest=AAAA", ""]) {
    const line = await lineInto(upheld.url, room.id, cookie);
    expect(await line.closed).toBe(4403);
    expect(line.frames).toEqual([]);
  }
});

test("a guest's cookie planted in the database by its plain hash opens no line", async () => {
  const token = "planted".repeat(7);
  await upheld.asOwner((client) =>
    client.query(
      "update participant set token_hash = sha256($1::text::bytea) where session = $2 and role = 'technician'",
      [token, room.id],
    ),
  );
  const line = await lineInto(upheld.url, room.id, `__Host-upheld-guest=${token}`);
  expect(await line.closed).toBe(4403);
});

test("a page of another site opens no line, though the browser sends the cookie", async () => {
  await expect(lineInto(upheld.url, room.id, host.cookie(), "https://evil.example")).rejects.toThrow("403");
});

test("messages sent before the room is ready are neither lost nor reordered", async () => {
  const person = await guest(upheld.url, room, "Hasty Hal");
  const line = await lineInto(upheld.url, room.id, person.cookie());
  const texts = Array.from({ length: 20 }, (_, i) => `hasty ${i}`);
  for (const text of texts) line.send({ t: "say", id: randomUUID(), text });
  await hosts.until(said("hasty 19"));
  expect(hosts.frames.map(({ text }) => text).filter((text) => texts.includes(String(text)))).toEqual(texts);
});

test("somebody whose line was down when the session ended still hears what was said, and then the end", async () => {
  const short = await openRoom(host);
  const customer = await guest(upheld.url, short, "Late Lea");
  const line = await lineInto(upheld.url, short.id, customer.cookie());
  await line.until(({ t }) => t === "welcome");
  line.close();
  await line.closed;
  const hostLine = await lineInto(upheld.url, short.id, host.cookie());
  hostLine.send({ t: "say", id: randomUUID(), text: "goodbye then" });
  await hostLine.until(said("goodbye then"));
  hostLine.send({ t: "end" });
  await hostLine.until(({ t }) => t === "ended");

  const late = await lineInto(upheld.url, short.id, customer.cookie());
  await late.until(({ t }) => t === "ended");
  expect(await late.closed).toBe(4403);
  expect(late.frames.map(({ t }) => t)).toEqual(expect.arrayContaining(["welcome", "said", "ended"]));
  expect(late.frames.at(-1)?.t).toBe("ended");
});
