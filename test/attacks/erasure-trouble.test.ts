// An erasure in trouble: two at once, in a live session, in two rooms, at a shared address, by stale and forged links, under a clock that jumps (R4, R7).
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkIn } from "../mailed-link.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import {
  guest,
  lineInto,
  openRoom,
  password,
  technician,
  visitor,
  type Line,
  type Visitor,
} from "./visitor.ts";

let sink: MailSink;
let upheld: TestUpheld;
let passed = 0;

beforeAll(async () => {
  sink = await startMailSink();
  upheld = await startForTest({ SMTP_URL: sink.url });
});
afterAll(async () => {
  await upheld.stop();
  await sink.close();
});

const pass = async (days: number): Promise<void> => {
  passed += days;
  await upheld.moveClock(passed);
};

const rowsOf = <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  upheld.asOwner(async (client) => (await client.query<Row>(text, values)).rows);

const stateOf = async (link: string): Promise<string> =>
  /<h1[^>]*>([^<]*)</.exec((await visitor(upheld.url).get(link)).text)?.[1] ?? "";

const patience = { timeout: 40_000 };

const isErased = async (link: string): Promise<void> => {
  await expect.poll(() => stateOf(link), patience).toBe("Your data was erased");
};

const ask = async (person: Visitor, at = "/account/erasure"): Promise<string> => {
  const { status, location } = await person.post(at, { act: "ask" });
  expect([status, location]).toEqual([303, expect.stringMatching(/^\/erasure\/[\w-]{43}$/)]);
  return location ?? "";
};

const signIn = async (userName: string): Promise<Visitor> => {
  const person = visitor(upheld.url);
  expect((await person.post("/sign-in", { "user-name": userName, password })).status).toBe(303);
  return person;
};

const withAddress = async (userName: string, email: string): Promise<Visitor> => {
  const person = visitor(upheld.url);
  const form = { "user-name": userName, password, email, agree: "yes" };
  expect((await person.post("/register", form)).status).toBe(303);
  return person;
};

const mineOf = async (person: Visitor, room: string): Promise<string> =>
  /value="[^"]*(\/mine\/g[\w-]{43})"/.exec((await person.get(`/room/${room}`)).text)?.[1] ?? "";

const into = async (room: string, person: Visitor): Promise<Line> => {
  const line = await lineInto(upheld.url, room, person.cookie());
  await line.until(({ t }) => t === "welcome");
  return line;
};

const say = async (line: Line, text: string): Promise<void> => {
  line.send({ t: "say", id: randomUUID(), text });
  await line.until((frame) => frame.text === text);
};

const heard = ({ frames }: Line) =>
  frames.filter(({ t }) => t === "said").map(({ seq, text }) => [seq, text]);

test("of many requests at once for the same person there is one, and every answer leads to it", async () => {
  const one = await technician(upheld.url, "Twice Thea");
  const other = await signIn("Twice Thea");
  const answers = await Promise.all(
    [one, other, one, other].map((by) => by.post("/account/erasure", { act: "ask" })),
  );
  const links = answers.flatMap(({ location }) => (location?.startsWith("/erasure/") ? [location] : []));
  expect(links).toHaveLength(1);
  for (const { status } of answers) expect([303, 401]).toContain(status);
  const open = await rowsOf("select id from rights_request where kind = 'erasure' and done_at is null");
  expect(open).toHaveLength(1);
  await pass(22);
  await isErased(links[0] ?? "");
});

test("asked for and taken back in the same moment, again and again: account and request never contradict each other", async () => {
  await technician(upheld.url, "Wavering Wilma");
  for (let round = 0; round < 6; round += 1) {
    const [a, b] = [await signIn("Wavering Wilma"), await signIn("Wavering Wilma")];
    await Promise.all([
      a.post("/account/erasure", { act: "ask" }),
      b.post("/account/erasure", { act: "take-back" }),
      b.post("/account/erasure", { act: "ask" }),
    ]);
    const contradictory = await rowsOf(
      `select s.status from subject s where (s.status = 'deactivated') <> exists (
         select 1 from rights_request r where r.subject = s.id and r.done_at is null and r.kind = 'erasure')`,
    );
    expect(contradictory, `round ${round}`).toEqual([]);
    await (await signIn("Wavering Wilma")).post("/account/erasure", { act: "take-back" });
    expect((await (await signIn("Wavering Wilma")).get("/console")).status, `round ${round}`).toBe(200);
  }
});

test("a guest who asks in the middle of a session is out at once, and their words are gone from everybody's open page, the others' in their places", async () => {
  const host = await technician(upheld.url, "Hosting Hanna");
  const room = await openRoom(host);
  const [gone, stays] = [await guest(upheld.url, room, "Gone"), await guest(upheld.url, room, "Stays")];
  const mine = await mineOf(gone, room.id);
  const [hers, theirs, still] = [
    await into(room.id, host),
    await into(room.id, gone),
    await into(room.id, stays),
  ];
  await say(hers, "welcome");
  await say(theirs, "my secret");
  await say(still, "I stay");
  await say(theirs, "and another");
  await hers.until(({ text }) => text === "and another");

  const asking = ask(visitor(upheld.url), `${mine}/erasure`);
  theirs.send({ t: "say", id: randomUUID(), text: "said in the same breath" });
  const link = await asking;
  expect(await theirs.closed).toBe(4403);
  // Whoever was there is told to come back, and then hears what there is now, under the same numbers.
  expect(await hers.closed).toBe(1012);
  const back = await into(room.id, host);
  back.send({ t: "hello", after: 4 });
  await back.until(({ t, seq, text }) => t === "said" && seq === 4 && text === null);
  const others = await into(room.id, stays);
  await say(others, "we go on");
  const last = heard(others).at(-1)?.[0];
  expect(heard(others).slice(0, 4)).toEqual([
    [1, "welcome"],
    [2, null],
    [3, "I stay"],
    [4, null],
  ]);
  expect(JSON.stringify([back.frames, others.frames])).not.toMatch(/secret|another|Gone"/);
  // Nothing that they still had, and nothing that they still send, counts any more.
  const again = await lineInto(upheld.url, room.id, gone.cookie());
  expect(await again.closed).toBe(4403);
  expect((await gone.get(`/room/${room.id}`)).status).toBe(404);

  for (const one of [back, others]) one.close();
  await pass(22);
  await isErased(link);
  const after = await rowsOf<{ seq: number }>("select seq from message where session = $1 order by seq", [
    room.id,
  ]);
  expect(after.map(({ seq }) => seq)).toEqual([1, 3, last]);
  // In each of their own pages "erased" stands where it was.
  const owner = await signIn("Hosting Hanna");
  for (const page of [`/sessions/${room.id}`, `/account/data/sessions/${room.id}`]) {
    const { status, text } = await owner.get(page);
    expect([page, status]).toEqual([page, 200]);
    expect(text.match(/id="m\d+"/g)?.slice(0, 4)).toEqual(['id="m1"', 'id="m2"', 'id="m3"', 'id="m4"']);
    expect(text.match(/This message was erased/g)?.length).toBeGreaterThanOrEqual(2);
    expect(text).not.toMatch(/my secret|and another/);
  }
  expect((await visitor(upheld.url).get(mine)).status).toBe(410);
});

test("who is in two rooms goes from both, and comes back to both when they take it back", async () => {
  const host = await technician(upheld.url, "Twofold Tom");
  const rooms = [await openRoom(host), await openRoom(host)];
  const lines = [];
  for (const room of rooms) {
    const customer = await guest(upheld.url, room, "Cus");
    const [hers, line] = [await into(room.id, host), await into(room.id, customer)];
    await say(hers, "from the host");
    await line.until(({ text }) => text === "from the host");
    lines.push({ room, customer, line });
  }
  await ask(host);
  for (const { room, customer, line } of lines) {
    await line.closed;
    const back = await into(room.id, customer);
    expect(heard(back).every(([, text]) => text !== "from the host")).toBe(true);
    await back.closed;
  }
  const again = await signIn("Twofold Tom");
  await again.post("/account/erasure", { act: "take-back" });
  for (const { room, customer } of lines) {
    const back = await into(room.id, customer);
    await back.until(({ text }) => text === "from the host");
  }
});

test("a restricted or closed account shares nothing with others who ask what is held about them", async () => {
  const host = await technician(upheld.url, "Closing Clara");
  const room = await openRoom(host);
  const customer = await guest(upheld.url, room, "Asks");
  const mine = await mineOf(customer, room.id);
  const [hers, line] = [await into(room.id, host), await into(room.id, customer)];
  await say(line, "what of me");
  await say(hers, "words of the closed");
  const page = async () => (await visitor(upheld.url).get(`${mine}/sessions/${room.id}`)).text;
  expect(await page()).toContain("words of the closed");
  await ask(host);
  const after = await page();
  expect(after).toContain("what of me");
  expect(after).toContain("This message was erased or withheld");
  expect(after).not.toContain("words of the closed");
});

test("links that were mailed before open nothing once the person is erased, and put no address back", async () => {
  const email = "stella@stale.example";
  const person = await withAddress("Stale Stella", email);
  const confirm = linkIn(await sink.next(email), "/account/address");
  expect((await person.post(confirm, {})).status).toBe(303);
  await person.post("/account/address", { email: "stella@new.example" });
  const newAddress = linkIn(await sink.next("stella@new.example"), "/account/address");
  await visitor(upheld.url).post("/new-password", { email });
  const newPassword = linkIn(await sink.next(email), "/new-password");
  await visitor(upheld.url).post("/data-request", { email });
  const review = linkIn(await sink.next(email), "/data-request");
  const { location: visit } = await visitor(upheld.url).post(review, {});
  await visitor(upheld.url).post("/data-request", { email });
  const unused = linkIn(await sink.next(email), "/data-request");
  for (const link of [newAddress, newPassword, review, unused]) expect(link).toMatch(/^\/.+\/.+/);

  const { location } = await visitor(upheld.url).post(`${visit}/erasure`, { act: "ask" });
  const link = location ?? "";
  await upheld.asOwner((client) =>
    // By the day the links would be over: so the day comes at once.
    client.query("update rights_request set due_at = asked_at where kind = 'erasure' and done_at is null"),
  );
  await isErased(link);
  const stranger = visitor(upheld.url);
  const answers = [
    await stranger.post(newAddress, {}),
    await stranger.post(confirm, {}),
    await stranger.get(newPassword),
    await stranger.post(newPassword, { password: "nine blue saucepans" }),
    await stranger.post(unused, {}),
    await stranger.post(review, {}),
    await stranger.get(visit ?? ""),
    await stranger.post(`${visit}/erasure`, { act: "take-back" }),
    await person.get("/account"),
  ];
  for (const { status, text } of answers) {
    expect([401, 403, 410]).toContain(status);
    expect(text).not.toMatch(/stella/i);
  }
  const left = await upheld.asVault((client) =>
    client.query(
      "select 1 from address a where not exists (select 1 from subject_key k where k.subject = a.subject)",
    ),
  );
  expect(left.rows).toEqual([]);
});

test("of two people at one address the one who is erased takes nothing of the other's along", async () => {
  const email = "both@home.example";
  const leaves = await withAddress("Leaving Lea", email);
  const stays = await withAddress("Staying Stan", email);
  for (let mail = 0; mail < 2; mail += 1) await sink.next(email);
  const link = await ask(leaves);
  await pass(22);
  await isErased(link);
  const again = await signIn("Staying Stan");
  expect((await again.get("/account")).text).toContain(email);
  expect((await stays.get("/")).status).toBe(200);
  const mails = () => sink.mails.filter((_, at) => sink.recipients[at]?.includes(email));
  await expect.poll(() => mails().some(({ text }) => text?.includes(link)), patience).toBe(true);
  await visitor(upheld.url).post("/data-request", { email });
  const opening = () => mails().flatMap((mail) => linkIn(mail, "/data-request") || []);
  await expect.poll(opening, patience).toHaveLength(1);
  const opened = visitor(upheld.url);
  const { location } = await opened.post(opening()[0] ?? "", {});
  const { text } = await opened.get(location ?? "");
  expect(text).toContain("Staying Stan");
  expect(text).not.toContain("Leaving Lea");
});

test("a forged or repeated act asks for nothing, and takes nothing back", async () => {
  const person = await technician(upheld.url, "Forged Fred");
  for (const act of ["", "ASK", "erase", "take-back"])
    expect((await person.post("/account/erasure", { act })).location ?? "").not.toMatch(/^\/erasure\//);
  const elsewhere = await person.post("/account/erasure", { act: "ask" }, { origin: "https://evil.example" });
  expect(elsewhere.status).toBe(403);
  expect((await visitor(upheld.url).post("/account/erasure", { act: "ask" })).status).toBe(401);
  expect((await person.get("/console")).status).toBe(200);
  const link = await ask(person);
  expect((await person.post("/account/erasure", { act: "ask" })).status).toBe(401);
  for (const forged of [`${link}A`, link.slice(0, -1), `/erasure/${"A".repeat(43)}`, "/erasure/%00"])
    expect((await visitor(upheld.url).get(forged)).status).toBe(404);
  // Whoever has the link sees how it stands, and can do nothing with it.
  expect((await visitor(upheld.url).post(link, { act: "take-back" })).status).toBeGreaterThanOrEqual(400);
  expect(await stateOf(link)).not.toBe("Your data was erased");
});

test("a clock that was set back keeps nobody from being erased on the day that was fixed, and erases nobody before", async () => {
  const person = await technician(upheld.url, "Clocked Claus");
  const link = await ask(person);
  const due = async () =>
    (
      await rowsOf<{ due_at: Date }>(
        "select due_at from rights_request where state = 'open' order by asked_at desc limit 1",
      )
    )[0]?.due_at;
  const fixed = await due();
  await pass(-365);
  const back = await signIn("Clocked Claus");
  expect((await back.get("/account/erasure")).text).toContain("Take it back");
  expect(await due()).toEqual(fixed);
  expect(await stateOf(link)).not.toBe("Your data was erased");
  await pass(365 + 22);
  await isErased(link);
});

test("a value that was damaged, or an account that can't be finished, holds up neither its own erasure nor anybody else's", async () => {
  const damaged = await withAddress("Damaged Dora", "dora@damaged.example");
  const next = await technician(upheld.url, "Next Nele");
  await upheld.asOwner((client) =>
    client.query(
      "update profile set details = overlay(details placing '\\x00000000'::bytea from 40) where subject = (select subject from profile order by created_at desc offset 1 limit 1)",
    ),
  );
  const links = [await ask(damaged), await ask(next)];
  await pass(22);
  for (const link of links) await isErased(link);
});
