// Whoever got a value that has been corrected is owed word of it; what is owed stands in the person's own record (R2, D2, D3).
import type { Clock } from "../keep/clock.ts";
import type { Data } from "../keep/database.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { Pieces } from "../keep/pieces.ts";
import { tables } from "../keep/tables.ts";
import { noteTelling, type OweTelling } from "../keep/telling.ts";
import type { Vault } from "../keep/vault/vault.ts";

type Needs = {
  pieces: Pieces;
  ledger: Ledger;
  clock: Clock;
  newId: () => string;
  vault: Pick<Vault, "journal">;
};

/** What is owed, sealed; names are the policy's. */
export type Owed = { recipient: string; categories: readonly string[]; because: "corrected" };

const purpose = "answer-person";

/** Which of the categories each recipient has ever got. */
const gotBefore = async (
  { pieces }: Needs,
  data: Data,
  subject: string,
  categories: readonly string[],
): Promise<Map<string, Set<string>>> => {
  const rows = await data.selectFrom("disclosure").selectAll().where("subject", "=", subject).execute();
  const got = new Map<string, Set<string>>();
  for (const row of rows) {
    const { disclosure } = await pieces.open(purpose, tables.disclosure, "record", row);
    if (disclosure === undefined) continue;
    const { recipient, categories: left } = JSON.parse(disclosure) as Owed;
    const stale = categories.filter((category) => left.includes(category));
    if (stale.length > 0) got.set(recipient, new Set([...(got.get(recipient) ?? []), ...stale]));
  }
  return got;
};

/** What is still owed to a recipient about somebody; null where nothing is. */
const standing = async ({ pieces }: Needs, data: Data, subject: string, recipient: string) => {
  const row = await data
    .selectFrom("telling")
    .selectAll()
    .where("subject", "=", subject)
    .where("recipient", "=", recipient)
    .where("state", "=", "owed")
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const { disclosure } = await pieces.open(purpose, tables.telling, "record", row);
  return { row, categories: disclosure ? (JSON.parse(disclosure) as Owed).categories : [] };
};

const oweOne = async (needs: Needs, data: Data, subject: string, owed: Owed): Promise<void> => {
  const before = await standing(needs, data, subject, owed.recipient);
  const id = before?.row.id ?? needs.newId();
  const all = { ...owed, categories: [...new Set([...(before?.categories ?? []), ...owed.categories])] };
  const record = await needs.pieces.seal(
    tables.telling,
    "record",
    { id, subject },
    { disclosure: JSON.stringify(all) },
  );
  const { recipient } = owed;
  const now = needs.clock();
  const row = before?.row ?? { id, subject, recipient, state: "owed", owed_at: now, told_at: null };
  await noteTelling((entry) => needs.vault.journal.note(entry), now, { ...row, record });
  if (before) await data.updateTable("telling").set({ record }).where("id", "=", id).execute();
  else
    await data
      .insertInto("telling")
      .values({ ...row, record })
      .execute();
};

export const createOweTelling =
  (needs: Needs): OweTelling =>
  async (data, subject, categories) => {
    const got = [...(await gotBefore(needs, data, subject, categories))];
    for (const [recipient, stale] of got)
      await oweOne(needs, data, subject, { recipient, categories: [...stale], because: "corrected" });
    if (got.length === 0) return [];
    await needs.ledger.append(
      data,
      got.map(([recipient, stale]) => ({
        kind: "telling-owed" as const,
        about: [subject],
        purpose,
        recipient,
        categories: [...stale],
        rules: ["rights.correct"],
      })),
    );
    return got.map(([recipient]) => recipient);
  };
