// Mails over a real SMTP server: they go where the policy lets them, once, and each is told to the person it is about.
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Letter, QueueMail } from "../../src/keep/letter.ts";
import { openKeep, type Keep } from "../../src/keep/open-keep.ts";
import { tables } from "../../src/keep/tables.ts";
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
