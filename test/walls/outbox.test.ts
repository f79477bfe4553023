// The outbox on the desk: what waits is seen by administrators alone, its text by a look that is recorded, and a mail that was given up can go again.
import { afterEach, beforeEach, expect, test } from "vitest";
import { password, technician, visitor, type Visitor } from "../attacks/visitor.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { addressee, dataWithMails } from "../queued-mails.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";

let upheld: TestUpheld;
let sink: MailSink;
let administrator: Visitor;

beforeEach(async () => {
  sink = await startMailSink();
  upheld = await startForTest({}, await dataWithMails([{}]));
  administrator = visitor(upheld.url);
  const path = new URL(upheld.firstLink ?? "").pathname;
  await administrator.post(path, { "user-name": "Desk Dora", password, agree: "yes" });
});
afterEach(async () => {
  await upheld.stop();
  await sink.close();
});

const linkIn = (text: string): string => /href="(\/desk\/outbox\/[0-9a-f-]{36})"/.exec(text)?.[1] ?? "";

const lastEntry = async (): Promise<Record<string, unknown>> => {
  const { rows } = await upheld.asOwner((client) =>
    client.query<{ entry: string }>("select entry from ledger order by seq desc limit 1"),
  );
  return JSON.parse(rows[0]?.entry ?? "{}") as Record<string, unknown>;
};

/** The service again, with a mail server; resolves when it has been given its first mail. */
const withServer = async () => {
  upheld = await upheld.restart({ smtpUrl: sink.url });
  return sink.next(addressee);
};

const until = async (path: string, words: string): Promise<string> => {
  for (;;) {
    const { text } = await administrator.get(path);
    if (text.includes(words)) return text;
  }
};

test("with no mail server a mail waits, is listed without address or text, and opened by a look that is recorded", async () => {
  const { text } = await administrator.get("/desk/outbox");
  expect(text).toContain("No mail server is set");
  expect(text).toContain("reset password");
  expect(text).not.toMatch(/Rumpelstilzchen|quux|A new password/);
  expect((await administrator.get("/desk")).text).toContain("1 waiting");
  const opened = await administrator.get(linkIn(text));
  expect(opened.text).toContain("The word is Rumpelstilzchen.");
  expect(opened.text).toContain("wilhelmina@quux.example");
  expect(await lastEntry()).toMatchObject({
    kind: "looked",
    purpose: "answer-person",
    categories: ["email", "letters"],
    detail: "outbox",
  });
  const { rows } = await upheld.asOwner((client) => client.query("select role, page from look"));
  expect(rows).toEqual([{ role: "administrator", page: "outbox" }]);
});

test("nobody else sees the outbox, opens a mail or sends one again", async () => {
  const link = linkIn((await administrator.get("/desk/outbox")).text);
  const other = await technician(upheld.url, "Curious Cid");
  const before = await lastEntry();
  for (const [who, status] of [
    [other, 403],
    [visitor(upheld.url), 401],
  ] as const) {
    for (const path of ["/desk/outbox", link]) {
      const answer = await who.get(path);
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.text).not.toMatch(/Rumpelstilzchen|quux|reset password/);
    }
    expect((await who.post(`${link}/retry`, {})).status).toBe(status);
  }
  expect(await lastEntry()).toEqual(before);
  expect((await administrator.get("/desk/outbox/nothing")).status).toBe(404);
  expect((await administrator.get("/desk/outbox/00000000-0000-0000-0000-000000000000")).status).toBe(404);
});

test("once there is a server what waited goes out, and is then nobody's to open", async () => {
  const link = linkIn((await administrator.get("/desk/outbox")).text);
  const mail = await withServer();
  expect(mail.text?.trim()).toBe("The word is Rumpelstilzchen.");
  expect(mail.from?.value[0]?.address).toBe("privacy@selmo.example");
  await until("/desk/outbox?state=sent", "reset password");
  const before = await lastEntry();
  expect((await administrator.get(link)).status).toBe(404);
  expect(await lastEntry()).toEqual(before);
});

test("a mail that was given up can be sent again, and one that was not can't", async () => {
  sink.answer({ recipient: 550 });
  upheld = await upheld.restart({ smtpUrl: sink.url });
  const text = await until("/desk/outbox?state=failed", "The mail server refused it.");
  const link = linkIn(text);
  expect((await administrator.get(link)).text).toContain("EENVELOPE 550");
  sink.answer({});
  expect((await administrator.post(`${link}/retry`, {})).status).toBe(303);
  await sink.next(addressee);
  await until("/desk/outbox?state=sent", "reset password");
  expect((await administrator.post(`${link}/retry`, {})).status).toBe(404);
  await upheld.stop();
  expect(upheld.lines.filter(({ event }) => event === "mail")).toEqual([
    { event: "mail", code: "failed", count: 1 },
    { event: "mail", code: "sent", count: 1 },
  ]);
});
