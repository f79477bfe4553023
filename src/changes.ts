// Everything in which two versions of a policy differ, down to the words of a rule, and what people are owed for it (P2, P3).
import { rulesIn } from "./policy/check-names.ts";
import { compare, type Comparison } from "./policy/compare-policies.ts";
import { statement, type Messages, type Policy, type Table } from "./policy/core.ts";
import { en } from "./policy/messages/en.ts";

/** A row of a table of the statement before and now; null where there was none, or is none any more. */
export type RowChange = { name: string; before: string[] | null; after: string[] | null };

/** What has to happen before wider uses begin, and when: dates are calendar days, "2026-12-01". */
export type Owed = {
  /** Purposes that wait until a person has been told. */
  notice: string[];
  /** Purposes that wait for a person's own yes. */
  consent: string[];
  /** Day by which people are told, so that wider uses begin with the version; null where no notice is due. */
  tellBy: string | null;
};

export type Changes = Comparison & {
  cookies: RowChange[];
  /** Countries whose people come under another region's rules. */
  countries: { country: string; before: string; after: string }[];
  /** Rules that are written differently, with their lines; null where a version does not have the rule. */
  rules: { id: string; before: number | null; after: number | null }[];
  owed: Owed;
  /** Why the new version could not take the old one's place as it stands. */
  warnings: string[];
};

const dayInMs = 86_400_000;

const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(date) - days * dayInMs).toISOString().slice(0, 10);

/** A rule's words without its place, so that a rule that only moved is the same. */
const wordsOf = (rule: unknown): string =>
  JSON.stringify(rule, (key, value: unknown) =>
    key === "at" && typeof value === "object" && value !== null && "line" in value ? undefined : value,
  );

type Written = { line: number | null; words: string };

const lines = (policy: Policy): Map<string, Written> =>
  new Map<string, Written>([
    ...rulesIn(policy).map((rule): [string, Written] => [
      rule.id,
      { line: rule.at.line, words: wordsOf(rule) },
    ]),
    ["language", { line: null, words: policy.language }],
    ["region-if-unknown", { line: null, words: policy.regionIfUnknown }],
  ]);

const rulesChanged = (before: Policy, after: Policy): Changes["rules"] => {
  const [old, young] = [lines(before), lines(after)];
  return [...new Set([...young.keys(), ...old.keys()])]
    .filter((id) => old.get(id)?.words !== young.get(id)?.words)
    .map((id) => ({ id, before: old.get(id)?.line ?? null, after: young.get(id)?.line ?? null }));
};

const cookieTable = (policy: Policy, messages: Messages): Table | undefined =>
  statement(policy, messages)
    .sections.find(({ id }) => id === "cookies")
    ?.tables?.at(0);

const cookiesChanged = (before: Policy, after: Policy, messages: Messages): RowChange[] => {
  const rows = (policy: Policy) =>
    new Map((cookieTable(policy, messages)?.rows ?? []).map((row) => [row[0] ?? "", row]));
  const [old, young] = [rows(before), rows(after)];
  return [...new Set([...young.keys(), ...old.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name) ?? null, young.get(name) ?? null];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ name, before: was, after: is }];
  });
};

/** The region for whatever country no region names: the one that names none, or that of people whose country nobody knows. */
const elsewhere = ({ regions, regionIfUnknown }: Policy): string =>
  Object.entries(regions).find(([, { countries }]) => countries.length === 0)?.[0] ?? regionIfUnknown;

const countriesMoved = (before: Policy, after: Policy): Changes["countries"] => {
  const named = ({ regions }: Policy) =>
    new Map(
      Object.entries(regions).flatMap(([region, { countries }]) =>
        countries.map((country) => [country, region]),
      ),
    );
  const [old, young] = [named(before), named(after)];
  return [...new Set([...old.keys(), ...young.keys()])].sort().flatMap((country) => {
    const was = old.get(country) ?? elsewhere(before);
    const is = young.get(country) ?? elsewhere(after);
    return was === is ? [] : [{ country, before: was, after: is }];
  });
};

/** A purpose may wait for a notice to some people and for the yes of others. */
const owedFor = ({ asks, waits, effective, noticeDays }: Comparison): Owed => {
  const waiting = (owed: string) => [
    ...new Set([
      ...asks.filter(({ due }) => due === owed).map(({ purpose }) => purpose),
      ...Object.keys(waits).filter((purpose) => waits[purpose] === owed),
    ]),
  ];
  const notice = waiting("notice");
  return {
    notice,
    consent: waiting("consent"),
    tellBy: notice.length > 0 ? daysBefore(effective, noticeDays) : null,
  };
};

const texts = ({ terms, guidelines }: Policy) => new Map([terms, ...guidelines].map((one) => [one.id, one]));

const warningsFor = (before: Policy, after: Policy): string[] => {
  if (before.policy !== after.policy)
    return [`These are two policies, "${before.policy}" and "${after.policy}", and not two versions of one.`];
  const old = texts(before);
  const rewritten = [...texts(after).values()].filter(({ id, version, title, text }) => {
    const was = old.get(id);
    return was?.version === version && wordsOf([was.title, was.text]) !== wordsOf([title, text]);
  });
  return [
    ...(after.version <= before.version
      ? [
          `The new file says version ${after.version}, and the old one ${before.version}: give it a higher one, or the service refuses to start with it.`,
        ]
      : []),
    ...rewritten.map(
      ({ title, version }) =>
        `The text of "${title}" has changed, and its version is still ${version}: give it a higher one, or the service refuses to start with it.`,
    ),
  ];
};

/** Whether the versions differ in their numbers and dates at most. */
export const isUnchanged = ({
  asks,
  ends,
  documents,
  clauses,
  cookies,
  countries,
  rules,
}: Changes): boolean =>
  [asks, ends, documents, clauses, cookies, countries, rules].every((list) => list.length === 0);

/** What a new version changes. Takes a fraction of a second. */
export const changesBetween = (before: Policy, after: Policy, messages: Messages = en): Changes => {
  const comparison = compare(before, after, messages);
  const changes: Changes = {
    ...comparison,
    cookies: cookiesChanged(before, after, messages),
    countries: countriesMoved(before, after),
    rules: rulesChanged(before, after),
    owed: owedFor(comparison),
    warnings: [],
  };
  return isUnchanged(changes) ? changes : { ...changes, warnings: warningsFor(before, after) };
};
