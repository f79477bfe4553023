// Reads a published version and what it changed against another one, in plain data (P1, P2).
import { changesBetween } from "../changes.ts";
import { statement as render, type Policy, type Statement } from "../policy/core.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { parseWords } from "../policy/parse-words.ts";
import { sayChanges } from "../say-changes.ts";
import { wordsFor } from "./messages/languages.ts";
import type { WhatChangedProps } from "./pages/parts/what-changed.tsx";

/** The text of a published policy, and of its words in another language; without them it is in its own. */
export type VersionText = { version: number; body: string; words: { id: string; body: string } | null };

export type ReadVersion = { policy: Policy; statement: Statement };

/** Null for a text in a form that is no longer read. */
export const readVersion = ({ version, body, words }: VersionText): ReadVersion | null => {
  const { policy: own } = parsePolicy(body, `version ${version}`);
  const policy = own && words ? parseWords(words.body, words.id, own).policy : own;
  return policy && { policy, statement: render(policy, wordsFor(policy.language).statement) };
};

export const readChanges = (before: VersionText, after: VersionText): WhatChangedProps | undefined => {
  const [old, young] = [readVersion(before), readVersion(after)];
  if (!old || !young) return undefined;
  const { language } = young.policy;
  const words = wordsFor(language);
  const changes = changesBetween(old.policy, young.policy, words.statement);
  return {
    language,
    from: old.policy.version,
    groups: sayChanges(old.policy, young.policy, changes, words),
    clauses: changes.clauses,
  };
};
