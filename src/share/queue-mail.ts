// Writes to a person only what the policy lets a carrier have, and seals it until it goes (D1, K3).
import type { Clock } from "../keep/clock.ts";
import type { Letter, QueueMail } from "../keep/letter.ts";
import type { Data } from "../keep/database.ts";
import type { Pieces } from "../keep/pieces.ts";
import { holdsPurpose } from "../keep/purpose-bits.ts";
import { tables } from "../keep/tables.ts";
import type { Standing } from "../policy/reach.ts";
import type { CarrierFor } from "./mail-carrier.ts";

type Needs = {
  pieces: Pieces;
  clock: Clock;
  newId: () => string;
  bits: Readonly<Record<string, number>>;
  carrierFor: CarrierFor;
};

const longestAddress = 254;

/** One address and nothing else: no list, no name, no comment, nothing that a header could be made of. */
const addressForm = /^[^\s\p{C}@,;:<>()[\]"\\]+@[^\s\p{C}@,;:<>()[\]"\\]+\.[^\s\p{C}@,;:<>()[\]"\\]+$/u;

const isAddress = (text: string): boolean => text.length <= longestAddress && addressForm.test(text);

type Row = Standing & { permissions: number };

/** Nothing where the permissions do not even hold the purpose that the transaction states: the row is not shown. */
const rowOf = (data: Data, subject: string): Promise<Row | undefined> =>
  data
    .selectFrom("subject")
    .select(["region", "age", "status", "told", "permissions"])
    .where("id", "=", subject)
    .executeTakeFirst() as Promise<Row | undefined>;

/** Joiners and marks of direction stay: names are written with them. */
const oneLine = (title: string): string => title.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

const store = async ({ pieces, clock, newId }: Needs, data: Data, letter: Letter): Promise<void> => {
  const { subject, purpose, kind, to, title, text } = letter;
  const id = newId();
  const now = clock();
  const due = letter.at ?? now;
  const sealed = await pieces.seal(
    tables.mail,
    "letter",
    { id, subject },
    { email: to, letters: JSON.stringify({ title: oneLine(title), text }) },
  );
  await data
    .insertInto("mail")
    .values({
      id,
      subject,
      purpose,
      kind,
      state: "queued",
      written_at: now,
      due_at: due,
      tried: 0,
      next_try_at: due,
      sent_at: null,
      why: null,
      letter: sealed,
    })
    .execute();
};

export const createQueueMail =
  (needs: Needs): QueueMail =>
  async (data, letter) => {
    if (!isAddress(letter.to)) return { queued: false, why: "not-an-address", rules: [] };
    const row = await rowOf(data, letter.subject);
    if (!row || !holdsPurpose(row.permissions, needs.bits, letter.purpose))
      return { queued: false, why: "not-permitted", rules: [] };
    const carrier = needs.carrierFor(letter.purpose, row);
    if (!carrier.allowed) return { queued: false, why: carrier.why, rules: carrier.rules };
    await store(needs, data, letter);
    return { queued: true };
  };
