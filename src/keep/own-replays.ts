// What of the journal is replayed from the register alone: erasures, corrections, what is owed by them, and what had ended (K4, K6).
import { sql } from "kysely";
import type { Clock } from "./clock.ts";
import type { Databases } from "./database.ts";
import { endDue, type Ending } from "./end-due.ts";
import type { Correction, CutOff, OwnKind, Replays } from "./journal-kinds.ts";
import { eraseAgain, type EraseNeeds } from "./erase-subject.ts";
import type { Table } from "./register.ts";
import { everyTable } from "./tables.ts";
import { keepTelling } from "./telling.ts";
import type { Journal } from "./vault/journal.ts";

/** Who corrects: people do, on their own pages. */
const correcting = "answer-person";

const tableOf = (number: number): Table | undefined => everyTable.find((table) => table.number === number);

const columnOf = (table: Table, number: number | null): string | null =>
  Object.entries(table.columns).find(([, column]) => column.number === number)?.[0] ?? null;

/** A table or column that a later version no longer has held nothing that could be corrected now. */
const putPiece = async (databases: Databases, subject: string, given: Correction): Promise<void> => {
  const table = tableOf(given.table);
  const column = table && columnOf(table, given.column);
  if (!table || !column) return;
  const key = sql.join(
    table.key.map((name) => sql`${sql.ref(name)} = ${given.key[name]}`),
    sql` and `,
  );
  await databases.desk({ actor: subject, purpose: correcting }, (data) =>
    sql`update ${sql.table(table.name)} set ${sql.ref(column)} = ${Buffer.from(given.piece, "base64")}
        where ${key}`.execute(data),
  );
};

const dayInMs = 86_400_000;

/** Notes, before a sweep, up to where each rule is about to end things. */
export const noteCutOffs = async (
  journal: Journal,
  endings: readonly Ending[],
  clock: Clock,
): Promise<void> => {
  const now = clock();
  const cutOffs = endings.map(({ table, column, days, from, told }) => ({
    table: table.number,
    column: column === null ? null : (table.columns[column]?.number ?? null),
    from,
    before: new Date(now.getTime() - days * dayInMs).toISOString(),
    ...(told === undefined ? {} : { told }),
  }));
  await journal.note({ kind: "ended", at: now, subject: null, detail: cutOffs });
};

const endAgain = async (databases: Databases, cutOffs: readonly CutOff[]): Promise<void> => {
  for (const { table: number, column: columnNumber, from, before, ...told } of cutOffs) {
    const table = tableOf(number);
    const column = table && columnOf(table, columnNumber);
    if (!table?.starts?.[from] || (columnNumber !== null && !column)) continue;
    const due = [{ table, column: column ?? null, days: 0, from, rule: "", ...told }];
    await endDue(databases.end, due, () => new Date(before));
  }
};

export const ownReplays = (databases: Databases, erasing: EraseNeeds): Pick<Replays, OwnKind> => ({
  erased: ({ subject }) => eraseAgain(erasing, subject),
  corrected: ({ subject, detail }) => putPiece(databases, subject, detail),
  telling: ({ subject, detail }) => keepTelling(databases.desk, subject, detail),
  ended: ({ detail }) => endAgain(databases, detail),
});
