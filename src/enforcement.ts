// Says of each rule of the policy where the running code enforces it, or that nothing does yet: for "see it work" (P1).
import type { Table } from "./keep/register.ts";
import { groups } from "./keep/register.ts";
import { statedPurposes } from "./keep/stated.ts";
import { everyTable } from "./keep/tables.ts";
import { manifestFor, takenIn } from "./manifest.ts";
import { mailCarriers, mailRules } from "./share/mail-carrier.ts";
import { endOf, mayUse, type Compiled, type Policy } from "./policy/core.ts";
import { en } from "./policy/messages/en.ts";
import { roleOf } from "./policy/rows.ts";

/** One place that enforces a rule; `built` is false where the policy promises what nothing in this version does. */
export type Enforced = { built: boolean; where: string; text: string };

type Rules = { policy: Policy; compiled: Compiled };

const built = (where: string, text: string): Enforced => ({ built: true, where, text });
const missing = (text: string): Enforced => ({ built: false, where: "Not built yet", text });

const labels = ({ categories }: Policy, ids: Iterable<string>): string =>
  en.list([...new Set(ids)].map((id) => en.thing(categories[id]?.label ?? id)));

const sealedIn = ({ columns }: Table): Set<string> =>
  new Set(Object.values(columns).flatMap(({ categories, sealed }) => (sealed ? categories : [])));

const tableTakes = (policy: Policy, table: Table): Enforced[] => {
  const taken = takenIn(policy, table);
  const sealed = taken.filter((category) => sealedIn(table).has(category));
  if (taken.length === 0) return [];
  const clear = taken.filter((category) => !sealed.includes(category));
  const under = "sealed under the person’s own key";
  return [
    built(
      `Table ${table.name}`,
      clear.length === 0
        ? `Takes in ${labels(policy, taken)}, ${under}.`
        : sealed.length === 0
          ? `Takes in ${labels(policy, taken)}.`
          : `Takes in ${labels(policy, clear)}; and ${under}, ${labels(policy, sealed)}.`,
    ),
  ];
};

const collected = ({ policy }: Rules, point: string): Enforced[] => {
  const { points = {} } = manifestFor(policy, null);
  const declared = policy.collect.find((one) => one.point === point);
  const tables = everyTable.filter(({ at }) => at === point);
  const stored = new Set(tables.flatMap((table) => takenIn(policy, table)));
  const compared = (points[point] ?? []).filter((category) => !stored.has(category));
  const fields = declared ? [...declared.require, ...declared.offer, ...declared.passive] : [];
  const open = fields.map(({ category }) => category).filter((id) => !points[point]?.includes(id));
  return [
    ...tables.flatMap((table) => tableTakes(policy, table)),
    ...(compared.length > 0
      ? [built("Form", `Compares ${labels(policy, compared)} with what is stored, and stores neither here.`)]
      : []),
    ...(open.length > 0 ? [missing(`Nothing here takes in ${labels(policy, open)}.`)] : []),
  ];
};

const tablesFor = ({ compiled }: Rules, group: string, purpose: string): string[] =>
  everyTable
    .filter(({ grants, columns }) => {
      const held = Object.values(columns).flatMap(({ categories }) => categories);
      return group in grants && held.some((category) => mayUse(compiled, category, purpose));
    })
    .map(({ name }) => name);

const used = (rules: Rules, purpose: string): Enforced[] => {
  const stating = groups.filter((group) => statedPurposes[group].includes(purpose));
  const label = rules.policy.purposes[purpose]?.label ?? purpose;
  if (stating.length === 0)
    return [missing(`No part of the program states “${label}”; without a purpose stated, no row is shown.`)];
  return stating.map((group) =>
    built(
      `Login role ${roleOf(group)}`,
      `States “${label}”. For it, PostgreSQL shows rows of: ${en.list(tablesFor(rules, group, purpose))}.`,
    ),
  );
};

const ended = ({ policy }: Rules, id: string): Enforced[] => {
  const rule = policy.keep.find((one) => one.id === id);
  if (!rule) return [];
  const held = everyTable.flatMap((table) => {
    const mine = takenIn(policy, table).filter(
      (category) => endOf(policy, category, table.at)?.rule.id === id,
    );
    return mine.length > 0 ? [{ table, mine }] : [];
  });
  if (held.length === 0 && rule.days === 0)
    return [built("Register", `No table has room for ${labels(policy, rule.data)}: it cannot be stored.`)];
  if (held.length === 0) return [missing(`No table holds ${labels(policy, rule.data)}.`)];
  if (rule.days === null)
    return [
      ...held.map(({ table, mine }) => built(`Table ${table.name}`, `Holds ${labels(policy, mine)}.`)),
      missing("Nobody can ask for the erasure that ends this."),
    ];
  return held.map(({ table, mine }) =>
    built(
      `Sweep over table ${table.name}`,
      `Ends ${labels(policy, mine)} within minutes of the time that is said.`,
    ),
  );
};

const chosen = ({ choices }: Policy, choice: string): Enforced[] => {
  const elsewhere = (choices[choice]?.where ?? []).filter((place) => place !== "profile");
  return [
    ...(choices[choice]?.where.includes("profile")
      ? [
          built(
            "Your choices",
            "Says yes or no; the permissions in the person’s row change in the same transaction.",
          ),
        ]
      : []),
    ...(elsewhere.length > 0 ? [missing(`It can’t be chosen yet at: ${en.list(elsewhere)}.`)] : []),
  ];
};

const triedBefore = built(
  "Check before the start",
  "Every ask that there is has been tried against it. A policy that breaks it does not start.",
);
const fact = built("This page", "It states a fact, and is shown from the policy file that runs.");
const published = built(
  "Table document",
  "Each version is kept under its digest. A text that changed under the same number stops the start.",
);

const mailed = [
  built("Mail", "Asks this rule when a mail is put in line, and again before it is handed on."),
  built("Tables disclosure and ledger", "Each mail that was handed on is noted: for the person, and signed."),
];
const unshared = [missing("Nothing hands data to them, so nothing leaves.")];
/** Roles that somebody can sign in in, and what shows them no more than is said. */
const lookers: Readonly<Record<string, Enforced>> = {
  technician: built(
    "Row policies",
    "Show rows of a session to those who take part in it, and to nobody else.",
  ),
  administrator: built(
    "Outbox",
    "Opens a mail that did not go out, if this rule says so. The look is in the ledger before.",
  ),
};

type Family = [pattern: RegExp, (rules: Rules, name: string, id: string) => Enforced[]];

const families: Family[] = [
  [/^collect\.(.+)$/, collected],
  [/^purposes\.(.+)$/, used],
  [
    /^use\.(.+)$/,
    (rules, _, id) =>
      (rules.policy.use.find((one) => one.id === id)?.for ?? []).flatMap((purpose) => used(rules, purpose)),
  ],
  [/^keep\.(.+)$/, (rules, _, id) => ended(rules, id)],
  [
    /^cookies\.(.+)$/,
    ({ policy }, name) =>
      manifestFor(policy, null).cookies?.includes(name)
        ? [
            built(
              "Cookies",
              `${name} is set for as long as is said here; a cookie that is not declared can’t be set.`,
            ),
          ]
        : [missing(`Nothing sets ${name}.`)],
  ],
  [/^share\./, ({ policy }, _, id) => (mailRules(policy).some((rule) => rule.id === id) ? mailed : unshared)],
  [
    /^recipients\.(.+)$/,
    ({ policy }, recipient) => (mailCarriers(policy).includes(recipient) ? mailed : unshared),
  ],
  [/^choices\.(.+)$/, ({ policy }, choice) => chosen(policy, choice)],
  [/^signals\b/, () => [missing("What a browser signals is not read.")]],
  [
    /^roles\.([^.]+)/,
    (_, role) => [lookers[role] ?? missing("Nobody can sign in in this role, so nobody is shown this.")],
  ],
  [/^(never|may|refuse|resolve)\./, () => [triedBefore]],
  [
    /^(terms$|guidelines\.)/,
    ({ policy }) => [
      published,
      ...tableTakes(policy, everyTable.find(({ name }) => name === "agreement") as Table),
    ],
  ],
  [
    /^changes$/,
    () => [
      published,
      built("Every page", "Tells whoever is signed in and still under an earlier version."),
      built("Permissions", "Hold what both versions allow, until the days of notice have gone by."),
    ],
  ],
  [
    /^rights\.see$/,
    (rules) => [
      ...used(rules, "answer-person"),
      missing("What is held can be read, and not taken along as a file."),
    ],
  ],
  [
    /^sign-in$/,
    ({ policy }) => [
      built(
        "Every route",
        `One that shows or changes anything of an account asks who it is ${policy.signIn.askAgainMinutes} minutes ` +
          "after the last proof; a route that nobody has named as open asks.",
      ),
    ],
  ],
  [
    /^protection\./,
    () => [
      built(
        "The walls",
        "Register, row policies and seal are compared with what they should be at each start.",
      ),
    ],
  ],
  [/^(controller|covers|covers-not|follows|limits|transfers)\b/, () => [fact]],
];

/** Where a rule is enforced, by its name in the policy file; never empty. */
export const enforcementOf =
  (compiled: Compiled) =>
  (id: string): Enforced[] => {
    const rules = { policy: compiled.policy, compiled };
    for (const [pattern, say] of families) {
      const match = pattern.exec(id);
      if (!match) continue;
      const said = say(rules, match[1] ?? "", id);
      if (said.length > 0) return said;
    }
    return [missing("Nothing enforces this.")];
  };
