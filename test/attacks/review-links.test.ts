// Links to what is held: nobody learns whether anything is, and none opens twice, too late, forged, or another's (R7).
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkIn } from "../mailed-link.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { guest, openRoom, password, technician, visitor } from "./visitor.ts";

let sink: MailSink;
let upheld: TestUpheld;

beforeAll(async () => {
  sink = await startMailSink();
  upheld = await startForTest({ SMTP_URL: sink.url });
});
afterAll(async () => {
  await upheld.stop();
  await sink.close();
});

const register = async (userName: string, email: string): Promise<void> => {
  const person = visitor(upheld.url);
  const { status } = await person.post("/register", { "user-name": userName, password, agree: "yes", email });
  expect(status).toBe(303);
};

const ask = (email: string) => visitor(upheld.url).post("/data-request", { email });

/** Paths of the links in mails to an address. */
const linksTo = (email: string): string[] =>
  sink.mails
    .filter((_, at) => sink.recipients[at]?.includes(email))
    .flatMap((mail) => linkIn(mail, "/data-request") || []);

const mailed = async (email: string, many = 1): Promise<string[]> => {
  await expect.poll(() => linksTo(email).length, { timeout: 15_000 }).toBe(many);
  return linksTo(email);
};

const open = async (link: string) => {
  const anybody = visitor(upheld.url);
  const { status, location } = await anybody.post(link, {});
  return { anybody, status, location: location ?? "" };
};

test("the answer is the same to the letter, whether or not anything is held", async () => {
  await register("Known Konrad", "konrad@known.example");
  const answers = [await ask("konrad@known.example"), await ask("nobody@unknown.example")];
  const bare = answers.map(({ status, location, text, cookie }) => ({ status, location, text, cookie }));
  expect(bare[0]).toEqual(bare[1]);
  expect(bare[0]?.status).toBe(303);
  const pages = await Promise.all(bare.map(({ location }) => visitor(upheld.url).get(location ?? "")));
  expect(pages[0]?.text).toBe(pages[1]?.text);
  await mailed("konrad@known.example");
  expect(linksTo("nobody@unknown.example")).toEqual([]);
});

test("a mailed link opens once, by a press of a button and not by being looked at", async () => {
  await register("Onkel Otto", "otto@once.example");
  await ask(" OTTO@Once.example ");
  const [link = ""] = await mailed("otto@once.example");
  const scanner = visitor(upheld.url);
  for (let look = 0; look < 3; look++) expect((await scanner.get(link)).status).toBe(200);
  const first = await open(link);
  expect(first.status).toBe(303);
  const page = await first.anybody.get(first.location);
  expect(page.status).toBe(200);
  for (const part of ["Onkel Otto", "otto@once.example"]) expect(page.text).toContain(part);
  const again = await open(link);
  expect(again.status).toBe(410);
  expect((await first.anybody.get(first.location)).status).toBe(200);
});

test("forged, cut off and used links, and visits that never were, have one answer", async () => {
  await register("Lost Lars", "lars@lost.example");
  await ask("lars@lost.example");
  const [link = ""] = await mailed("lars@lost.example");
  await ask("lars@lost.example");
  const [, second = ""] = await mailed("lars@lost.example", 2);
  const { location } = await open(second);
  const used = await visitor(upheld.url).post(second, {});
  const tampered = `${link.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`;
  const forged = [tampered, link.slice(0, -3), "/data-request/x", `/data-request/${"A".repeat(43)}`];
  const answers = [used, ...(await Promise.all(forged.map((path) => visitor(upheld.url).post(path, {}))))];
  answers.push(await visitor(upheld.url).get(`${location}x`), await visitor(upheld.url).get("/mine/v"));
  for (const { status, text } of answers) {
    expect(status).toBe(410);
    expect(text).toContain("This link opens nothing");
    expect(text).not.toContain("Lars");
  }
  expect((await open(link)).status).toBe(303);
});

test("two people at one address have a mail each, and each link opens one of them", async () => {
  await register("Twin Tabea", "twins@home.example");
  await register("Twin Tobias", "twins@home.example");
  await ask("twins@home.example");
  const links = await mailed("twins@home.example", 2);
  const texts = await Promise.all(
    links.map(async (link) => {
      const { anybody, location } = await open(link);
      return (await anybody.get(location)).text;
    }),
  );
  const names = texts.map((text) => ["Twin Tabea", "Twin Tobias"].filter((name) => text.includes(name)));
  expect(names.map(({ length }) => length)).toEqual([1, 1]);
  expect(new Set(names.flat()).size).toBe(2);
});

test("one person's two accounts under two addresses are found each by its own", async () => {
  await register("Work Wanda", "wanda@work.example");
  await register("Home Wanda", "wanda@home.example");
  await ask("wanda@home.example");
  const [link = ""] = await mailed("wanda@home.example");
  const { anybody, location } = await open(link);
  const { text } = await anybody.get(location);
  expect(text).toContain("Home Wanda");
  expect(text).not.toContain("Work Wanda");
  expect(linksTo("wanda@work.example")).toEqual([]);
});

test("nobody's mailbox is filled: so many links an hour for each person, and no more", async () => {
  await register("Flooded Frida", "frida@flooded.example");
  for (let times = 0; times < 6; times++) await ask("frida@flooded.example");
  await mailed("frida@flooded.example", 3);
  await register("Flooded Fritz", "frida@flooded.example");
  await ask("frida@flooded.example");
  await mailed("frida@flooded.example", 4);
});

test("an address that is none is refused with the remedy, and what was typed is kept", async () => {
  for (const email of ["", "anna", "anna@", "a@b.example\u0000", `${"x".repeat(300)}@long.example`]) {
    const { status, text } = await ask(email);
    expect([email, status]).toEqual([email, 422]);
    expect(text).toMatch(/E-mail: (please fill this in|write it like|use at most|remove the invisible)/);
    if (email === "anna") expect(text).toContain('value="anna"');
  }
});

test("a guest's own link shows the guest's own, and no other's opens with it", async () => {
  const host = await technician(upheld.url, "Hostess Hilde");
  const room = await openRoom(host);
  const anna = await guest(upheld.url, room, "Guest Anna");
  const bert = await guest(upheld.url, room, "Guest Bert");
  const linkOf = async (person: typeof anna) =>
    /value="[^"]*(\/mine\/g[\w-]{43})"/.exec((await person.get(`/room/${room.id}`)).text)?.[1] ?? "";
  const [annas, berts] = [await linkOf(anna), await linkOf(bert)];
  expect(annas).not.toBe(berts);
  const stranger = visitor(upheld.url);
  const page = await stranger.get(annas);
  expect(page.status).toBe(200);
  expect(page.text).toContain("Guest Anna");
  expect(page.text).not.toContain("Guest Bert");
  const session = await stranger.get(`${annas}/sessions/${room.id}`);
  expect(session.text).toContain("Guest Bert");
  const at = annas.length - 3;
  const tampered = `${annas.slice(0, at)}${annas[at] === "A" ? "B" : "A"}${annas.slice(at + 1)}`;
  expect((await stranger.get(tampered)).status).toBe(410);
  expect((await host.get(`/room/${room.id}`)).text).not.toContain("/mine/");
});
