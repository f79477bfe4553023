// What the ledger says of a person, found by the names that their own key gives them there; of others it says how many (K5, R1).
import { sql } from "kysely";
import { purpose, type ReviewNeeds } from "./needs.ts";

/** An entry as the person is told it; `others`: how many more people it names. */
export type EntryAbout = Readonly<Record<string, unknown>> & {
  seq: number;
  at: string;
  kind: string;
  others: number;
};

const pageRows = 5000;

const told = (text: string): EntryAbout => {
  const { about, ...entry } = JSON.parse(text) as { about: string[]; seq: number; at: string; kind: string };
  return { ...entry, others: about.length - 1 };
};

/**
 * Every entry about the person, oldest first, page by page. All entries are read: none says whom it is about to
 * anybody who does not have that person's key.
 */
export async function* ledgerAbout(
  { within, ledger }: Pick<ReviewNeeds, "within" | "ledger">,
  subject: string,
): AsyncGenerator<EntryAbout[]> {
  const nameIn = await ledger.nameOf(subject);
  if (nameIn === null) return;
  for (let after: string | null = "0"; after !== null;) {
    const rows: { seq: string; entry: string }[] = await within.one({ actor: subject, purpose }, (data) =>
      sql<{ seq: string; entry: string }>`
        select seq, entry from ledger where seq > ${after} order by seq limit ${pageRows}`.compile(data),
    );
    after = rows.length === pageRows ? (rows.at(-1)?.seq ?? null) : null;
    yield rows
      .filter(({ seq, entry }) => entry.includes(nameIn(Number(seq))))
      .map(({ entry }) => told(entry));
  }
}
