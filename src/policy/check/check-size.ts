/** Refuses a policy that is larger than a policy can sensibly be, before anything is worked out from it (P3). */
import type { Issue } from "../issue.ts";
import type { Policy } from "../policy.ts";
import { finder } from "./finding.ts";

/** Ten times what the largest service that we know of would write. */
const most = {
  categories: 1000,
  purposes: 200,
  recipients: 500,
  regions: 60,
  roles: 200,
  choices: 200,
  points: 500,
  rules: 5000,
};

/** Kinds of asks that the tables may have room for: as many as are filled and tried in seconds. */
const mostCells = 1_000_000;

/** One error for each part of the policy that is too large; none for a policy that can be checked in good time. */
export function checkSize(policy: Policy): Issue[] {
  const find = finder(policy);
  const count = (all: Record<string, unknown>): number => Object.keys(all).length;
  const { use, share, keep, refuse, claims, cookies, transfers, collect } = policy;
  const counts = {
    categories: count(policy.categories),
    purposes: count(policy.purposes),
    recipients: count(policy.recipients),
    regions: count(policy.regions),
    roles: count(policy.roles),
    choices: count(policy.choices),
    points: collect.length,
    rules: [use, share, keep, refuse, claims, cookies, transfers].flat().length,
  };
  const top = { at: { line: 1, column: 1 } };
  const found = (Object.keys(most) as (keyof typeof most)[])
    .filter((part) => counts[part] > most[part])
    .map((part) =>
      find(top, "too-large", `The policy has ${counts[part]} ${part}.`, `It may have ${most[part]}.`),
    );
  const targets = counts.points + counts.roles + counts.recipients + 2;
  const cells = counts.categories * counts.purposes * targets;
  if (found.length === 0 && cells > mostCells)
    found.push(
      find(
        top,
        "too-large",
        `The policy has ${cells} kinds of asks.`,
        `It may have ${mostCells}: join kinds of data or purposes.`,
      ),
    );
  return found;
}
