// What waits to go out, went, or could not: seen without the text; the text only by a look that is recorded (K3, D2).
import type { Selectable } from "kysely";
import type { Clock } from "../keep/clock.ts";
import type { Data, Within } from "../keep/database.ts";
import type { NoteLook } from "../keep/look.ts";
import type { Pieces } from "../keep/pieces.ts";
import { tables, type Database } from "../keep/tables.ts";
import type { Reason } from "../policy/core.ts";
import type { Standing, Versions } from "../policy/reach.ts";
import { service } from "../policy/rows.ts";
import { decideFor } from "./decide-for.ts";
import { carried } from "./mail-carrier.ts";

export type OutboxNeeds = {
  /** Transactions of the desk role. */
  within: Within;
  pieces: Pieces;
  noteLook: NoteLook;
  clock: Clock;
  versions: Versions;
};

export const mailStates = ["queued", "failed", "refused", "sent"] as const;
export type MailState = (typeof mailStates)[number];

export type OutboxMail = {
  id: string;
  kind: string;
  purpose: string;
  state: MailState;
  dueAt: Date;
  nextTryAt: Date;
  sentAt: Date | null;
  tried: number;
  why: string | null;
};

export type Outbox = { counts: Record<MailState, number>; mails: OutboxMail[] };

const purpose = "answer-person";
export const mostMails = 100;

const shown = (row: Omit<Selectable<Database["mail"]>, "letter">): OutboxMail => ({
  id: row.id,
  kind: row.kind,
  purpose: row.purpose,
  state: row.state as MailState,
  dueAt: row.due_at,
  nextTryAt: row.next_try_at,
  sentAt: row.sent_at,
  tried: row.tried,
  why: row.why,
});

const countsIn = async (data: Data): Promise<Outbox["counts"]> => {
  const rows = await data
    .selectFrom("mail")
    .select((eb) => ["state", eb.fn.countAll<string>().as("count")])
    .groupBy("state")
    .execute();
  const found = new Map(rows.map(({ state, count }) => [state, Number(count)]));
  return Object.fromEntries(mailStates.map((state) => [state, found.get(state) ?? 0])) as Outbox["counts"];
};

/** The newest mails of a state, and how many there are in each. */
export const readOutbox = ({ within }: OutboxNeeds, state: MailState): Promise<Outbox> =>
  within({ actor: service, purpose }, async (data) => ({
    counts: await countsIn(data),
    mails: (
      await data
        .selectFrom("mail")
        .selectAll()
        .where("state", "=", state)
        .orderBy("written_at", "desc")
        .orderBy("id")
        .limit(mostMails)
        .execute()
    ).map(shown),
  }));

export type Looked =
  | { seen: "nothing" }
  | { seen: "refused"; why: Reason; mail: OutboxMail }
  | { seen: "letter"; mail: OutboxMail; to: string; title: string; text: string };

const standingIn = async (data: Data, subject: string): Promise<Standing> =>
  (await data
    .selectFrom("subject")
    .select(["region", "age", "status", "told"])
    .where("id", "=", subject)
    .executeTakeFirstOrThrow()) as Standing;

/**
 * Opens a mail that did not go out, for a role that the policy lets look at it. The look is noted, for the person
 * and in the ledger, before anything is opened. One that went out is no matter of the one who keeps the service running.
 */
export const lookAtMail = async (
  needs: OutboxNeeds,
  viewer: { staff: string; role: string },
  id: string,
): Promise<Looked> => {
  const { within, noteLook, pieces, versions } = needs;
  const found = await within({ actor: service, purpose }, async (data) => {
    const row = await data.selectFrom("mail").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row || row.state === "sent") return null;
    const asks = carried.map((category) => ({ act: "look" as const, category, purpose, role: viewer.role }));
    const answer = decideFor(versions, await standingIn(data, row.subject), asks);
    if (answer.allowed)
      await noteLook(data, {
        ...viewer,
        about: [row.subject],
        purpose,
        categories: carried,
        rules: answer.rules,
        page: "outbox",
      });
    return { row, answer };
  });
  if (!found) return { seen: "nothing" };
  const mail = shown(found.row);
  if (!found.answer.allowed) return { seen: "refused", why: found.answer.why, mail };
  const { email, letters } = await pieces.open(purpose, tables.mail, "letter", found.row);
  if (!email || !letters) return { seen: "nothing" };
  const { title, text } = JSON.parse(letters) as { title: string; text: string };
  return { seen: "letter", mail, to: email, title, text };
};

/** Puts a mail that was given up in line again, with all its tries; false where there is none such. */
export const retryMail = async ({ within, clock }: OutboxNeeds, id: string): Promise<boolean> => {
  const { numUpdatedRows } = await within({ actor: service, purpose }, (data) =>
    data
      .updateTable("mail")
      .set({ state: "queued", tried: 0, next_try_at: clock(), why: null })
      .where("id", "=", id)
      .where("state", "=", "failed")
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
};
