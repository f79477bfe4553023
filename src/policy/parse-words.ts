/** Reads a policy's words in another language from a file, and names what it lacks or has too much (P1). */
import { z } from "zod";
import { inLanguage, wordsOf } from "./in-language.ts";
import type { Issue } from "./issue.ts";
import { meant } from "./near-word.ts";
import type { Parsed } from "./parse-policy.ts";
import type { Policy } from "./policy.ts";
import { readYaml } from "./read-yaml.ts";

const wordsFile = z.strictObject({
  policy: z.string(),
  version: z.int().positive(),
  language: z.string().regex(/^[a-z]{2}$/),
  words: z.record(z.string(), z.string().trim().min(1)),
});

/**
 * A policy in the words of a file `{ policy, version, language, words }`. Words of another version are an error, since
 * nobody could tell which of its texts have changed; so is a word that belongs to nothing. A text that the file does not
 * have is a warning, and stays in the policy's own language.
 * @param expected the language that the file should be in, where that is known
 */
export function parseWords(text: string, file: string, policy: Policy, expected?: string): Parsed {
  const { value, issues, placeOf } = readYaml(text, file);
  const at = (
    path: string[],
    severity: Issue["severity"],
    code: Issue["code"],
    message: string,
    remedy: string,
  ): Issue => ({
    code,
    severity,
    file,
    ...placeOf(path),
    message,
    remedy,
  });
  if (issues.length > 0) return { policy: null, issues };
  const shaped = wordsFile.safeParse(value);
  if (!shaped.success) {
    const message = "A file of words has four parts: policy, version, language, words.";
    return {
      policy: null,
      issues: [at([], "error", "wrong-type", message, 'Write "words:" and below it "name: text".')],
    };
  }
  const { policy: id, version, language, words } = shaped.data;
  const elsewhere = (path: string, message: string, remedy: string): Parsed => ({
    policy: null,
    issues: [at([path], "error", "wrong-value", message, remedy)],
  });
  if (id !== policy.policy)
    return elsewhere("policy", `These are the words of "${id}".`, `Write "policy: ${policy.policy}".`);
  if (version !== policy.version)
    return elsewhere(
      "version",
      `These are the words of version ${version}, and the policy is version ${policy.version}.`,
      `Go through what has changed, then write "version: ${policy.version}".`,
    );
  if (expected !== undefined && language !== expected)
    return elsewhere(
      "language",
      `These are the words in "${language}".`,
      `Write "language: ${expected}", or give the file another name.`,
    );
  const names = Object.keys(wordsOf(policy));
  const known = new Set(names);
  const loose = Object.keys(words).filter((name) => !known.has(name));
  const errors = loose.map((name) =>
    at(
      ["words", name],
      "error",
      "unknown-word",
      `"${name}" belongs to nothing in the policy.`,
      meant(name, names, "text"),
    ),
  );
  const { policy: translated, missing } = inLanguage(policy, language, words);
  const warnings = missing.map((name) =>
    at(["words"], "warning", "missing", `"${name}" has no words.`, `Add "${name}".`),
  );
  return errors.length > 0 ? { policy: null, issues: errors } : { policy: translated, issues: warnings };
}
