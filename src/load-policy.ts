// Reads, checks and compiles a policy in a thread of its own, so that a service goes on deciding meanwhile (P1, P3).
import { inThread } from "./keep/in-thread.ts";
import { ready, type Compiled } from "./policy/compile.ts";
import type { ToLoad, Worked } from "./load-policy-thread.ts";
import type { Issue } from "./policy/issue.ts";

export type Loaded = { compiled: Compiled; issues: Issue[] } | { compiled: null; issues: Issue[] };

/**
 * The same as `parsePolicy` and then `compile`, for a service that must not stop for them: this thread is left with
 * taking over ready-made tables. `compiled` is null when an issue is an error. Rejects only when the thread fails.
 */
export const loadPolicy = async (text: string, file: string): Promise<Loaded> => {
  const { tables, issues } = await inThread<Worked>("./load-policy-thread", import.meta.url, {
    text,
    file,
  } satisfies ToLoad);
  return { compiled: tables && ready(tables), issues };
};
