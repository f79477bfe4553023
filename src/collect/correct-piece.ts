// Notes a new value in the replay journal before it is committed, so that no restored copy brings the old one back (K4).
import { tables, type Tables } from "../keep/tables.ts";
import type { CollectNeeds } from "./needs.ts";

/**
 * @param key the row's key, by the names of its columns
 * @param piece the sealed value as it goes into the row
 */
export const noteCorrection = async <T extends "profile" | "credential">(
  { vault, clock }: Pick<CollectNeeds, "vault" | "clock">,
  subject: string,
  table: T,
  column: keyof Tables[T]["columns"] & string,
  key: Readonly<Record<string, string>>,
  piece: Buffer,
): Promise<void> => {
  const declared = tables[table];
  const columns = declared.columns as Readonly<Record<string, { number: number }>>;
  await vault.journal.note({
    kind: "corrected",
    subject,
    at: clock(),
    detail: {
      table: declared.number,
      column: columns[column]?.number ?? 0,
      key,
      piece: piece.toString("base64"),
    },
  });
};
