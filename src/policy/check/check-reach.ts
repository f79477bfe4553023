/** Finds what can never decide anything: rules that no ask reaches, and names that no rule speaks of (P3). */
import type { Cell, Outcome } from "../enumerate.ts";
import type { Issue } from "../issue.ts";
import type { Policy, Rule } from "../policy.ts";
import { finder } from "./finding.ts";
import type { Find } from "./finding.ts";

function idleRules(policy: Policy, find: Find, cells: Cell[], outcome: (cell: Cell) => Outcome): Issue[] {
  const allowed = new Set<Rule>();
  const refused = new Set<Rule>();
  for (const cell of cells) {
    const { permits, refuses } = outcome(cell);
    for (const { rule } of permits) allowed.add(rule);
    for (const rule of refuses) refused.add(rule);
  }
  const looks = Object.values(policy.roles).flatMap(({ look }) => look);
  const permits: Rule[] = [...policy.collect, ...policy.use, ...looks, ...policy.share, ...policy.keep];
  return [
    ...permits
      .filter((rule) => !allowed.has(rule))
      .map((rule) =>
        find(
          rule,
          "never-decides",
          `${rule.id} never allows anything.`,
          "Something refuses all that it would allow: leave one of the two out.",
          "warning",
        ),
      ),
    ...policy.refuse
      .filter((rule) => !refused.has(rule))
      .map((rule) =>
        find(
          rule,
          "never-decides",
          `${rule.id} refuses nothing that another rule allows.`,
          'What nothing allows is refused anyway: leave it out, or state it under "never".',
          "warning",
        ),
      ),
  ];
}

function idleNames(policy: Policy, find: Find): Issue[] {
  const { use, collect, share, keep, roles, cookies } = policy;
  const looks = Object.values(roles).flatMap(({ look }) => look);
  const purposes = new Set(
    [...use, ...collect, ...share, ...looks]
      .flatMap((rule) => rule.for)
      .concat(cookies.map(({ purpose }) => purpose)),
  );
  const recipients = new Set([
    ...share.flatMap(({ to }) => to),
    ...collect.flatMap(({ from }) => from ?? []),
  ]);
  const fields = collect.flatMap(({ require, offer, passive }) =>
    [...require, ...offer, ...passive].map(({ category }) => category),
  );
  const narrow = [...use, ...share, ...keep, ...looks].filter((rule) => !rule.everything);
  const categories = new Set([...narrow.flatMap(({ data }) => data), ...fields]);
  const idle = (noun: string, declared: Record<string, Rule>, spoken: Set<string>): Issue[] =>
    Object.entries(declared)
      .filter(([id]) => !spoken.has(id))
      .map(([id, rule]) =>
        find(
          rule,
          "never-decides",
          `No rule speaks of the ${noun} ${id}.`,
          "Add a rule, or leave it out.",
          "warning",
        ),
      );
  return [
    ...idle("category", policy.categories, categories),
    ...idle("purpose", policy.purposes, purposes),
    ...idle("recipient", policy.recipients, recipients),
    ...idle(
      "role",
      Object.fromEntries(Object.entries(roles).filter(([, { look }]) => look.length === 0)),
      new Set(),
    ),
  ];
}

function twice(policy: Policy, find: Find): Issue[] {
  const seen = new Map<string, Rule>();
  const rules: Rule[] = [
    policy.collect,
    policy.use,
    policy.share,
    policy.keep,
    policy.refuse,
    policy.claims,
    policy.cookies,
    policy.transfers,
  ].flat();
  return rules.flatMap((rule) => {
    const name = rule.id.replace(/^(collect\..*?)\.\d+$/, "$1");
    const other = seen.get(name);
    seen.set(name, rule);
    if (other === undefined) return [];
    return [
      find(
        rule,
        "duplicate-rule",
        `${name} stands in line ${other.at.line} too.`,
        "Give one of them another name, or make them one.",
      ),
    ];
  });
}

/** Everything that is said for nothing, or twice. */
export function checkReach(policy: Policy, cells: Cell[], outcome: (cell: Cell) => Outcome): Issue[] {
  const find = finder(policy);
  return [...idleRules(policy, find, cells, outcome), ...idleNames(policy, find), ...twice(policy, find)];
}
