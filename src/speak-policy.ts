// The policy in every language that it has words in: what is offered, and what is not and why (P1).
import { readFile } from "node:fs/promises";
import path from "node:path";
import { statement, type Issue, type Policy, type Statement } from "./policy/core.ts";
import { parseWords } from "./policy/parse-words.ts";
import { languages, wordsFor } from "./web/messages/languages.ts";
import type { PageWords } from "./web/messages/en.ts";

/** The policy, its statement and the pages in one language. */
export type Spoken = { language: string; policy: Policy; statement: Statement; words: PageWords };

/** A file of words that lies beside the policy file; it fits where `spoken` is there. */
export type WordsFile = {
  language: string;
  file: string;
  text: string;
  issues: Issue[];
  spoken: Spoken | null;
};

/** Under which name a version's words in a language are kept among the published documents. */
export const wordsId = (policy: string, version: number, language: string): string =>
  `${policy}/words.${version}.${language}`;

const speak = (policy: Policy): Spoken => {
  const words = wordsFor(policy.language);
  return { language: policy.language, policy, statement: statement(policy, words.statement), words };
};

const readWords = async (policy: Policy, language: string, cwd: string): Promise<WordsFile | null> => {
  const file = path.join(path.dirname(policy.file), "words", `${policy.policy}.${language}.yaml`);
  const text = await readFile(path.resolve(cwd, file), "utf8").catch(() => null);
  if (text === null) return null;
  const { policy: translated, issues } = parseWords(text, file, policy, language);
  // Half a statement in one language and half in another would be read by nobody: it is offered whole or not at all.
  const spoken = translated !== null && issues.length === 0 ? speak(translated) : null;
  return { language, file, text, issues, spoken };
};

/**
 * The policy in its own language, and the files of words that lie beside it, in the languages that Upheld speaks.
 * @param cwd what the policy's file name is relative to, if it is
 */
export const speakPolicy = async (policy: Policy, cwd = ""): Promise<{ own: Spoken; files: WordsFile[] }> => {
  const others = Object.keys(languages).filter((language) => language !== policy.language);
  const files = await Promise.all(others.map((language) => readWords(policy, language, cwd)));
  return { own: speak(policy), files: files.filter((file) => file !== null) };
};
