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
  language: z.string().regex(/^[a-z]{2}$/),
  words: z.record(z.string(), z.string().trim().min(1)),
});

/**
 * A policy in the words of a file `{ policy, language, words }`. A word that belongs to nothing is an error; a text
 * that the file does not have is a warning, and stays in the policy's own language.
 */
export function parseWords(text: string, file: string, policy: Policy): Parsed {
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
    const message = "A file of words has three parts: policy, language, words.";
    return {
      policy: null,
      issues: [at([], "error", "wrong-type", message, 'Write "words:" and below it "name: text".')],
    };
  }
  const { policy: id, language, words } = shaped.data;
  if (id !== policy.policy)
    return {
      policy: null,
      issues: [
        at(
          ["policy"],
          "error",
          "wrong-value",
          `These are the words of "${id}".`,
          `Write "policy: ${policy.policy}".`,
        ),
      ],
    };
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
