// The statement and the texts as each published version had them, in any language that it has words in (P1, P2).
import { changesBetween } from "../changes.ts";
import { statement as render, type Policy, type Statement } from "../policy/core.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { parseWords } from "../policy/parse-words.ts";
import { textsOf } from "../policy-file.ts";
import { sayChanges } from "../say-changes.ts";
import { wordsId } from "../speak-policy.ts";
import { wordsFor } from "./messages/languages.ts";
import type { Published, WebNeeds } from "./needs.ts";
import type { WhatChangedProps } from "./pages/parts/what-changed.tsx";

/** A published policy, and its words in another language; without them it is in its own. */
type Kept = { policy: Published; words: Published | undefined };
type Read = { policy: Policy; statement: Statement };

export type OldStatement = { statement: Statement; changed: WhatChangedProps | undefined };
export type OldText = { title: string; body: string; language: string };

const keyOf = (kept: readonly Kept[]): string =>
  kept
    .map(({ policy, words }) => `${policy.digest.toString("hex")}+${words?.digest.toString("hex")}`)
    .join(" ");

/** Remembers each answer by the digests of what it was asked of: no published text ever changes. */
const once = <T>(make: (...kept: Kept[]) => T): ((...kept: Kept[]) => T) => {
  const made = new Map<string, { value: T }>();
  return (...kept) => {
    const key = keyOf(kept);
    const known = made.get(key) ?? { value: make(...kept) };
    made.set(key, known);
    return known.value;
  };
};

const readOnce = once((kept): Read | null => {
  if (!kept) return null;
  const { policy: own } = parsePolicy(kept.policy.body, `version ${kept.policy.version}`);
  const policy = own && kept.words ? parseWords(kept.words.body, kept.words.id, own).policy : own;
  return policy && { policy, statement: render(policy, wordsFor(policy.language).statement) };
});

const changedOnce = once((before, after): WhatChangedProps | undefined => {
  const [old, young] = [before && readOnce(before), after && readOnce(after)];
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
});

type Asks = Pick<WebNeeds, "policy" | "versions">;

const keptIn = async (needs: Asks, policy: Published, language: string): Promise<Kept> => {
  if (language === needs.policy.language) return { policy, words: undefined };
  const [words] = await needs.versions(wordsId(needs.policy.policy, policy.version, language));
  return { policy, words };
};

const inItsOwn = ({ policy }: Kept): Kept => ({ policy, words: undefined });

/** Every version of the policy, newest first. */
const policiesOf = ({ policy, versions }: Asks): Promise<Published[]> => versions(`${policy.policy}/privacy`);

/**
 * A version of the statement in a language, with what it changed against the one before.
 * @returns null where there is no such version in that language, or it is in a form that is no longer read
 */
export const oldStatement = async (
  needs: Asks,
  version: number,
  language: string,
): Promise<OldStatement | null> => {
  const versions = await policiesOf(needs);
  const found = versions.find((one) => one.version === version);
  if (!found) return null;
  const after = await keptIn(needs, found, language);
  // No words in that language: then it is not there in that language.
  if (!after.words && language !== needs.policy.language) return null;
  const read = readOnce(after);
  const earlier = versions.find((one) => one.version < version);
  if (!read || !earlier) return read && { statement: read.statement, changed: undefined };
  const before = await keptIn(needs, earlier, language);
  // Both sides of a comparison stand in one language: without words for one of them, in the policy's own.
  const both = before.words && after.words ? [before, after] : [before, after].map(inItsOwn);
  return { statement: read.statement, changed: changedOnce(...both) };
};

/** A version of the terms or of a guideline in another language, from whichever version of the policy had it. */
export const oldText = async (
  needs: Asks,
  id: string,
  version: number,
  language: string,
): Promise<OldText | null> => {
  for (const policy of await policiesOf(needs)) {
    const kept = await keptIn(needs, policy, language);
    const read = kept.words && readOnce(kept);
    const text = read && textsOf(read.policy).find((one) => one.id === id && one.version === version);
    if (text) return { ...text, language };
  }
  return null;
};
