/** Checks a policy whole before it runs: by trying every ask there is, not a sample (P3). */
import { compile } from "../compile.ts";
import { outcomes, spokenCells } from "../enumerate.ts";
import type { Issue } from "../issue.ts";
import type { Policy } from "../policy.ts";
import { checkChoices } from "./check-choices.ts";
import { checkClaims } from "./check-claims.ts";
import { checkData } from "./check-data.ts";
import { checkManifest } from "./check-manifest.ts";
import type { Manifest } from "./check-manifest.ts";
import { checkReach } from "./check-reach.ts";
import { checkShares } from "./check-shares.ts";

/**
 * Everything wrong with a policy whose names all exist, in the order of the file; with a manifest also where the
 * running code differs. A policy with an error must not run. Takes a fraction of a second.
 */
export function checkPolicy(policy: Policy, manifest?: Manifest): Issue[] {
  const compiled = compile(policy);
  const cells = [...spokenCells(compiled)];
  const outcome = outcomes(compiled);
  return [
    ...checkData(policy),
    ...checkChoices(policy, cells, outcome),
    ...checkShares(policy),
    ...checkReach(policy, cells, outcome),
    ...checkClaims(compiled, cells, outcome),
    ...(manifest === undefined ? [] : checkManifest(policy, manifest)),
  ].sort((a, b) => a.line - b.line || a.column - b.column);
}
