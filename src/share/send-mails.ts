// Sends what is due, never again once the server has taken it, and records who got what about whom (D1, D2, K5).
import { service } from "../policy/rows.ts";
import { sql, type Selectable } from "kysely";
import type { Clock } from "../keep/clock.ts";
import type { Data, Within } from "../keep/database.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { Pieces } from "../keep/pieces.ts";
import { statedPurposes } from "../keep/stated.ts";
import { tables, type Database } from "../keep/tables.ts";
import { carried, type Carrier, type CarrierFor } from "./mail-carrier.ts";
import type { Standing } from "../policy/reach.ts";
import type { Line, OpenLine, Outcome } from "./post-by-smtp.ts";
import { recordDisclosure } from "./record-disclosure.ts";

export type SendNeeds = {
  /** Transactions of the mail role. */
  within: Within;
  pieces: Pieces;
  ledger: Ledger;
  clock: Clock;
  newId: () => string;
  openLine: OpenLine;
  from: { name: string; address: string };
  carrierFor: CarrierFor;
};

/** How many mails were sent, put off, given up, refused by the policy, or dropped since nothing can read them. */
export type SendReport = Record<"sent" | "later" | "failed" | "refused" | "dropped", number>;

type Mail = Selectable<Database["mail"]> & { standing: Standing };
type Done = keyof SendReport;

/** Minutes to wait after the first, second, … try; after the last of them there is one try more. */
const waits = [1, 5, 30, 120, 720];
const batch = 20;

const standingsOf = async (data: Data, subjects: readonly string[]): Promise<Map<string, Standing>> => {
  if (subjects.length === 0) return new Map();
  const rows = await data
    .selectFrom("subject")
    .select(["id", "region", "age", "status", "told"])
    .where("id", "in", subjects)
    .execute();
  return new Map(rows.map(({ id, ...standing }) => [id, standing as Standing]));
};

/**
 * Takes mails that are due, each set to its next try beforehand: one that is cut off between the server's yes and our
 * note of it goes out once more then, under the same Message-ID. Whose permission has gone is not seen here.
 */
const claim = ({ within, clock }: SendNeeds, purpose: string): Promise<Mail[]> =>
  within({ actor: service, purpose }, async (data) => {
    const now = clock();
    const due = data
      .selectFrom("mail")
      .select("id")
      .where("state", "=", "queued")
      .where("purpose", "=", purpose)
      .where("next_try_at", "<=", now)
      .orderBy("next_try_at")
      .limit(batch)
      .forUpdate()
      .skipLocked();
    const wait = sql`make_interval(mins => (${waits}::int[])[least(tried + 1, ${waits.length})])`;
    const mails = await data
      .updateTable("mail")
      .set({ tried: sql`tried + 1`, next_try_at: sql`${now}::timestamptz + ${wait}` })
      .where("id", "in", due)
      .returningAll()
      .execute();
    const standings = await standingsOf(
      data,
      mails.map(({ subject }) => subject),
    );
    return mails.flatMap((mail) => {
      const standing = standings.get(mail.subject);
      return standing ? [{ ...mail, standing }] : [];
    });
  });

const settle = (
  { within }: SendNeeds,
  { id, purpose }: Mail,
  change: Partial<Pick<Mail, "state" | "why" | "sent_at">>,
): Promise<unknown> =>
  within({ actor: service, purpose }, (data) =>
    data.updateTable("mail").set(change).where("id", "=", id).execute(),
  );

const noteSent = (needs: SendNeeds, mail: Mail, carrier: Carrier & { allowed: true }): Promise<void> =>
  needs.within({ actor: service, purpose: mail.purpose }, async (data, restate) => {
    const { id, subject, purpose } = mail;
    await data
      .updateTable("mail")
      .set({ state: "sent", sent_at: needs.clock(), why: null })
      .where("id", "=", id)
      .execute();
    await restate("answer-person");
    const { recipient, rules } = carrier;
    await recordDisclosure(needs, data, {
      subject,
      recipient,
      categories: carried,
      purpose,
      ground: "processor",
      rules,
    });
  });

const noteFailure = async (
  needs: SendNeeds,
  mail: Mail,
  { why, final }: Outcome & { accepted: false },
): Promise<Done> => {
  const over = final || mail.tried > waits.length;
  await settle(needs, mail, over ? { state: "failed", why } : { why });
  return over ? "failed" : "later";
};

const drop = async ({ within }: SendNeeds, { id, purpose }: Mail): Promise<Done> => {
  await within({ actor: service, purpose }, (data) => data.deleteFrom("mail").where("id", "=", id).execute());
  return "dropped";
};

const sendOne = async (needs: SendNeeds, line: Line, mail: Mail): Promise<{ done: Done; down: boolean }> => {
  const carrier = needs.carrierFor(mail.purpose, mail.standing);
  if (!carrier.allowed) {
    await settle(needs, mail, { state: "refused", why: carrier.why });
    return { done: "refused", down: false };
  }
  const { email, letters } = await needs.pieces.open(mail.purpose, tables.mail, "letter", mail);
  // The person's key is gone: nobody can read it any more.
  if (!email || !letters) return { done: await drop(needs, mail), down: false };
  const { title, text } = JSON.parse(letters) as { title: string; text: string };
  const messageId = `<${mail.id}@${needs.from.address.split("@")[1] ?? "localhost"}>`;
  const outcome = await line.post({
    messageId,
    from: needs.from,
    to: email,
    title,
    text,
    date: needs.clock(),
  });
  if (!outcome.accepted) return { done: await noteFailure(needs, mail, outcome), down: outcome.unreachable };
  await noteSent(needs, mail, carrier);
  return { done: "sent", down: false };
};

/** Goes on while there is more; a server that cannot be reached, or a stop, ends it. */
const sendFor = async (
  needs: SendNeeds,
  line: Line,
  purpose: string,
  stopping: () => boolean,
  report: SendReport,
): Promise<void> => {
  for (let more = true; more && !stopping();) {
    const mails = await claim(needs, purpose);
    // One that faults ends the run only when the others have been noted.
    const settled = await Promise.allSettled(mails.map((mail) => sendOne(needs, line, mail)));
    const done = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    for (const one of done) report[one.done] += 1;
    const fault = settled.find((one) => one.status === "rejected");
    if (fault) throw fault.reason;
    more = mails.length === batch && !done.some(({ down }) => down);
  }
};

/** Sends all that is due by the clock; gives what became of it. */
export const sendMails = async (needs: SendNeeds, stopping: () => boolean): Promise<SendReport> => {
  const report = { sent: 0, later: 0, failed: 0, refused: 0, dropped: 0 };
  const line = needs.openLine();
  try {
    for (const purpose of statedPurposes.mail) await sendFor(needs, line, purpose, stopping, report);
  } finally {
    line.close();
  }
  return report;
};
