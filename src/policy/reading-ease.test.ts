/** Plain language, measured: Flesch for English, Amstad's form of it for German (P1). */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { de } from "./messages/de.ts";
import { en } from "./messages/en.ts";
import type { Messages } from "./messages/messages.ts";
import { parsePolicy } from "./parse-policy.ts";
import { parseWords } from "./parse-words.ts";
import type { Policy } from "./policy.ts";
import { statement } from "./statement.ts";

const folder = new URL("../../policies/", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), "utf8");
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.replace(".yaml", ""));

/** Syllables by the vowels that one hears: a silent e and a silent -ed are not heard. */
function heardInEnglish(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, "");
  if (letters.length <= 3) return Math.sign(letters.length);
  const heard = letters.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, "").replace(/^y/, "");
  return Math.max(1, heard.match(/[aeiouy]{1,2}/g)?.length ?? 0);
}

/** Every vowel is heard; two that make one sound count once, and the u of "qu" is none. */
function heardInGerman(word: string): number {
  const letters = word
    .toLowerCase()
    .replace(/qu/g, "kw")
    .replace(/[^a-zäöüß]/g, "");
  if (letters === "") return 0;
  return Math.max(1, letters.match(/ei|ai|au|eu|äu|ie|aa|ee|oo|[aeiouyäöü]/g)?.length ?? 0);
}

/** Words in a sentence and syllables in a word. Only . ? and ! end a sentence: colons gain nothing. */
function lengths(text: string, heardIn: (word: string) => number): { words: number; syllables: number } {
  const sentences = text.split(/[.!?]+(?:\s|$)/).filter((one) => /\p{L}/u.test(one)).length;
  const words = text.split(/[\s–—-]+/).filter((one) => /[\p{L}\d]/u.test(one));
  const heard = words.reduce((sum, word) => sum + heardIn(word), 0);
  return { words: words.length / sentences, syllables: heard / words.length };
}

/** Flesch reading ease (1948). */
function flesch(text: string): number {
  const { words, syllables } = lengths(text, heardInEnglish);
  return 206.835 - 1.015 * words - 84.6 * syllables;
}

/** Amstad's reading ease for German (1978). */
function amstad(text: string): number {
  const { words, syllables } = lengths(text, heardInGerman);
  return 180 - words - 58.5 * syllables;
}

/** What people read, by where they read it: each text a sentence or more. */
const readings = (policy: Policy, messages: Messages): Record<string, string[]> => ({
  statement: statement(policy, messages).sections.flatMap(({ clauses }) => clauses.map(({ text }) => text)),
  notices: [...policy.collect.flatMap(({ notice }) => notice ?? []), policy.signIn.notice],
  hints: policy.collect.flatMap(({ require, offer }) =>
    [...require, ...offer].flatMap(({ hint }) => hint ?? []),
  ),
  texts: [policy.terms, ...policy.guidelines].flatMap(({ text }) =>
    text.map((one) => one.replace(/^(?:##|-) /, "").replace(/[^.?!]$/, "$&.")),
  ),
});

it("tells plain words from a lawyer's", () => {
  expect(flesch("We keep your name for ten days. Then we erase it.")).toBeGreaterThan(90);
  expect(
    flesch(
      "Notwithstanding anything to the contrary, personally identifiable information may be disclosed to affiliated organisations in connection with the administration of contractual obligations.",
    ),
  ).toBeLessThan(0);
  expect(amstad("Wir behalten Ihren Namen zehn Tage. Dann löschen wir ihn.")).toBeGreaterThan(70);
  expect(
    amstad(
      "Ungeachtet anderslautender Bestimmungen können personenbezogene Informationen im Zusammenhang mit der Verwaltung vertraglicher Verpflichtungen an verbundene Unternehmen weitergegeben werden.",
    ),
  ).toBeLessThan(0);
});

describe.each(names)("%s", (name) => {
  const { policy } = parsePolicy(read(`${name}.yaml`), name);

  it.each(Object.entries(readings(policy!, en)))("reads with an ease of 60 or better: %s", (_, texts) => {
    if (texts.length > 0) expect(flesch(texts.join(" "))).toBeGreaterThan(60);
  });
});

describe.each(readdirSync(new URL("words/", folder)))("%s", (file) => {
  const own = parsePolicy(read(`${file.split(".")[0]}.yaml`), file).policy;
  const { policy } = parseWords(read(`words/${file}`), file, own!);

  it.each(Object.entries(readings(policy!, de)))("reads with an ease of 60 or better: %s", (_, texts) => {
    expect(amstad(texts.join(" "))).toBeGreaterThan(60);
  });
});
