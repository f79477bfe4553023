/** Compares the policy with what the running code says it does: neither may know of more than the other (P3 P4). */
import { categoriesAt } from "../speak.ts";
import type { Issue } from "../issue.ts";
import type { Policy, Rule } from "../policy.ts";
import { finder } from "./finding.ts";
import type { Find } from "./finding.ts";

/** What the rooms declare that they enforce. A part left out is not compared. */
export type Manifest = {
  /** Categories that each collection point takes in. */
  points?: Readonly<Record<string, readonly string[]>>;
  /** Categories that each store holds. */
  stores?: Readonly<Record<string, readonly string[]>>;
  /** Purposes that some code states. */
  purposes?: readonly string[];
  recipients?: readonly string[];
  cookies?: readonly string[];
  /** Where a choice can really be made. */
  choices?: Readonly<Record<string, readonly string[]>>;
  roles?: readonly string[];
  /** Promises that have a test. */
  promises?: readonly string[];
};

type Compare = { noun: string; declared: ReadonlyMap<string, Rule>; enforced: readonly string[] | undefined };

const top = { at: { line: 1, column: 1 } };

function compareNames(find: Find, { noun, declared, enforced }: Compare): Issue[] {
  if (enforced === undefined) return [];
  const running = new Set(enforced);
  const loose = [...running].filter((name) => !declared.has(name));
  const idle = [...declared].filter(([name]) => !running.has(name));
  return [
    ...loose.map((name) =>
      find(
        top,
        "not-declared",
        `The running code knows the ${noun} "${name}", and the policy does not declare it.`,
        `Declare it, or take it out of the code.`,
      ),
    ),
    ...idle.map(([name, rule]) =>
      find(
        rule,
        "not-enforced",
        `The policy declares the ${noun} "${name}", and no running code enforces it.`,
        "Build what it promises, or leave it out.",
      ),
    ),
  ];
}

function comparePoints(policy: Policy, find: Find, points: Manifest["points"]): Issue[] {
  return Object.entries(points ?? {}).flatMap(([name, categories]) => {
    const point = policy.collect.find((one) => one.point === name);
    if (point === undefined) return [];
    const declared = categoriesAt(point);
    return [
      ...categories
        .filter((category) => !declared.includes(category))
        .map((category) =>
          find(
            point,
            "not-declared",
            `"${name}" takes in ${category}, and the policy does not say so.`,
            `Add ${category} to the collection point.`,
          ),
        ),
      ...declared
        .filter((category) => !categories.includes(category))
        .map((category) =>
          find(
            point,
            "not-enforced",
            `The policy says that "${name}" collects ${category}, and no code there does.`,
            `Leave ${category} out, or build it.`,
          ),
        ),
    ];
  });
}

function compareStores(policy: Policy, find: Find, stores: Manifest["stores"]): Issue[] {
  return Object.entries(stores ?? {}).flatMap(([store, categories]) =>
    categories
      .filter((category) => policy.categories[category] === undefined)
      .map((category) =>
        find(
          top,
          "not-declared",
          `The store "${store}" holds ${category}, and the policy does not declare it.`,
          `Declare ${category}, or take it out of the store.`,
        ),
      ),
  );
}

function compareChoices(policy: Policy, find: Find, choices: Manifest["choices"]): Issue[] {
  if (choices === undefined) return [];
  return Object.entries(policy.choices).flatMap(([id, choice]) =>
    choice.where
      .filter((place) => !choices[id]?.includes(place))
      .map((place) =>
        find(
          choice,
          "not-enforced",
          `The policy says that ${id} can be chosen at "${place}", and no code there offers it.`,
          "Build it, or leave the place out.",
        ),
      ),
  );
}

/** Everything in which the policy and the running code differ. */
export function checkManifest(policy: Policy, manifest: Manifest): Issue[] {
  const find = finder(policy);
  const byName = (rules: readonly (Rule & { name: string })[]): Map<string, Rule> =>
    new Map(rules.map((rule) => [rule.name, rule]));
  const kept = new Map(
    [
      ...policy.collect,
      ...policy.use,
      ...policy.share,
      ...policy.keep,
      ...policy.cookies,
      policy.erase,
      policy.restrict,
      policy.contact,
    ].flatMap((rule) =>
      rule.keeps.filter((id) => /^[A-Z]\d/.test(id)).map((id): [string, Rule] => [id, rule]),
    ),
  );
  const promised = manifest.promises && [...manifest.promises.filter((id) => kept.has(id))];
  return [
    {
      noun: "collection point",
      declared: new Map(policy.collect.map((rule) => [rule.point, rule])),
      enforced: manifest.points && Object.keys(manifest.points),
    },
    { noun: "purpose", declared: new Map(Object.entries(policy.purposes)), enforced: manifest.purposes },
    {
      noun: "recipient",
      declared: new Map(Object.entries(policy.recipients)),
      enforced: manifest.recipients,
    },
    { noun: "role", declared: new Map(Object.entries(policy.roles)), enforced: manifest.roles },
    { noun: "cookie", declared: byName(policy.cookies), enforced: manifest.cookies },
    { noun: "promise", declared: kept, enforced: promised },
  ]
    .flatMap((one) => compareNames(find, one))
    .concat(
      comparePoints(policy, find, manifest.points),
      compareStores(policy, find, manifest.stores),
      compareChoices(policy, find, manifest.choices),
    );
}
