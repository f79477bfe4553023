// Attacks on links by mail: forged, stale, used, two at once, for others; and what the form tells of who has an account (K8, K3).
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeApp, runningStep } from "../code-app.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { linkIn } from "../mailed-link.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { password, visitor, type Visitor } from "./visitor.ts";

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

const newWord = "nine blue saucepans";

const named = async (userName: string, email: string): Promise<Visitor> => {
  const person = visitor(upheld.url);
  const form = { "user-name": userName, password, email, agree: "yes" };
  expect((await person.post("/register", form)).status).toBe(303);
  return person;
};

/** An account whose address is confirmed. */
const confirmed = async (userName: string, email: string): Promise<Visitor> => {
  const person = await named(userName, email);
  const link = linkIn(await sink.next(email), "/account/address");
  expect((await person.post(link, {})).location).toContain("said=address");
  return person;
};

const ask = (email: string) => visitor(upheld.url).post("/new-password", { email });

const signIn = async (userName: string, word: string) =>
  (await visitor(upheld.url).post("/sign-in", { "user-name": userName, password: word })).status;

const linkFor = async (email: string): Promise<string> => {
  await ask(email);
  return linkIn(await sink.next(email), "/new-password");
};

test("the form answers the same for an address of an account, of an unconfirmed one, and of nobody; and mails the first alone", async () => {
  await confirmed("Real Rita", "rita@real.example");
  await named("Unproved Udo", "udo@real.example");
  const answers = [];
  for (const email of ["udo@real.example", "nobody@real.example", "rita@real.example"]) {
    const { status, text } = await ask(email);
    answers.push([status, text.replaceAll(email, "ADDRESS")]);
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  // The last to be asked for has come, so the others would have, too.
  expect((await sink.next("rita@real.example")).subject).toContain("a new password");
  const titles = sink.mails.flatMap((mail, at) =>
    sink.recipients[at]?.includes("rita@real.example") ? [] : (mail.subject ?? ""),
  );
  expect(titles.filter((title) => title.includes("password"))).toEqual([]);
});

test("a link works once, one after the other and at once, and ends every sign-in", async () => {
  const person = await confirmed("Once Oda", "oda@once.example");
  const link = await linkFor("oda@once.example");
  expect((await visitor(upheld.url).get(link)).status).toBe(200);
  expect((await visitor(upheld.url).get(link)).status).toBe(200);
  const words = ["nine blue saucepans", "ten green lanterns", "two red bicycles"];
  const all = await Promise.all(words.map((word) => visitor(upheld.url).post(link, { password: word })));
  const statuses = all.map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([200, 410, 410]);
  expect((await visitor(upheld.url).get(link)).status).toBe(410);
  expect((await visitor(upheld.url).post(link, { password: newWord })).status).toBe(410);
  for (const [at, word] of words.entries())
    expect(await signIn("once oda", word)).toBe(statuses[at] === 200 ? 303 : 401);
  expect(await signIn("once oda", password)).toBe(401);
  expect((await person.get("/account")).status).toBe(401);
});

test("a link ends when the password is changed otherwise, and older links end with the first that is used", async () => {
  const person = await confirmed("Changing Cleo", "cleo@change.example");
  const first = await linkFor("cleo@change.example");
  const second = await linkFor("cleo@change.example");
  await person.post("/account/password", { password: "ten green lanterns" });
  expect((await sink.next("cleo@change.example")).text).toContain("password was changed");
  expect((await visitor(upheld.url).post(first, { password: newWord })).status).toBe(410);
  expect((await visitor(upheld.url).post(second, { password: newWord })).status).toBe(410);
  expect(await signIn("changing cleo", "ten green lanterns")).toBe(303);
});

test("a mail alone gets nobody past the second step", async () => {
  const person = await confirmed("Stepping Stig", "stig@step.example");
  const { text } = await person.get("/account/code-app");
  const ticket = /name="code-app" value="([^"]*)"/.exec(text)?.[1] ?? "";
  await person.post("/account/code-app", {
    "code-app": ticket,
    code: await codeApp(text).codeAt(runningStep()),
  });
  expect((await sink.next("stig@step.example")).text).toContain("second step was turned on");
  const link = await linkFor("stig@step.example");
  expect((await visitor(upheld.url).post(link, { password: newWord })).status).toBe(200);
  const after = await visitor(upheld.url).post("/sign-in", {
    "user-name": "stepping stig",
    password: newWord,
  });
  expect([after.status, after.text]).toEqual([200, expect.stringContaining("second-step")]);
});

test("two people at one address get a link each, for their own account", async () => {
  await confirmed("Shared Sia", "both@shared.example");
  await confirmed("Shared Sven", "both@shared.example");
  await ask("both@shared.example");
  const mails = [await sink.next("both@shared.example"), await sink.next("both@shared.example")];
  const texts = mails.map(({ text }) => text ?? "");
  for (const name of ["Shared Sia", "Shared Sven"])
    expect(texts.filter((text) => text.includes(`"${name}"`)).length).toBe(1);
  const link = linkIn(mails[0]!, "/new-password");
  const own = texts[0]?.includes("Sia") ? "Shared Sia" : "Shared Sven";
  const other = own === "Shared Sia" ? "Shared Sven" : "Shared Sia";
  await visitor(upheld.url).post(link, { password: newWord });
  expect([await signIn(own, newWord), await signIn(other, newWord)]).toEqual([303, 401]);
  expect(await signIn(other, password)).toBe(303);
});

test("somebody else's confirmation, a used one and a stale one are refused, and the old address stays", async () => {
  const person = await confirmed("Owning Otto", "otto@own.example");
  const other = await confirmed("Other Olga", "olga@own.example");
  await person.post("/account/address", { email: "new@own.example" });
  const link = linkIn(await sink.next("new@own.example"), "/account/address");
  expect((await other.post(link, {})).status).toBe(410);
  expect((await visitor(upheld.url).post(link, {})).status).toBe(401);
  const both = await Promise.all([1, 2].map(() => person.post(link, {})));
  expect(both.map(({ status }) => status).toSorted()).toEqual([303, 410]);
  expect((await sink.next("otto@own.example")).text).toContain("address was changed");
  expect((await person.post(link, {})).status).toBe(410);
  // The old address opens nothing any more, the new one does.
  await ask("otto@own.example");
  expect(
    linkIn((await ask("new@own.example"), await sink.next("new@own.example")), "/new-password"),
  ).not.toBe("");
  expect(sink.mails.filter((_, at) => sink.recipients[at]?.includes("otto@own.example")).length).toBe(2);
});

test("nobody's mailbox is filled: a fourth mail within the hour does not go", async () => {
  await confirmed("Flooded Flo", "flo@flood.example");
  for (let i = 0; i < 6; i += 1) expect((await ask("flo@flood.example")).status).toBe(200);
  await confirmed("Next Nora", "nora@flood.example");
  await linkFor("nora@flood.example");
  const titles = sink.mails.flatMap((mail, at) =>
    sink.recipients[at]?.includes("flo@flood.example") ? (mail.subject ?? "") : [],
  );
  expect(titles.filter((title) => title.includes("a new password")).length).toBe(3);
});

test("an address lies in the data sealed alone, and in the vault as a keyed hash", async () => {
  await confirmed("Sealed Sara", "sara@sealed.example");
  const everything = async (as: typeof upheld.asOwner, tables: string[]) =>
    as(async (client) => {
      const texts = [];
      for (const table of tables) {
        const { rows } = await client.query<{ text: string }>(`select t::text as text from ${table} t`);
        texts.push(...rows.map(({ text }) => text));
      }
      return texts.join();
    });
  const held = `${await everything(upheld.asOwner, ["profile", "mail", "tries", "ledger"])}${await everything(upheld.asVault, ["address", "journal"])}`;
  for (const form of ["utf8", "hex", "base64"] as const)
    expect(held).not.toContain(Buffer.from("sara@sealed.example").toString(form));
});

test("while an erasure is pending a new password leads to its page alone, and takes nothing back", async () => {
  const person = await confirmed("Leaving Lilo", "lilo@leave.example");
  const before = await linkFor("lilo@leave.example");
  const asked = await fetch(`${upheld.url}/account/erasure`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: upheld.url, cookie: person.cookie() },
    body: new URLSearchParams({ act: "ask" }),
  });
  expect(asked.status).toBe(303);
  // Nothing of the account stays in the browser that asked.
  expect(asked.headers.get("clear-site-data")).toBe('"cache", "cookies", "storage"');
  expect((await person.get("/account")).status).toBe(401);
  expect((await visitor(upheld.url).post(before, { password: newWord })).status).toBe(200);
  const back = visitor(upheld.url);
  expect((await back.post("/sign-in", { "user-name": "leaving lilo", password: newWord })).status).toBe(303);
  expect((await back.get("/account")).location).toBe("/account/erasure");
  expect((await back.post("/sessions", {})).status).toBe(403);
  expect((await back.get("/account/erasure")).text).toContain("take-back");
});

// Last, since it moves the clock.
test("a link that is forged, cut off, of another kind or too old gives one clear answer, and changes nothing", async () => {
  const person = await confirmed("Stale Stan", "stan@stale.example");
  await person.post("/account/address", { email: "stan@other.example" });
  const other =
    linkIn(await sink.next("stan@other.example"), "/account/address")
      .split("/")
      .at(-1) ?? "";
  const link = await linkFor("stan@stale.example");
  const ticket = link.split("/").at(-1) ?? "";
  const forged = ["AAAA", ticket.slice(0, -2), `${ticket.slice(0, -6)}AAAAAA`, other, "x".repeat(3000)];
  for (const one of forged) {
    const { status, text } = await visitor(upheld.url).post(`/new-password/${one}`, { password: newWord });
    expect([status, text]).toEqual([410, expect.stringContaining("Nothing was changed")]);
  }
  await upheld.moveClock(61 / 1440);
  await expect.poll(async () => (await visitor(upheld.url).get(link)).status).toBe(410);
  expect((await visitor(upheld.url).post(link, { password: newWord })).status).toBe(410);
  expect(await signIn("stale stan", password)).toBe(303);
  expect(await signIn("stale stan", newWord)).toBe(401);
});
