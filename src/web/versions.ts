// The statement as each published version had it, and what that version changed: read once, since none ever changes (P2).
import { changesBetween } from "../changes.ts";
import { statement as render, type Policy, type Statement } from "../policy/core.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { sayChanges } from "../say-changes.ts";
import type { Published } from "./needs.ts";
import type { WhatChangedProps } from "./pages/parts/what-changed.tsx";

type Read = { policy: Policy; statement: Statement };
export type OldStatement = { statement: Statement; changed: WhatChangedProps | undefined };

const keyOf = (published: readonly Published[]): string =>
  published.map(({ digest }) => digest.toString("hex")).join(" ");

/** Remembers each answer by the digests of what it was asked of; there are no more of them than versions. */
const once = <T>(make: (...published: Published[]) => T): ((...published: Published[]) => T) => {
  const made = new Map<string, { value: T }>();
  return (...published) => {
    const key = keyOf(published);
    const known = made.get(key) ?? { value: make(...published) };
    made.set(key, known);
    return known.value;
  };
};

const readOnce = once((published): Read | null => {
  if (!published) return null;
  const { policy } = parsePolicy(published.body, `version ${published.version}`);
  return policy && { policy, statement: render(policy) };
});

const changedOnce = once((before, after): WhatChangedProps | undefined => {
  const [old, young] = [before && readOnce(before), after && readOnce(after)];
  if (!old || !young) return undefined;
  const changes = changesBetween(old.policy, young.policy);
  return {
    from: old.policy.version,
    groups: sayChanges(old.policy, young.policy, changes),
    clauses: changes.clauses,
  };
});

/**
 * A version of the statement with what it changed against the version before it, where one is kept.
 * @param versions newest first
 * @returns null where there is no such version, or it is in a form of the language that is no longer read
 */
export const oldStatement = (versions: readonly Published[], version: number): OldStatement | null => {
  const found = versions.find((one) => one.version === version);
  const read = found && readOnce(found);
  if (!found || !read) return null;
  const before = versions.find((one) => one.version < version);
  return { statement: read.statement, changed: before && changedOnce(before, found) };
};
