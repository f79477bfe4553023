// The day of an erasure: receipt, then what a law keeps is set aside, then the keys, then the rows; cut off anywhere, it goes on (R4, R5, K4).
import type { QueueMail } from "../keep/letter.ts";
import type { Data } from "../keep/database.ts";
import {
  closeErasure,
  destroyKeys,
  eraseAll,
  orNothing,
  setAside,
  type EraseNeeds,
} from "../keep/erase-subject.ts";
import { eraseBeside } from "../keep/erase-beside.ts";
import { tables } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import { passHolds } from "./holds.ts";
import { receiptKind, receiptLetter } from "./receipt-letter.ts";
import { receiptToken } from "./receipt-token.ts";
import { writeReceipt, type ErasureRow, type SignedReceipt } from "./receipt.ts";
import { purpose, type StandingNeeds } from "./rights-needs.ts";

export type Step = "claimed" | "receipt" | "aside" | "keys" | "rows" | "closed";

export type EraseRunNeeds = StandingNeeds & {
  erasing: EraseNeeds;
  queueMail: QueueMail;
  /** Whether a mail server is set; without one nobody is waited for. */
  mails: boolean;
  /** 32 bytes from the vault, that links to erasures are made from. */
  receiptKey: Buffer;
  /** Address that people reach the service by. */
  origin: () => string;
  /** What was erased beside what a law keeps, so that it is not looked for again and again; empty when a process starts. */
  erasedBeside: Set<string>;
  /** Lets live rooms forget what they remember of somebody. */
  readAnew: (subject: string) => Promise<void>;
  /** Called after each step. */
  after?: (step: Step) => Promise<void>;
};

type Running = ErasureRow & { receipt: string | null; receipt_at: Date | null };

const ending = { actor: service, purpose: "end-data" };

/** How long a receipt may take to leave before the address goes all the same, in milliseconds. */
const patience = 20 * 60_000;
const most = 20;

const columns = ["id", "erasing", "asked_at", "due_at", "zone", "calendar", "receipt", "receipt_at"] as const;

const heldUp = (data: Data, now: Date) =>
  data.selectFrom("hold").select("subject").where("ended_at", "is", null).where("ends_at", ">", now);

/** Held up by a law: nothing less puts the erasure of a child's data off. */
const heldByLaw = ({ erasing: { policy } }: EraseRunNeeds, data: Data, now: Date) =>
  heldUp(data, now).where(
    "kind",
    "in",
    // A list of none is no SQL.
    ["", ...policy.erase.holds.filter(({ byLaw }) => byLaw.length > 0).map(({ id }) => id)],
  );

/** Those whose day has come, and that nothing holds up, run from now on: they can't be taken back any more. */
const claimDue = ({ erasing: { within } }: EraseRunNeeds, now: Date): Promise<unknown> =>
  within(ending, (data) =>
    data
      .updateTable("rights_request as r")
      .set((column) => ({ state: "running", erasing: column.ref("r.subject") }))
      .where("r.kind", "in", ["erasure", "child"])
      .where("r.state", "=", "open")
      .where("r.due_at", "<=", now)
      .where((where) =>
        where.or([where.eb("r.kind", "=", "child"), where.eb("r.subject", "not in", heldUp(data, now))]),
      )
      .execute(),
  );

const running = (needs: EraseRunNeeds, now: Date): Promise<Running[]> =>
  needs.erasing.within(ending, async (data) => {
    const rows = await data
      .selectFrom("rights_request")
      .select(columns)
      .where("kind", "in", ["erasure", "child"])
      .where("state", "=", "running")
      .where((where) =>
        where.or([
          where.eb("kind", "=", "erasure"),
          where.eb("receipt", "is not", null),
          where.eb("erasing", "not in", heldByLaw(needs, data, now)),
        ]),
      )
      .orderBy("due_at")
      .limit(most)
      .execute();
    return rows.flatMap(({ erasing, ...row }) => (erasing === null ? [] : [{ ...row, subject: erasing }]));
  });

/** Children of whose data a law keeps some, by what the policy lets it keep. */
const keptByLaw = async (needs: EraseRunNeeds, now: Date): Promise<Map<string, string[]>> => {
  const { within, policy } = needs.erasing;
  const rows = await within(ending, (data) =>
    data
      .selectFrom("rights_request as r")
      .innerJoin(heldByLaw(needs, data, now).select("kind").as("h"), "h.subject", "r.erasing")
      .select(["h.subject", "h.kind"])
      .where("r.kind", "=", "child")
      .where("r.state", "=", "running")
      .where("r.receipt", "is", null)
      .execute(),
  );
  const found = new Map<string, string[]>();
  for (const { subject, kind } of rows) {
    const byLaw = policy.erase.holds.find(({ id }) => id === kind)?.byLaw ?? [];
    found.set(subject, [...(found.get(subject) ?? []), ...byLaw]);
  }
  return found;
};

const eraseBesideKept = async (needs: EraseRunNeeds, now: Date, stopping: () => boolean): Promise<void> => {
  for (const [subject, categories] of await keptByLaw(needs, now)) {
    const all = [subject, ...categories.toSorted()].join(" ");
    if (stopping() || needs.erasedBeside.has(all)) continue;
    await eraseBeside(needs.erasing, subject, categories, stopping);
    if (!stopping()) needs.erasedBeside.add(all);
  }
};

const addressOf = async ({ pieces }: EraseRunNeeds, data: Data, subject: string): Promise<string | null> => {
  const row = await data.selectFrom("profile").selectAll().where("subject", "=", subject).executeTakeFirst();
  const { email } = row ? await orNothing(pieces.open(purpose, tables.profile, "details", row)) : {};
  return email ?? null;
};

/** The letter goes in line in the transaction that keeps the receipt, so that there is one of each. */
const keepReceipt = (needs: EraseRunNeeds, row: Running, signed: SignedReceipt): Promise<unknown> =>
  needs.within({ actor: service, purpose }, async (data) => {
    const kept = await data
      .updateTable("rights_request")
      .set({ receipt: JSON.stringify(signed), receipt_at: needs.clock() })
      .where("id", "=", row.id)
      .where("receipt", "is", null)
      .executeTakeFirst();
    if (kept.numUpdatedRows === 0n) return;
    const to = needs.mails ? await addressOf(needs, data, row.subject) : null;
    const link = `${needs.origin()}/erasure/${receiptToken(needs.receiptKey, row.id)}`;
    const letter = receiptLetter(needs.erasing.policy, signed, link);
    if (to) await needs.queueMail(data, { subject: row.subject, purpose, to, kind: receiptKind, ...letter });
    const records = signed.receipt.erased.reduce((sum, one) => sum + one.records, 0);
    await needs.ledger.append(data, [
      { kind: "erasing", about: [row.subject], purpose: "end-data", rules: ["erase"], count: records },
    ]);
  });

/** Whether the receipt is still on its way, and there is time. */
const waitsForMail = ({ erasing: { within, clock } }: EraseRunNeeds, row: Running): Promise<boolean> =>
  within(ending, async (data) => {
    const since = row.receipt_at ?? clock();
    // Either way: a clock that was set back since must not keep somebody waiting until it is there again.
    if (Math.abs(clock().getTime() - since.getTime()) >= patience) return false;
    const letter = await data
      .selectFrom("mail")
      .select("id")
      .where("subject", "=", row.subject)
      .where("kind", "=", receiptKind)
      .where("state", "=", "queued")
      .executeTakeFirst();
    return letter !== undefined;
  });

const eraseOne = async (needs: EraseRunNeeds, row: Running, stopping: () => boolean): Promise<boolean> => {
  const { erasing, after = () => Promise.resolve() } = needs;
  await after("claimed");
  if (row.receipt === null) {
    const { within, policy, clock } = erasing;
    await keepReceipt(needs, row, await writeReceipt({ within, ledger: needs.ledger, policy, clock }, row));
    await after("receipt");
  }
  if (needs.mails && (await waitsForMail(needs, row))) return false;
  await setAside(erasing, row.subject, row.id);
  await after("aside");
  await destroyKeys(erasing, row.subject);
  await after("keys");
  if (!(await eraseAll(erasing, row.subject, stopping))) return false;
  await after("rows");
  await closeErasure(erasing, row.id);
  await needs.readAnew(row.subject);
  await after("closed");
  return true;
};

/** Erases everybody whose day has come; gives how many were erased to the end. */
export const eraseDue = async (needs: EraseRunNeeds, stopping: () => boolean): Promise<number> => {
  // One instant for all: a clock that jumps meanwhile is noticed before the next time.
  const now = needs.clock();
  await passHolds(needs, now);
  await claimDue(needs, now);
  let done = 0;
  const faults: unknown[] = [];
  await eraseBesideKept(needs, now, stopping);
  for (const row of await running(needs, now)) {
    if (stopping()) break;
    try {
      if (await eraseOne(needs, row, stopping)) done += 1;
    } catch (fault) {
      // Whoever comes after must not wait for one that can't be finished.
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw faults[0];
  return done;
};
