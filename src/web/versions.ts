// The statement and the texts as each published version had them, in any language that it has words in (P1, P2).
import { inThread } from "../keep/in-thread.ts";
import type { Statement } from "../policy/core.ts";
import { textsOf } from "../policy-file.ts";
import { wordsId } from "../speak-policy.ts";
import type { Published, WebNeeds } from "./needs.ts";
import type { WhatChangedProps } from "./pages/parts/what-changed.tsx";
import type { Asked, Read } from "./read-version-thread.ts";
import type { VersionText } from "./read-version.ts";

/** A published policy, and its words in another language; without them it is in its own. */
type Kept = { policy: Published; words: Published | undefined };

export type OldStatement = { statement: Statement; changed: WhatChangedProps | undefined };
export type OldText = { title: string; body: string; language: string };

const keyOf = (kept: readonly Kept[]): string =>
  kept
    .map(({ policy, words }) => `${policy.digest.toString("hex")}+${words?.digest.toString("hex")}`)
    .join(" ");

/** Remembers each answer by the digests of what it was asked of: no published text ever changes. */
const once = <T>(make: (...kept: Kept[]) => Promise<T>): ((...kept: Kept[]) => Promise<T>) => {
  const made = new Map<string, Promise<T>>();
  return (...kept) => {
    const key = keyOf(kept);
    const known = made.get(key) ?? make(...kept);
    made.set(key, known);
    known.catch(() => made.delete(key));
    return known;
  };
};

const textOf = ({ policy, words }: Kept): VersionText => ({
  version: policy.version,
  body: policy.body,
  words: words ? { id: words.id, body: words.body } : null,
});

const readOnce = once(async (kept) => {
  const read = await inThread<Read>("./read-version-thread", import.meta.url, {
    before: null,
    version: textOf(kept),
  } satisfies Asked);
  return "version" in read ? read.version : null;
});

const changedOnce = once(async (before, after) => {
  const asked = { before: textOf(before), version: textOf(after) } satisfies Asked;
  const read = await inThread<Read>("./read-version-thread", import.meta.url, asked);
  return "changes" in read ? read.changes : undefined;
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
  const read = await readOnce(after);
  const earlier = versions.find((one) => one.version < version);
  if (!read || !earlier) return read && { statement: read.statement, changed: undefined };
  const before = await keptIn(needs, earlier, language);
  // Both sides of a comparison stand in one language: without words for one of them, in the policy's own.
  const both = before.words && after.words ? [before, after] : [before, after].map(inItsOwn);
  return { statement: read.statement, changed: await changedOnce(...both) };
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
    const read = kept.words && (await readOnce(kept));
    const text = read && textsOf(read.policy).find((one) => one.id === id && one.version === version);
    if (text) return { ...text, language };
  }
  return null;
};
