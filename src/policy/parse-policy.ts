/** Reads a policy whole and says everything that is wrong with it at once, with place and remedy (P3). */
import { buildPolicy } from "./build-policy.ts";
import { checkNames } from "./check-names.ts";
import { checkPolicy } from "./check/check-policy.ts";
import { checkSize } from "./check/check-size.ts";
import type { PlaceOf } from "./even-out.ts";
import type { Issue } from "./issue.ts";
import type { Policy } from "./policy.ts";
import { readYaml } from "./read-yaml.ts";
import { policyFile } from "./schema.ts";
import { shapeIssues } from "./shape-issues.ts";

export type Parsed = { policy: Policy; issues: Issue[] } | { policy: null; issues: Issue[] };

const inOrder = (issues: Issue[]): Issue[] =>
  issues.toSorted((a, b) => a.line - b.line || a.column - b.column);

/** The same from plain data: shape first, then names, then every check that needs no running code. */
export function policyFrom(value: unknown, file: string, placeOf: PlaceOf, text = ""): Parsed {
  const shaped = policyFile.safeParse(value);
  if (!shaped.success)
    return { policy: null, issues: inOrder(shapeIssues(shaped.error.issues, value, file, placeOf)) };
  const policy = buildPolicy(shaped.data, file, placeOf);
  const tooLarge = checkSize(policy);
  const misnamed = tooLarge.length > 0 ? tooLarge : checkNames(policy, text);
  const issues = inOrder(misnamed.length > 0 ? misnamed : checkPolicy(policy));
  return issues.some(({ severity }) => severity === "error") ? { policy: null, issues } : { policy, issues };
}

/**
 * Text of a policy file to the policy, or to issues; `file` is the name that issues and rules carry.
 * A policy comes with warnings at most: with an error, `policy` is null. Never throws, whatever the text.
 */
export function parsePolicy(text: string, file: string): Parsed {
  const { value, issues, placeOf } = readYaml(text, file);
  return issues.length > 0
    ? { policy: null, issues: inOrder(issues) }
    : policyFrom(value, file, placeOf, text);
}
