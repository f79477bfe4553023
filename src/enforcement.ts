// Says of each rule of the policy where the running code enforces it, or that nothing does yet: for "see it work" (P1).
import type { Table } from "./keep/register.ts";
import { groups } from "./keep/register.ts";
import { statedPurposes } from "./keep/stated.ts";
import { everyTable } from "./keep/tables.ts";
import { cookiesOf, pointsOf, takenIn } from "./manifest.ts";
import { purpose as answering } from "./review/needs.ts";
import { roleByRegistering } from "./review/staff.ts";
import { purpose as holding } from "./session/needs.ts";
import { pagesFor } from "./shown-roles.ts";
import { unsentStore } from "./session/live/unsent-store.ts";
import { mailCarriers, mailRules } from "./share/mail-carrier.ts";
import { endOf, mayUse, type Compiled, type Policy } from "./policy/core.ts";
import { roleOf } from "./policy/rows.ts";
import { en, type PageWords, type Point } from "./web/messages/en.ts";

/** One place that enforces a rule; `built` is false where the policy promises what nothing in this version does. */
export type Enforced = { built: boolean; where: string; text: string };

/** The policy in the language of the words. */
type Rules = { policy: Policy; compiled: Compiled; words: PageWords };

const built = ([where, text]: Point): Enforced => ({ built: true, where, text });
const missing = ({ words }: Rules, text: string): Enforced => ({
  built: false,
  where: words.notBuilt.title,
  text,
});

const labels = ({ policy, words }: Rules, ids: Iterable<string>): string =>
  words.statement.list(
    [...new Set(ids)].map((id) => words.statement.thing(policy.categories[id]?.label ?? id)),
  );

const sealedIn = ({ columns }: Table): Set<string> =>
  new Set(Object.values(columns).flatMap(({ categories, sealed }) => (sealed ? categories : [])));

const tableTakes = (rules: Rules, table: Table): Enforced[] => {
  const { enforced } = rules.words;
  const taken = takenIn(rules.policy, table);
  const sealed = taken.filter((category) => sealedIn(table).has(category));
  if (taken.length === 0) return [];
  const clear = taken.filter((category) => !sealed.includes(category));
  const [open, shut] = [labels(rules, clear), labels(rules, sealed)];
  if (sealed.length === 0) return [built(enforced.takesClear(table.name, open))];
  return [
    built(
      clear.length === 0
        ? enforced.takesSealed(table.name, shut)
        : enforced.takesBoth(table.name, open, shut),
    ),
  ];
};

const collected = (rules: Rules, point: string): Enforced[] => {
  const { policy, words } = rules;
  const points = pointsOf(policy);
  const declared = policy.collect.find((one) => one.point === point);
  const tables = everyTable.filter(({ at }) => at === point);
  const stored = new Set(tables.flatMap((table) => takenIn(policy, table)));
  const compared = (points[point] ?? []).filter((category) => !stored.has(category));
  const fields = declared ? [...declared.require, ...declared.offer, ...declared.passive] : [];
  const open = fields.map(({ category }) => category).filter((id) => !points[point]?.includes(id));
  return [
    ...tables.flatMap((table) => tableTakes(rules, table)),
    ...(compared.length > 0 ? [built(words.enforced.compares(labels(rules, compared)))] : []),
    ...(open.length > 0 ? [missing(rules, words.notBuilt.takes(labels(rules, open)))] : []),
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
  const { enforced, notBuilt, statement } = rules.words;
  const stating = groups.filter((group) => statedPurposes[group].includes(purpose));
  const label = rules.policy.purposes[purpose]?.label ?? purpose;
  if (stating.length === 0) return [missing(rules, notBuilt.states(label))];
  return stating.map((group) =>
    built(enforced.states(roleOf(group), label, statement.list(tablesFor(rules, group, purpose)))),
  );
};

const ended = (rules: Rules, id: string): Enforced[] => {
  const { policy, words } = rules;
  const { enforced, notBuilt } = words;
  const rule = policy.keep.find((one) => one.id === id);
  if (!rule) return [];
  const held = everyTable.flatMap((table) => {
    const mine = takenIn(policy, table).filter(
      (category) => endOf(policy, category, table.at)?.rule.id === id,
    );
    return mine.length > 0 ? [{ table, mine }] : [];
  });
  if (held.length === 0 && rule.days === 0) return [built(enforced.noRoom(labels(rules, rule.data)))];
  if (held.length === 0) return [missing(rules, notBuilt.holds(labels(rules, rule.data)))];
  if (rule.days === null)
    return [
      ...held.map(({ table, mine }) => built(enforced.holds(table.name, labels(rules, mine)))),
      built(enforced.erases),
    ];
  return held.map(({ table, mine }) => built(enforced.ends(table.name, labels(rules, mine))));
};

const chosen = (rules: Rules, choice: string): Enforced[] => {
  const { enforced, notBuilt, statement } = rules.words;
  const where = rules.policy.choices[choice]?.where ?? [];
  const elsewhere = where
    .filter((place) => place !== "profile")
    .map((place) => statement.places[place] ?? statement.place(pointLabel(rules, place)));
  return [
    ...(where.includes("profile") ? [built(enforced.choices)] : []),
    ...(elsewhere.length > 0 ? [missing(rules, notBuilt.choices(statement.list(elsewhere)))] : []),
  ];
};

const pointLabel = ({ policy }: Rules, at: string): string =>
  policy.collect.find(({ point }) => point === at)?.label ?? at;

const shared = (rules: Rules, byMail: boolean): Enforced[] => {
  const { enforced, notBuilt } = rules.words;
  return byMail ? [enforced.mailed, enforced.noted].map(built) : [missing(rules, notBuilt.shares)];
};

/** By what a role is shown the data of one of its looks, or of any where the rule names the role alone. */
const looked = (rules: Rules, role: string, id: string): Enforced[] => {
  const { compiled, words } = rules;
  const own = compiled.policy.roles[role]?.look ?? [];
  const looks = own.filter((one) => one.id === id || id === `roles.${role}`);
  const data = looks.filter((one) => one.for.includes(answering)).flatMap((one) => one.data);
  const pages = pagesFor(compiled, role, data);
  const inSession = role === roleByRegistering && looks.some((one) => one.for.includes(holding));
  return [
    ...(inSession ? [built(words.enforced.ownRows)] : []),
    ...(pages.length > 0 ? [built(words.enforced.deskPages(words.statement.list(pages)))] : []),
    ...(inSession || pages.length > 0 ? [] : [missing(rules, words.notBuilt.role)]),
  ];
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
    (rules, name) => {
      const { enforced, notBuilt } = rules.words;
      if (name === unsentStore) return [built(enforced.tab(name))];
      const set = cookiesOf(rules.policy).includes(name);
      return set ? [built(enforced.cookie(name))] : [missing(rules, notBuilt.cookie(name))];
    },
  ],
  [
    /^share\./,
    (rules, _, id) =>
      shared(
        rules,
        mailRules(rules.policy).some((rule) => rule.id === id),
      ),
  ],
  [/^recipients\.(.+)$/, (rules, one) => shared(rules, mailCarriers(rules.policy).includes(one))],
  [/^choices\.(.+)$/, chosen],
  [/^signals\b/, (rules) => [missing(rules, rules.words.notBuilt.signals)]],
  [/^roles\.([^.]+)/, looked],
  [/^(never|may|refuse|resolve)\./, ({ words }) => [built(words.enforced.tried)]],
  [
    /^(terms$|guidelines\.)/,
    (rules) => [
      built(rules.words.enforced.published),
      ...tableTakes(rules, everyTable.find(({ name }) => name === "agreement") as Table),
    ],
  ],
  [
    /^changes$/,
    ({ words: { enforced } }) => [enforced.published, enforced.news, enforced.permissions].map(built),
  ],
  [/^rights\.see$/, (rules) => [...used(rules, answering), built(rules.words.enforced.takeAlong)]],
  [/^(rights\.)?restrict$/, ({ words }) => [built(words.enforced.restricts)]],
  [/^(rights\.)?erase$/, ({ words }) => [built(words.enforced.erases)]],
  [/^backup$/, ({ words }) => [built(words.enforced.copies)]],
  [/^rights\.correct$/, ({ words }) => [built(words.enforced.corrects)]],
  [
    /^age$/,
    ({ policy, words }) => (policy.age && policy.age.ask.length > 0 ? [built(words.enforced.asksAge)] : []),
  ],
  [/^sign-in$/, ({ policy, words }) => [built(words.enforced.asksAgain(policy.signIn.askAgainMinutes))]],
  [/^protection\./, ({ words }) => [built(words.enforced.walls)]],
  [/^(controller|covers|covers-not|follows|limits|transfers)\b/, ({ words }) => [built(words.enforced.fact)]],
];

/**
 * Where a rule is enforced, by its name in the policy file; never empty.
 * @param words of the language that the compiled policy is in
 */
export const enforcementOf =
  (compiled: Compiled, words: PageWords = en) =>
  (id: string): Enforced[] => {
    const rules = { policy: compiled.policy, compiled, words };
    for (const [pattern, say] of families) {
      const match = pattern.exec(id);
      if (!match) continue;
      const said = say(rules, match[1] ?? "", id);
      if (said.length > 0) return said;
    }
    return [missing(rules, words.notBuilt.enforces)];
  };
