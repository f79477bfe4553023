// Attacks on the second step: codes that were used, two at once, forged and stale tickets, guessing (K8, K3).
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeApp, runningStep } from "../code-app.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { password, technician, visitor, type Visitor } from "./visitor.ts";

let upheld: TestUpheld;

beforeAll(async () => {
  upheld = await startForTest();
});
afterAll(() => upheld.stop());

const hidden = (text: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "";

const codesIn = (text: string): string[] =>
  [...text.matchAll(/<code>([a-z2-9]{5}-[a-z2-9]{5})<\/code>/g)].map(([, code]) => code ?? "");

/** A technician with a code app, set up with the running code: the next one, which is taken a little early, is still good. */
const withCodeApp = async (userName: string) => {
  const owner = await technician(upheld.url, userName);
  const { text } = await owner.get("/account/code-app");
  const app = codeApp(text);
  const { status, text: shown } = await owner.post("/account/code-app", {
    "code-app": hidden(text, "code-app"),
    code: await app.codeAt(runningStep()),
  });
  expect(status).toBe(200);
  return { owner, app, backup: codesIn(shown) };
};

const startSignIn = async (who: Visitor, userName: string): Promise<string> => {
  const { status, text } = await who.post("/sign-in", { "user-name": userName, password });
  expect(status).toBe(200);
  return hidden(text, "second-step");
};

const nextCode = (app: ReturnType<typeof codeApp>): Promise<string> => app.codeAt(runningStep() + 1);

const sendCode = (who: Visitor, ticket: string, code: string) =>
  who.post("/sign-in/code", { "second-step": ticket, code });

test("the password alone signs nobody in, and a code of the app does, once", async () => {
  const { app } = await withCodeApp("Twostep Tara");
  const first = visitor(upheld.url);
  const ticket = await startSignIn(first, "Twostep Tara");
  expect(first.cookie()).not.toContain("sign-in=");
  expect((await first.get("/account")).status).toBe(401);
  const code = await nextCode(app);
  expect((await sendCode(first, ticket, code)).status).toBe(303);
  expect((await first.get("/account")).status).toBe(200);

  const second = visitor(upheld.url);
  const replayed = await sendCode(second, await startSignIn(second, "Twostep Tara"), code);
  expect([replayed.status, replayed.text]).toEqual([401, expect.stringContaining("used already")]);
  expect((await sendCode(second, ticket, code)).status).toBe(401);
});

test("the code that turned the second step on is used with it", async () => {
  const owner = await technician(upheld.url, "Setting Sam");
  const { text } = await owner.get("/account/code-app");
  const app = codeApp(text);
  const code = await app.codeAt(runningStep());
  await owner.post("/account/code-app", { "code-app": hidden(text, "code-app"), code });
  const other = visitor(upheld.url);
  expect((await sendCode(other, await startSignIn(other, "Setting Sam"), code)).status).toBe(401);
});

test("one code sent by two at once lets one in", async () => {
  const { app, backup } = await withCodeApp("Racing Ria");
  for (const code of [await nextCode(app), backup[0] ?? ""]) {
    const both = await Promise.all(
      [1, 2, 3].map(async () => {
        const who = visitor(upheld.url);
        const ticket = await startSignIn(who, "Racing Ria");
        return (await sendCode(who, ticket, code)).status;
      }),
    );
    expect(both.toSorted()).toEqual([303, 401, 401]);
  }
});

test("a backup code works once, in any case and with any blanks, and new ones end the old", async () => {
  const { owner, backup } = await withCodeApp("Backup Bea");
  expect([backup.length, new Set(backup).size]).toEqual([10, 10]);
  const use = async (code: string) => {
    const who = visitor(upheld.url);
    return (await sendCode(who, await startSignIn(who, "Backup Bea"), code)).status;
  };
  const [first = "", second = ""] = backup;
  expect(await use(` ${first.toUpperCase().replace("-", " ")} `)).toBe(303);
  expect(await use(first)).toBe(401);
  const renewed = codesIn((await owner.post("/account/backup-codes", {})).text);
  expect(renewed.length).toBe(10);
  expect(await use(second)).toBe(401);
  expect(await use(renewed[0] ?? "")).toBe(303);
});

test("another's backup code, and no code at all, let nobody in", async () => {
  const { backup } = await withCodeApp("Giving Gil");
  await withCodeApp("Taking Tom");
  const who = visitor(upheld.url);
  const ticket = await startSignIn(who, "Taking Tom");
  for (const code of [backup[0] ?? "", "", "000000", "' or true --", "x".repeat(5000)])
    expect((await sendCode(who, ticket, code)).status).toBeOneOf([401, 429]);
});

test("a ticket that is forged, cut off, of another kind or too old asks for the password again", async () => {
  const { owner, app } = await withCodeApp("Forging Fay");
  const who = visitor(upheld.url);
  const ticket = await startSignIn(who, "Forging Fay");
  const other = hidden((await owner.get("/account/code-app")).text, "code-app");
  const code = await nextCode(app);
  for (const forged of [
    "",
    "AAAA",
    ticket.slice(0, -2),
    `${ticket.slice(0, -4)}AAAA`,
    other,
    "x".repeat(5000),
  ]) {
    const { status, text } = await sendCode(who, forged, code);
    expect([status, text]).toEqual([401, expect.stringContaining("That took too long")]);
  }
  await upheld.moveClock(11 / 1440);
  expect((await sendCode(who, ticket, code)).text).toContain("That took too long");
  await upheld.moveClock(0);
  expect((await owner.get("/account")).status).toBe(200);
});

test("guessing codes is throttled, and keeps the owner out of no browser that has signed in before", async () => {
  const { owner, backup } = await withCodeApp("Guessed Gus");
  const guesser = visitor(upheld.url);
  const ticket = await startSignIn(guesser, "Guessed Gus");
  const guess = async (n: number) => (await sendCode(guesser, ticket, `00000${n}`)).status;
  for (let n = 0; n < 5; n += 1) expect(await guess(n)).toBe(401);
  expect(await guess(5)).toBe(429);
  expect((await sendCode(guesser, ticket, backup[0] ?? "")).status).toBe(429);
  const own = await startSignIn(owner, "Guessed Gus");
  expect((await sendCode(owner, own, backup[0] ?? "")).status).toBe(303);
});

test("another's set-up ticket changes nothing, and one is good for one app", async () => {
  const victim = await technician(upheld.url, "Victim Vic");
  const attacker = await technician(upheld.url, "Attacker Art");
  const { text } = await attacker.get("/account/code-app");
  const app = codeApp(text);
  const form = { "code-app": hidden(text, "code-app"), code: await app.codeAt(runningStep()) };
  expect((await victim.post("/account/code-app", form)).status).toBe(303);
  const signed = await visitor(upheld.url).post("/sign-in", { "user-name": "Victim Vic", password });
  expect(signed.status).toBe(303);
  expect((await attacker.post("/account/code-app", form)).status).toBe(200);
  expect((await attacker.post("/account/code-app", form)).status).toBe(422);
});

test("nothing of the second step lies open in the database", async () => {
  const { backup, app } = await withCodeApp("Sealed Sue");
  const { rows } = await upheld.asOwner((client) =>
    client.query<{ text: string }>(
      "select c::text as text from code_app c union all select b::text from backup_code b",
    ),
  );
  const everything = rows.map(({ text }) => text).join();
  for (const code of [...backup, await nextCode(app)]) {
    expect(everything).not.toContain(code);
    expect(everything).not.toContain(Buffer.from(code.replace("-", "")).toString("hex"));
  }
});
