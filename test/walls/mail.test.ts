// Mails over a real SMTP server: they go where the policy lets them, once, and each is told to the person it is about.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endDue } from "../../src/keep/end-due.ts";
import type { Letter, QueueMail } from "../../src/keep/letter.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { tables } from "../../src/keep/tables.ts";
import { compile } from "../../src/policy/core.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { service } from "../../src/policy/rows.ts";
import { carrierIn } from "../../src/share/mail-carrier.ts";
import { smtpLine } from "../../src/share/post-by-smtp.ts";
import { createQueueMail } from "../../src/share/queue-mail.ts";
import { sendMails, type SendNeeds } from "../../src/share/send-mails.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { addTechnician } from "./people.ts";

let data: TestData;
let keep: Keep;
let sink: MailSink;
let technician: string;
let now: Date;
let queueMail: QueueMail;
let needs: SendNeeds;

const clock = () => now;
const later = (minutes: number): void => void (now = new Date(now.getTime() + minutes * 60_000));

beforeEach(async () => {
  now = new Date("2026-12-01T09:00:00Z");
  data = await cloneData();
  keep = await openKeep(await keepOptions(data));
  sink = await startMailSink();
  technician = await addTechnician(keep, "Wilhelmina Quux");
  const common = { pieces: keep.pieces, ledger: keep.ledger, clock, newId: randomUUID };
  const carrierFor = carrierIn(keep.inForce.versions);
  queueMail = createQueueMail({ ...common, bits: keep.bits, carrierFor });
  needs = {
    ...common,
    within: keep.databases.mail,
    openLine: smtpLine(sink.url),
    from: { name: "Selmo", address: "privacy@selmo.example" },
    carrierFor,
  };
});
afterEach(async () => {
  await sink.close();
  await keep.close();
});

const letter = (change: Partial<Letter> = {}): Letter => ({
  subject: technician,
  purpose: "manage-account",
  to: "wilhelmina@quux.example",
  title: "A new password",
  text: "Grüße.\nFollow the link.",
  kind: "reset-password",
  ...change,
});

const write = (change: Partial<Letter> = {}) =>
  keep.databases.door({ actor: service, purpose: "manage-account" }, (tx) => queueMail(tx, letter(change)));

const send = () => sendMails(needs, () => false);

const rows = async () =>
  (
    await data.asOwner((client) =>
      client.query<{ id: string; state: string; tried: number; why: string | null; subject: string }>(
        "select * from mail order by written_at",
      ),
    )
  ).rows;

test("a mail goes out once, as it was written, and says that a machine wrote it", async () => {
  expect(await write()).toEqual({ queued: true });
  expect(await send()).toMatchObject({ sent: 1 });
  expect(await send()).toMatchObject({ sent: 0 });
  expect(sink.mails).toHaveLength(1);
  const [mail] = sink.mails;
  expect(mail?.subject).toBe("A new password");
  expect(mail?.text?.trim()).toBe("Grüße.\nFollow the link.");
  expect(mail?.from?.value).toEqual([{ name: "Selmo", address: "privacy@selmo.example" }]);
  expect(mail?.headers.get("auto-submitted")).toBe("auto-generated");
  expect(mail?.date).toEqual(now);
  expect(sink.recipients).toEqual([["wilhelmina@quux.example"]]);
});

test("nothing of it lies in the database in the clear", async () => {
  await write({ text: "the word is Rumpelstilzchen" });
  const dump = await data.asOwner(async (client) =>
    JSON.stringify(
      (await client.query("select mail::text, encode(letter, 'escape') as letter from mail")).rows,
    ),
  );
  expect(dump).not.toMatch(/Rumpelstilzchen|quux|new password/);
});

test("what left is in the record of the person, and in the ledger under the rule that allowed it", async () => {
  await write();
  await send();
  const [row] = await keep.databases.desk({ actor: technician, purpose: "answer-person" }, (tx) =>
    tx.selectFrom("disclosure").selectAll().execute(),
  );
  const { disclosure = "" } = await keep.pieces.open("answer-person", tables.disclosure, "record", row!);
  expect(JSON.parse(disclosure)).toEqual({
    recipient: "mail-carrier",
    categories: ["email", "letters"],
    purpose: "manage-account",
    ground: "processor",
    rules: ["share.mail-carrier.manage-account", "purposes.manage-account"],
  });
  const { rows: entries } = await data.asOwner((client) =>
    client.query<{ entry: string }>("select entry from ledger order by seq desc limit 1"),
  );
  expect(JSON.parse(entries[0]!.entry)).toMatchObject({
    kind: "shared",
    recipient: "mail-carrier",
    categories: ["email", "letters"],
    purpose: "manage-account",
  });
});

test("a purpose that no share rule names, or a choice that was not made, queues nothing and says so", async () => {
  expect(await write({ purpose: "provide-service" })).toMatchObject({ queued: false, why: "no-rule" });
  expect(await write({ purpose: "direct-marketing" })).toMatchObject({ queued: false, why: "not-permitted" });
  expect(await rows()).toEqual([]);
});

test("a mail goes out only if the transaction that wrote it commits", async () => {
  const undone = keep.databases.door({ actor: service, purpose: "manage-account" }, async (tx) => {
    await queueMail(tx, letter());
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await rows()).toEqual([]);
});

test("a mail that is not due waits until it is", async () => {
  await write({ at: new Date(now.getTime() + 3 * 60_000) });
  expect(await send()).toMatchObject({ sent: 0 });
  later(3);
  expect(await send()).toMatchObject({ sent: 1 });
});

test("a server that is down is asked again after a minute, five, thirty, two hours and twelve, and then given up", async () => {
  await write();
  const { port } = new URL(sink.url);
  await sink.close();
  for (const wait of [1, 5, 30, 120, 720]) {
    expect(await send()).toMatchObject({ later: 1 });
    later(wait - 0.01);
    expect(await send()).toMatchObject({ later: 0, failed: 0 });
    later(0.01);
  }
  expect(await send()).toMatchObject({ failed: 1 });
  expect(await rows()).toMatchObject([{ state: "failed", tried: 6, why: "ESOCKET" }]);
  sink = await startMailSink(Number(port));
});

test("a server that comes up again is given what waited, once", async () => {
  await write();
  const { port } = new URL(sink.url);
  await sink.close();
  expect(await send()).toMatchObject({ later: 1 });
  sink = await startMailSink(Number(port));
  later(1);
  expect(await send()).toMatchObject({ sent: 1 });
  later(720);
  expect(await send()).toMatchObject({ sent: 0 });
  expect(sink.mails).toHaveLength(1);
});

test("greylisting is waited out; a final no about the mail is taken as one, without what the server said", async () => {
  await write();
  sink.answer({ recipient: 451 });
  expect(await send()).toMatchObject({ later: 1 });
  expect(await rows()).toMatchObject([{ state: "queued", why: "EENVELOPE 451" }]);
  sink.answer({});
  later(1);
  expect(await send()).toMatchObject({ sent: 1 });
  for (const answers of [{ recipient: 550 }, { data: 554 }]) {
    sink.answer(answers);
    await write({ kind: "other" });
    expect(await send()).toMatchObject({ failed: 1 });
  }
  expect((await rows()).map(({ why }) => why)).toEqual([null, "EENVELOPE 550", "EMESSAGE 554"]);
  expect(JSON.stringify(await rows())).not.toContain("quux");
});

test("a server that refuses us is asked again: that can be mended, and is not about the mail", async () => {
  await write();
  sink.answer({ connect: 554 });
  expect(await send()).toMatchObject({ later: 1, failed: 0 });
});

test("a mail that was taken but not noted goes out once more under the same name, and then no more", async () => {
  await write();
  const within = Object.assign(
    (async (stated, act) =>
      needs.within(stated, async (tx, restate) => {
        const result = await act(tx, restate);
        if (sink.mails.length > 0) throw new Error("cut off");
        return result;
      })) as SendNeeds["within"],
    { one: needs.within.one, isBusy: needs.within.isBusy },
  );
  await expect(sendMails({ ...needs, within }, () => false)).rejects.toThrow("cut off");
  expect(await rows()).toMatchObject([{ state: "queued" }]);
  later(1);
  expect(await send()).toMatchObject({ sent: 1 });
  later(720);
  expect(await send()).toMatchObject({ sent: 0 });
  const names = sink.mails.map(({ messageId }) => messageId);
  expect(names).toHaveLength(2);
  expect(names[0]).toBe(names[1]);
});

test("no line can be smuggled into a header, and a list of addresses is none", async () => {
  expect(await write({ title: "Hello\r\nBcc: eve@evil.example\r\n\r\nforged\u2028\u0000" })).toEqual({
    queued: true,
  });
  expect(await send()).toMatchObject({ sent: 1 });
  const [head = ""] = sink.raw[0]?.split("\r\n\r\n") ?? [];
  expect(head.split(/\r\n(?! )/).filter((line) => /^bcc:/i.test(line))).toEqual([]);
  expect(sink.mails[0]?.subject).toBe("Hello Bcc: eve@evil.example forged");
  expect(sink.recipients).toEqual([["wilhelmina@quux.example"]]);
  for (const to of [
    "a@x.example, eve@evil.example",
    "a@x.example\r\nRCPT TO:<eve@evil.example>",
    "Ann <a@x.example>",
    "a@x.example;b@y.example",
    '"a b"@x.example',
    "a@@x.example",
    "a@x",
    "",
    `${"a".repeat(250)}@x.example`,
  ])
    expect([to, await write({ to })]).toMatchObject([to, { queued: false, why: "not-an-address" }]);
});

test("a title keeps the marks that names are written with", async () => {
  await write({ title: "Hello نمی\u200cخواهم 👨\u200d👩\u200d👧, Zoë" });
  await send();
  expect(sink.mails[0]?.subject).toBe("Hello نمی\u200cخواهم 👨\u200d👩\u200d👧, Zoë");
});

test("the name of the sender is one header, whatever the policy's author wrote into it", async () => {
  await write();
  await sendMails(
    {
      ...needs,
      from: { name: 'Selmo" <eve@evil.example>\r\nBcc: x@y.example', address: needs.from.address },
    },
    () => false,
  );
  expect(sink.mails[0]?.from?.value.map(({ address }) => address)).toEqual(["privacy@selmo.example"]);
  expect(sink.mails[0]?.bcc).toBeUndefined();
});

test("a text with dots, long lines and every sort of letter arrives as it was", async () => {
  const text = `.\n..\n${"long ".repeat(500)}\nشكرا 感谢 😀\n.\nend`;
  await write({ text });
  await send();
  expect(sink.mails[0]?.text?.trimEnd()).toBe(text);
});

test("who restricted the use after a mail was written is not written to, and neither is whom the policy leaves out", async () => {
  await write();
  await data.asOwner((client) =>
    client.query("update subject set permissions = 0 where id = $1", [technician]),
  );
  expect(await send()).toEqual({ sent: 0, later: 0, failed: 0, refused: 0, dropped: 0 });
  expect(await write()).toMatchObject({ queued: false, why: "not-permitted" });
  expect(sink.mails).toEqual([]);
});

test("a mail that the policy does not let out any more is refused, and says so", async () => {
  await write();
  const refusing: SendNeeds = {
    ...needs,
    carrierFor: () => ({ allowed: false, why: "no-rule", rules: [] }),
  };
  expect(await sendMails(refusing, () => false)).toMatchObject({ refused: 1 });
  expect(await rows()).toMatchObject([{ state: "refused", why: "no-rule" }]);
});

test("under a policy with no share rule for it, nothing is put in line", async () => {
  const text = await readFile("policies/selmo.yaml", "utf8");
  const { policy } = parsePolicy(text.replace(/^ {2}- \{ to: mail-carrier, .*\n/m, ""), "without.yaml");
  const { running } = keep.inForce.versions;
  const versions = { running: { ...running, compiled: compile(policy!) }, earlier: [] };
  const queue = createQueueMail({ ...needs, bits: keep.bits, carrierFor: carrierIn(versions) });
  const asked = keep.databases.door({ actor: service, purpose: "manage-account" }, (tx) =>
    queue(tx, letter()),
  );
  expect(await asked).toEqual({ queued: false, why: "no-rule", rules: [] });
  expect(await rows()).toEqual([]);
});

test("a mail of somebody whose key is gone can't be read by anybody, and is dropped", async () => {
  await write();
  await keep.vault.destroyKey(technician);
  expect(await send()).toMatchObject({ dropped: 1 });
  expect(await rows()).toEqual([]);
  expect(sink.mails).toEqual([]);
});

test("more than one batch goes out in one go, unless it is to stop", async () => {
  for (let number = 0; number < 45; number += 1) await write({ title: `number ${number}` });
  expect(await sendMails(needs, () => true)).toMatchObject({ sent: 0 });
  expect(await send()).toMatchObject({ sent: 45 });
  expect(new Set(sink.mails.map(({ subject }) => subject)).size).toBe(45);
});

test("two senders at once send each mail once", async () => {
  for (let number = 0; number < 30; number += 1) await write();
  const reports = await Promise.all([send(), send()]);
  expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(30);
  expect(sink.mails).toHaveLength(30);
});

test("thirty days after it was written a mail is gone", async () => {
  await write();
  await send();
  const at = new Date(now.getTime() + 30 * 86_400_000);
  await endDue(keep.databases.end, keep.endings, () => new Date(at.getTime() - 1));
  expect(await rows()).toHaveLength(1);
  await endDue(keep.databases.end, keep.endings, () => at);
  expect(await rows()).toEqual([]);
});
