// Notes new values of an account for a restore, by the names that the register declares (K4).
import { noteCorrection as note } from "../keep/note-correction.ts";
import { tables, type Tables } from "../keep/tables.ts";
import type { CollectNeeds } from "./needs.ts";

/**
 * @param key the row's key, by the names of its columns
 * @param piece the sealed value as it goes into the row
 */
export const noteCorrection = <T extends "profile" | "credential" | "preference">(
  { vault, clock }: Pick<CollectNeeds, "vault" | "clock">,
  subject: string,
  table: T,
  column: keyof Tables[T]["columns"] & string,
  key: Readonly<Record<string, string>>,
  piece: Buffer,
): Promise<void> =>
  note(
    { note: (entry) => vault.journal.note(entry), clock },
    subject,
    { table: tables[table], column, key },
    piece,
  );
