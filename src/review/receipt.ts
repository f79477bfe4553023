// The receipt of an erasure: what goes, what a law keeps, signed with the ledger's key, and with nothing of the person's in it (R4, K5).
import { sql } from "kysely";
import type { Data, Within } from "../keep/database.ts";
import { erasePlan, heldCategories, type Duty } from "../keep/erase-plan.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { Table } from "../keep/register.ts";
import { everyTable } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import type { Policy } from "../policy/core.ts";
import type { Due } from "./calendar.ts";
import type { RequestState } from "./open-request.ts";

export type Receipt = {
  of: "erasure";
  service: string;
  /** Name and version, as in `selmo@1`. */
  policy: string;
  /** The request's number; it leads to nobody. */
  request: string;
  asked: string;
  due: string;
  zone: string;
  calendar: string;
  /** When it was written: the keys went after that, and then the records. */
  written: string;
  /** Kinds of data that lay together, and in how many records. */
  erased: { data: string[]; records: number }[];
  kept: (Omit<Duty, "categories"> & { data: string[]; records: number })[];
  /** The last entry of the ledger then. */
  ledger: { seq: number; hash: string };
};

export type SignedReceipt = { receipt: Receipt; signature: string };

/** What is signed: the receipt as JSON, in the order of its fields. */
export const receiptText = (receipt: Receipt): string => JSON.stringify(receipt);

const countOf = async (data: Data, table: Table, subject: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(table.name)} where ${sql.ref(table.owner ?? "")} = ${subject}`.execute(
    data,
  );
  return rows[0]?.count ?? 0;
};

/** What there is of the person, table by table. The transaction is one of the role that ends data. */
const contents = async (
  data: Data,
  policy: Policy,
  subject: string,
): Promise<Pick<Receipt, "erased" | "kept">> => {
  const plan = erasePlan(policy, everyTable);
  const erased: Receipt["erased"] = [];
  for (const table of plan.erased) {
    const categories = heldCategories(policy, table);
    const records = categories.length > 0 ? await countOf(data, table, subject) : 0;
    if (records > 0) erased.push({ data: categories, records });
  }
  const kept: Receipt["kept"] = [];
  for (const { table, duty } of plan.kept) {
    const { categories, ...rest } = duty;
    const records = await countOf(data, table, subject);
    if (records > 0) kept.push({ data: categories, records, ...rest });
  }
  return { erased, kept };
};

export type ErasureRow = {
  id: string;
  subject: string;
  asked_at: Date;
  due_at: Date;
  zone: string;
  calendar: string;
};

type WriteNeeds = { within: Within; ledger: Pick<Ledger, "sign">; policy: Policy; clock: () => Date };

const ending = { actor: service, purpose: "end-data" };

/** Writes and signs the receipt for what is there now. */
export const writeReceipt = (
  { within, ledger, policy, clock }: WriteNeeds,
  row: ErasureRow,
): Promise<SignedReceipt> =>
  within(ending, async (data) => {
    const { seq, hash } = await data
      .selectFrom("ledger_head")
      .select(["seq", "hash"])
      .executeTakeFirstOrThrow();
    const receipt: Receipt = {
      of: "erasure",
      service: policy.controller.product ?? policy.controller.name,
      policy: `${policy.policy}@${policy.version}`,
      request: row.id,
      asked: row.asked_at.toISOString(),
      due: row.due_at.toISOString(),
      zone: row.zone,
      calendar: row.calendar,
      written: clock().toISOString(),
      ...(await contents(data, policy, row.subject)),
      ledger: { seq, hash: hash.toString("base64") },
    };
    return { receipt, signature: ledger.sign("receipt", receiptText(receipt)) };
  });

/** Transactions of the role that ends data: no other is shown a row of somebody who was erased. */
export type ReceiptNeeds = { within: Within };

export type ErasureState = {
  state: RequestState;
  askedAt: Date;
  due: Due;
  doneAt: Date | null;
  /** Null until its day. */
  receipt: SignedReceipt | null;
};

/** What became of an erasure, for whoever holds its link. */
export const receiptOf = ({ within }: ReceiptNeeds, request: string): Promise<ErasureState | null> =>
  within(ending, async (data) => {
    const row = await data
      .selectFrom("rights_request")
      .selectAll()
      .where("id", "=", request)
      .where("kind", "in", ["erasure", "child"])
      .executeTakeFirst();
    if (!row) return null;
    const { state, asked_at, due_at: at, zone, calendar, done_at, receipt } = row;
    return {
      state: state as RequestState,
      askedAt: asked_at,
      due: { at, zone, calendar },
      doneAt: done_at,
      receipt: receipt === null ? null : (JSON.parse(receipt) as SignedReceipt),
    };
  });
