// Notes a new value in the replay journal before it is committed, so that no restored copy brings the old one back (K4, R2).
import type { Clock } from "./clock.ts";
import type { Table } from "./register.ts";
import type { Journal } from "./vault/journal.ts";

/** Where a corrected piece lies; `key`: the row's, by the names of its columns. */
export type CorrectedPlace = { table: Table; column: string; key: Readonly<Record<string, string>> };

/** @param piece the sealed value as it goes into the row */
export const noteCorrection = async (
  { note, clock }: { note: Journal["note"]; clock: Clock },
  subject: string,
  { table, column, key }: CorrectedPlace,
  piece: Buffer,
): Promise<void> => {
  await note({
    kind: "corrected",
    subject,
    at: clock(),
    detail: {
      table: table.number,
      column: table.columns[column]?.number ?? 0,
      key,
      piece: piece.toString("base64"),
    },
  });
};
