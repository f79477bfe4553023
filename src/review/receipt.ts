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

/**
 * Records of one kind are counted up to here, so that nobody's keys stay longer because there is much of theirs: this
 * number in a receipt means so many or more.
 */
export const mostCounted = 10_000;

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
  /** Kinds of data that lay together, and in how many records; see {@link mostCounted}. */
  erased: { data: string[]; records: number }[];
  kept: (Omit<Duty, "categories"> & { data: string[]; records: number })[];
  /** The last entry of the ledger then. */
  ledger: { seq: number; hash: string };
};

export type SignedReceipt = { receipt: Receipt; signature: string };

/** What is signed: the receipt as JSON, in the order of its fields. */
export const receiptText = (receipt: Receipt): string => JSON.stringify(receipt);

/** How many rows of the person's each table has, by its number, counted to the most there is to say. */
const countsOf = async (
  data: Data,
  tables: readonly Table[],
  subject: string,
): Promise<Map<number, number>> => {
  if (tables.length === 0) return new Map();
  const each = tables.map(
    ({ name, number, owner }) =>
      sql`select ${sql.lit(number)} as number, count(*)::int as records
          from (select from ${sql.table(name)} where ${sql.ref(owner ?? "")} = ${subject} limit ${sql.lit(mostCounted)}) counted`,
  );
  const { rows } = await sql<{
    number: number;
    records: number;
  }>`${sql.join(each, sql` union all `)}`.execute(data);
  return new Map(rows.map(({ number, records }) => [number, records]));
};

/** What there is of the person, table by table. The transaction is one of the role that ends data. */
const contents = async (
  data: Data,
  policy: Policy,
  subject: string,
): Promise<Pick<Receipt, "erased" | "kept">> => {
  const plan = erasePlan(policy, everyTable);
  const going = plan.erased
    .map((table) => ({ table, data: heldCategories(policy, table) }))
    .filter(({ data: categories }) => categories.length > 0);
  const staying = plan.kept.map(({ table }) => table);
  const counts = await countsOf(data, [...going.map(({ table }) => table), ...staying], subject);
  const recordsIn = ({ number }: Table): number => counts.get(number) ?? 0;
  return {
    erased: going
      .map(({ table, data: categories }) => ({ data: categories, records: recordsIn(table) }))
      .filter(({ records }) => records > 0),
    kept: plan.kept
      .map(({ table, duty: { categories, ...rest } }) => ({
        data: categories,
        records: recordsIn(table),
        ...rest,
      }))
      .filter(({ records }) => records > 0),
  };
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
