/** Finds shares without an agreement, without evidence or without a transfer rule, and looks beyond the use (D1 D3 K7 K3). */
import type { Issue } from "../issue.ts";
import type { Policy, Recipient, ShareGround, ShareRule } from "../policy.ts";
import { finder, some } from "./finding.ts";
import type { Find } from "./finding.ts";

/** Grounds that only one kind of recipient can have. */
const kindOf: Partial<Record<ShareGround, Recipient["kind"]>> = {
  processor: "processor",
  "legal-process": "authority",
  "business-transfer": "successor",
  "within-firm": "group",
};

function checkEvidence(policy: Policy, find: Find, rule: ShareRule): Issue[] {
  const { ground } = rule;
  const found: Issue[] = [];
  if (ground === "aggregate" && rule.smallest === null)
    found.push(
      find(
        rule,
        "no-evidence",
        `${rule.id} shares counts, and does not say how small a group may be.`,
        'Add "smallest: 20", or another number.',
      ),
    );
  const without = rule.for.filter((purpose) => policy.purposes[purpose]?.choice === null);
  if ((ground === "consent" || ground === "offers") && without.length > 0)
    found.push(
      find(
        rule,
        "no-evidence",
        `${rule.id} rests on a choice, and ${some(without)} has none that a person could make.`,
        "Share for a purpose that has a choice.",
      ),
    );
  const kind = kindOf[ground];
  const others = rule.to.filter((to) => kind !== undefined && policy.recipients[to]?.kind !== kind);
  if (others.length > 0)
    found.push(
      find(
        rule,
        "no-evidence",
        `${rule.id} has the ground ${ground}, and ${some(others)} is no ${kind}.`,
        `Name a recipient of the kind ${kind}, or another ground.`,
      ),
    );
  return found;
}

function checkAgreements(policy: Policy, find: Find, rule: ShareRule): Issue[] {
  if (rule.ground === "aggregate") return [];
  return rule.to.flatMap((to) => {
    const recipient = policy.recipients[to];
    if (recipient === undefined || (recipient.kind !== "processor" && recipient.kind !== "partner"))
      return [];
    const missing = rule.for.filter((purpose) => !recipient.agreement?.for.includes(purpose));
    if (missing.length === 0) return [];
    const message = `${to} has no agreement on file for ${some(missing)}.`;
    return [
      find(
        rule,
        "no-agreement",
        message,
        `Add it to "agreement" of ${to}, with the date of signing and of the next review.`,
      ),
    ];
  });
}

/** From each region that lists its countries, to each recipient elsewhere, a mechanism must be named. Counts are of nobody. */
function checkTransfers(policy: Policy, find: Find, rule: ShareRule): Issue[] {
  if (rule.ground === "aggregate") return [];
  return rule.to.flatMap((to) => {
    const country = policy.recipients[to]?.country ?? null;
    if (country === null) return [];
    return Object.entries(policy.regions)
      .filter(([, { countries }]) => countries.length > 0 && !countries.includes(country))
      .filter(
        ([id]) => !policy.transfers.some((transfer) => transfer.to === country && transfer.from.includes(id)),
      )
      .map(([id]) =>
        find(
          rule,
          "no-transfer",
          `Data of people in ${id} goes to ${to} in ${country}, and no mechanism is named.`,
          `Add a transfer from ${id} to ${country} under "transfers".`,
        ),
      );
  });
}

/**
 * A role may look for no purpose that the data is not used for, nor may a recipient receive for one that other data is
 * used for; a purpose that is nothing but the sharing has no use of its own.
 */
function checkBeyond(policy: Policy, find: Find): Issue[] {
  const used = new Set(
    policy.use.flatMap((rule) =>
      rule.data.flatMap((data) => rule.for.map((purpose) => `${data} ${purpose}`)),
    ),
  );
  const ours = new Set(policy.use.flatMap((rule) => rule.for));
  const looks = Object.values(policy.roles).flatMap(({ look }) =>
    look.map((rule) => ({ ...rule, share: false })),
  );
  return [...policy.share.map((rule) => ({ ...rule, share: true })), ...looks].flatMap((rule) => {
    const beyond = rule.data.flatMap((data) =>
      rule.for
        .filter((purpose) => !used.has(`${data} ${purpose}`) && (ours.has(purpose) || !rule.share))
        .map((purpose) => `${data} for ${purpose}`),
    );
    if (beyond.length === 0) return [];
    return [
      find(
        rule,
        "beyond-use",
        `${rule.id} goes beyond every use: ${some(beyond)}.`,
        'Add it to a "use" rule, or leave it out here.',
        "warning",
      ),
    ];
  });
}

/** Everything about who else gets to see data. */
export function checkShares(policy: Policy): Issue[] {
  const find = finder(policy);
  const each = [checkEvidence, checkAgreements, checkTransfers];
  return [
    ...policy.share.flatMap((rule) => each.flatMap((check) => check(policy, find, rule))),
    ...checkBeyond(policy, find),
  ];
}
