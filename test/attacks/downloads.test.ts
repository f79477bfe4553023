// Downloads of all that is held: nobody fetches another's, none outlives its link, and one that is cut off says so (R1, O6).
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataIn, readArchive } from "../archive.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { guest, openRoom, technician, visitor, type Visitor } from "./visitor.ts";

let upheld: TestUpheld;

beforeAll(async () => {
  upheld = await startForTest();
});
afterAll(() => upheld.stop());

const own = "/account/data/download";

/** The newest link of whoever asks. */
const linkOf = async (person: Visitor, base = own): Promise<string> => {
  expect((await person.post(base, {})).status).toBe(303);
  const { text } = await person.get(base);
  return new RegExp(`action="(${base}/[0-9a-f-]{36})"`).exec(text)?.[1] ?? "";
};

const begin = (person: Visitor, link: string, signal?: AbortSignal): Promise<Response> =>
  fetch(`${upheld.url}${link}`, {
    method: "POST",
    headers: { origin: upheld.url, cookie: person.cookie() },
    redirect: "manual",
    signal: signal ?? null,
  });

const archiveOf = async (person: Visitor, link: string) => {
  const answer = await begin(person, link);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/zip"]);
  return readArchive(Buffer.from(await answer.arrayBuffer()));
};

/** More than fits between a server and a client who does not read, of what does not shrink. */
const muchOf = (userName: string): Promise<unknown> =>
  upheld.asOwner(async (client) => {
    const { rows } = await client.query<{ subject: string }>(
      "select subject from registration order by at desc limit 1",
    );
    const pages = Array.from({ length: 2500 }, () => randomBytes(4500).toString("base64"));
    await client.query(
      `insert into agreement (id, subject, document, version, digest, page, at)
       select gen_random_uuid(), $1, $2, 1, '', page, '2026-01-01' from unnest($3::text[]) page`,
      [rows[0]?.subject, userName, pages],
    );
  });

const busy = async (userName: string): Promise<{ person: Visitor; link: string }> => {
  const person = await technician(upheld.url, userName);
  await muchOf(userName);
  return { person, link: await linkOf(person) };
};

const says = async (person: Visitor, words: string): Promise<void> => {
  await expect.poll(async () => (await person.get(own)).text, { timeout: 10_000 }).toContain(words);
};

test("somebody else's link is not there, be it with an account or a link of one's own; nor is a forged one", async () => {
  const anna = await technician(upheld.url, "Anna Owner");
  const bert = await technician(upheld.url, "Bert Other");
  const link = await linkOf(anna);
  const id = link.split("/").at(-1) ?? "";
  const room = await openRoom(bert);
  const gerd = await guest(upheld.url, room, "Gerd");
  const mine = /value="[^"]*(\/mine\/g[\w-]{43})"/.exec((await gerd.get(`/room/${room.id}`)).text)?.[1] ?? "";
  const stranger = visitor(upheld.url);
  expect((await begin(bert, link)).status).toBe(404);
  expect((await begin(stranger, `${mine}/download/${id}`)).status).toBe(404);
  expect((await begin(stranger, link)).status).toBe(401);
  expect((await begin(stranger, `/mine/gforged/download/${id}`)).status).toBe(410);
  for (const forged of ["x", "00000000-0000-4000-8000-000000000000", `${id}'`])
    expect([forged, (await begin(anna, `${own}/${forged}`)).status]).toEqual([forged, 404]);
  expect((await bert.post(`${link}/stop`, {})).status).toBe(404);
  const files = await archiveOf(anna, link);
  expect(files.get("index.html")).toContain("Anna Owner");
  expect([...files.values()].join()).not.toContain("Bert Other");
  const guests = await archiveOf(stranger, await linkOf(stranger, `${mine}/download`));
  expect(guests.get("index.html")).toContain("Gerd");
});

test("another site's form, and an address that is merely opened, start no download", async () => {
  const person = await technician(upheld.url, "Framed Fred");
  const link = await linkOf(person);
  expect((await person.post(link, {}, { origin: "https://elsewhere.example" })).status).toBe(403);
  expect((await person.get(link)).status).toBe(404);
  expect((await person.get(own)).text).toContain("not downloaded yet");
});

test("a link that is over, and one from before the clock was set back, fetches nothing and is shown no more", async () => {
  const person = await technician(upheld.url, "Stale Stefan");
  const link = await linkOf(person);
  const move = (days: number) =>
    upheld.asOwner((client) =>
      client.query(
        "update download set asked_at = asked_at + $1 * interval '1 day', ends_at = ends_at + $1 * interval '1 day' where id = $2",
        [days, link.split("/").at(-1)],
      ),
    );
  await move(-7);
  expect((await begin(person, link)).status).toBe(410);
  expect((await person.get(own)).text).not.toContain(link);
  await move(8);
  expect((await begin(person, link)).status).toBe(410);
  await move(-2);
  expect((await archiveOf(person, link)).has("index.html")).toBe(true);
});

test("one at a time goes out to each person; it can be stopped, is then no archive, and comes whole the next time", async () => {
  const { person, link } = await busy("Twice Tina");
  const second = await linkOf(person);
  const first = await begin(person, link);
  const answers = await Promise.all([begin(person, second), begin(person, link)]);
  expect(answers.map(({ status }) => status)).toEqual([409, 409]);
  expect((await person.get(own)).text).toMatch(/going out now[\s\S]*<progress/);
  expect((await person.post(`${link}/stop`, {})).status).toBe(303);
  await expect(first.arrayBuffer()).rejects.toThrow();
  await says(person, "cut off: that file does not open");
  const files = await archiveOf(person, link);
  expect(dataIn(files).kinds.find(({ kind }) => kind === "agreement")?.count).toBeGreaterThan(2500);
  await says(person, "downloaded whole");
});

test("asked twice in the same moment, one is let through", async () => {
  const { person, link } = await busy("Moment Mia");
  const leave = new AbortController();
  const answers = await Promise.all(Array.from({ length: 4 }, () => begin(person, link, leave.signal)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
  leave.abort();
  await says(person, "cut off");
});

test("whoever goes away leaves nothing running, and others' places are free again", async () => {
  const people = [];
  for (const name of ["Leaving Lea", "Leaving Leo", "Leaving Liv", "Waiting Walt"])
    people.push(await busy(name));
  const leave = new AbortController();
  const [last, ...first] = people.toReversed();
  const going: Response[] = [];
  for (const { person, link } of first) going.push(await begin(person, link, leave.signal));
  expect(going.map(({ status }) => status)).toEqual([200, 200, 200]);
  if (!last) throw new Error("nobody waits");
  expect((await begin(last.person, last.link)).status).toBe(503);
  leave.abort();
  // Whoever forgot an answer would have gone away by that: its body is cancelled with it.
  for (const one of going) await expect(one.arrayBuffer()).rejects.toThrow();
  for (const { person } of first) await says(person, "cut off");
  expect((await archiveOf(last.person, last.link)).has("index.html")).toBe(true);
});

test("a service that stops meanwhile leaves half a file, and says so when it is back", async () => {
  const { person, link } = await busy("Restart Rita");
  const cut = await begin(person, link);
  upheld = await upheld.restart();
  await expect(cut.arrayBuffer()).rejects.toThrow();
  await says(person, "cut off");
  // As a kill leaves it, which notes nothing.
  await upheld.asOwner((client) => client.query("update download set state = 'running'"));
  await says(person, "cut off");
  expect((await archiveOf(person, link)).has("index.html")).toBe(true);
});

test("each time is in the ledger, with how it ended", async () => {
  const person = await technician(upheld.url, "Noted Nora");
  await archiveOf(person, await linkOf(person));
  await says(person, "downloaded whole");
  const files = await archiveOf(person, await linkOf(person));
  const entries = dataIn(files).ledger.entries as { kind: string; detail?: string }[];
  const details = entries.filter(({ kind }) => kind === "downloaded").map(({ detail }) => detail);
  expect(details).toEqual(["begun", "whole", "begun"]);
});

test("an erasure that runs meanwhile ends it as half an archive, and nothing of the person is there any more", async () => {
  const { person, link } = await busy("Erased Erna");
  const cut = await begin(person, link);
  const parts: Buffer[] = [];
  const body = (cut.body ?? expect.unreachable("an answer without a body")).getReader();
  const readOn = async (bytes: number): Promise<void> => {
    for (let length = 0; length < bytes;) {
      const { done, value } = await body.read();
      if (done) return;
      parts.push(Buffer.from(value));
      length += value.length;
    }
  };
  // Read before the erasure begins: what fetch holds unread is dropped with the error that ends it.
  await readOn(100_000);
  const closed = await person.post("/account/erasure", { act: "ask" });
  expect(closed.status).toBe(303);
  await upheld.moveClock(30);
  const left = () =>
    upheld.asOwner(async (client) => {
      const { rows } = await client.query("select from agreement where document = 'Erased Erna'");
      return rows.length;
    });
  await expect.poll(left, { timeout: 40_000 }).toBe(0);
  await expect(readOn(Infinity)).rejects.toThrow();
  await expect(readArchive(Buffer.concat(parts))).rejects.toThrow(/end of central directory/i);
});

test("links are asked for and fetched only so often", async () => {
  const person = await technician(upheld.url, "Greedy Greta");
  const asked = [];
  for (let times = 0; times < 22; times++) asked.push((await person.post(own, {})).status);
  expect(asked.filter((status) => status === 303)).toHaveLength(20);
  expect(asked.at(-1)).toBe(429);
});
