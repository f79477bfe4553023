/** Finds data without a purpose, without an end or without a source (P3, K6). */
import { categoriesAt } from "../speak.ts";
import { endOf } from "../ends.ts";
import type { Issue } from "../issue.ts";
import { personalData, purposes as purposeTerms, recipients as recipientTerms } from "../dpv-terms.ts";
import { nearWord } from "../near-word.ts";
import type { About, KeepRule, Policy, Rule } from "../policy.ts";
import { finder, some } from "./finding.ts";
import type { Find } from "./finding.ts";

const collected = (policy: Policy): Set<string> => new Set(policy.collect.flatMap(categoriesAt));

/** Each category at each place must be used for one of the purposes that it is collected for there, and must end. */
function checkPoints(policy: Policy, find: Find): Issue[] {
  const used = new Set(
    policy.use.flatMap((rule) =>
      rule.data.flatMap((data) => rule.for.map((purpose) => `${data} ${purpose}`)),
    ),
  );
  return policy.collect.flatMap((point) => {
    const categories = [...new Set(categoriesAt(point))];
    const idle = categories.filter(
      (category) => !point.for.some((purpose) => used.has(`${category} ${purpose}`)),
    );
    const endless = categories.filter((category) => endOf(policy, category, point.point) === null);
    return [
      ...idle.map((category) =>
        find(
          point,
          "no-purpose",
          `"${point.point}" collects ${category} for ${some(point.for)}, and no rule uses it for any of these.`,
          `Collect ${category} elsewhere, add a purpose under "for", or add it to a "use" rule.`,
        ),
      ),
      ...endless.map((category) =>
        find(
          point,
          "no-end",
          `"${point.point}" collects ${category}, and nothing says when it ends.`,
          `Add a "keep" rule for ${category}.`,
        ),
      ),
    ];
  });
}

function checkSources(policy: Policy, find: Find): Issue[] {
  const has = collected(policy);
  const rules: (Rule & About)[] = [...policy.use, ...policy.share, ...policy.keep];
  return rules
    .filter((rule) => !rule.everything)
    .flatMap((rule) =>
      rule.data
        .filter((category) => !has.has(category))
        .map((category) =>
          find(
            rule,
            "not-collected",
            `${rule.id} speaks of ${category}, and nothing collects it.`,
            `Add ${category} to a collection point, or leave it out.`,
            "warning",
          ),
        ),
    );
}

/** Two rules for the same data at the same place, of which one can never be the end. A duty may outlast another rule. */
function checkEnds(policy: Policy, find: Find): Issue[] {
  const seen = new Map<string, KeepRule>();
  return policy.keep.flatMap((rule) =>
    rule.data.flatMap((category) =>
      (rule.points.length === 0 ? [""] : rule.points).flatMap((point) => {
        const key = `${category} ${point} ${rule.duty === null}`;
        const other = seen.get(key);
        seen.set(key, other ?? rule);
        if (other === undefined || (other.days === rule.days && other.from === rule.from)) return [];
        const message = `${category} has another end in line ${other.at.line}.`;
        return [
          find(rule, "two-ends", message, "Keep one of the two, or say for which collection points each is."),
        ];
      }),
    ),
  );
}

/** A category, purpose or recipient that points to a term which the vocabulary does not have. */
function checkTerms(policy: Policy, find: Find): Issue[] {
  const one = (
    rule: Rule & { dpv: string },
    prefix: string,
    terms: ReadonlySet<string>,
    others: string[],
  ): Issue[] => {
    const [space = "", term = ""] = rule.dpv.split(":");
    if ((space === prefix && terms.has(term)) || others.includes(rule.dpv)) return [];
    const near = nearWord(term, terms);
    const remedy =
      near === null
        ? `Choose a term of DPV 2.3 that begins with "${prefix}:".`
        : `Did you mean "${prefix}:${near}"?`;
    return [find(rule, "unknown-term", `DPV 2.3 has no "${rule.dpv}" for this.`, remedy, "warning")];
  };
  const data = ["dpv:PersonalData", "dpv:SensitivePersonalData", "dpv:ConsentRecord"];
  return [
    ...Object.values(policy.categories).flatMap((rule) => one(rule, "pd", personalData, data)),
    ...Object.values(policy.purposes).flatMap((rule) => one(rule, "dpv", purposeTerms, [])),
    ...Object.values(policy.recipients).flatMap((rule) => one(rule, "dpv", recipientTerms, [])),
  ];
}

/** Everything about kinds of data. */
export function checkData(policy: Policy): Issue[] {
  const find = finder(policy);
  return [checkPoints, checkSources, checkEnds, checkTerms].flatMap((check) => check(policy, find));
}
