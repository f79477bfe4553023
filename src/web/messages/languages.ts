// The languages that Upheld speaks, a line each: their words for the statement and for the pages (P1).
import { de } from "./de.ts";
import { en, type PageWords } from "./en.ts";

export const languages: Readonly<Record<string, PageWords>> = { en, de };

/** The words for a language; English where Upheld does not speak it. */
export const wordsFor = (language: string): PageWords => languages[language] ?? en;
