/** Finds every name in a policy that leads nowhere, and every rule name given twice (P3). */
import { listIssues } from "./issue.ts";
import type { Issue, IssueCode } from "./issue.ts";
import { meant } from "./near-word.ts";
import type { Field, Place, Policy, Rule, Scope } from "./policy.ts";
import { placeOfName } from "./place-of-name.ts";
import { promiseIds } from "./promise-ids.ts";

type Kind = { code: IssueCode; noun: string; known: string[] };
type Kinds = Record<
  "category" | "purpose" | "recipient" | "region" | "choice" | "role" | "point" | "promise",
  Kind
>;

function kindsOf(policy: Policy): Kinds {
  const kind = (code: IssueCode, noun: string, known: string[]): Kind => ({ code, noun, known });
  return {
    category: kind("unknown-category", "category", Object.keys(policy.categories)),
    purpose: kind("unknown-purpose", "purpose", Object.keys(policy.purposes)),
    recipient: kind("unknown-recipient", "recipient", Object.keys(policy.recipients)),
    region: kind("unknown-region", "region", Object.keys(policy.regions)),
    choice: kind("unknown-choice", "choice", Object.keys(policy.choices)),
    role: kind("unknown-role", "role", Object.keys(policy.roles)),
    point: kind(
      "unknown-point",
      "collection point",
      policy.collect.map(({ point }) => point),
    ),
    promise: kind("unknown-promise", "promise", promiseIds),
  };
}

type Named = { at: Place; kind: keyof Kinds; name: string };

const named = (at: Place, kind: keyof Kinds, names: readonly string[]): Named[] =>
  names.map((name) => ({ at, kind, name }));

const ofScope = (at: Place, scope: Scope): Named[] => [
  ...named(at, "category", scope.data),
  ...named(at, "purpose", scope.for),
  ...named(at, "recipient", scope.to),
  ...named(at, "point", scope.at),
  ...named(at, "role", scope.by),
  ...named(at, "region", scope.region),
  ...named(at, "category", scope.except.data),
  ...named(at, "purpose", scope.except.for),
  ...named(at, "recipient", scope.except.to),
];

const optional = (name: string | null): string[] => (name === null ? [] : [name]);
const ofFields = (fields: Field[]): string[] => fields.map(({ category }) => category);

function namesIn(policy: Policy): Named[] {
  const { purposes, collect, use, share, keep, cookies, roles, recipients, transfers } = policy;
  const ends = [policy.erase, policy.restrict];
  return [
    ...Object.values(purposes).flatMap(({ at, region, choice }) => [
      ...named(at, "region", Object.keys(region)),
      ...named(at, "choice", optional(choice)),
    ]),
    ...collect.flatMap(({ at, require, offer, passive, choices, from, ...point }) => [
      ...named(at, "category", [require, offer, passive].flatMap(ofFields)),
      ...named(at, "purpose", point.for),
      ...named(at, "choice", choices),
      ...named(at, "recipient", optional(from)),
    ]),
    ...use.flatMap((rule) => [
      ...named(rule.at, "category", rule.data),
      ...named(rule.at, "purpose", rule.for),
    ]),
    ...share.flatMap((rule) => [
      ...named(rule.at, "recipient", rule.to),
      ...named(rule.at, "category", rule.data),
      ...named(rule.at, "purpose", rule.for),
    ]),
    ...keep.flatMap(({ at, data, points }) => [
      ...named(at, "category", data),
      ...named(at, "point", points),
    ]),
    ...cookies.flatMap(({ at, purpose }) => named(at, "purpose", [purpose])),
    ...Object.values(roles).flatMap(({ look }) =>
      look.flatMap((rule) => [
        ...named(rule.at, "category", rule.data),
        ...named(rule.at, "purpose", rule.for),
      ]),
    ),
    ...Object.values(recipients).flatMap(({ at, agreement }) => named(at, "purpose", agreement?.for ?? [])),
    ...[...policy.refuse, ...policy.claims].flatMap(({ at, scope }) => ofScope(at, scope)),
    ...transfers.flatMap(({ at, from }) => named(at, "region", from)),
    ...ends.flatMap(({ at, leaves }) => named(at, "purpose", leaves)),
    ...policy.erase.holds.flatMap(({ byLaw }) => named(policy.erase.at, "category", byLaw)),
    ...settingNames(policy),
  ];
}

function settingNames({ age, signals, statistics, regionIfUnknown, regions }: Policy): Named[] {
  const top = { line: 1, column: 1 };
  return [
    ...(age === null ? [] : named(age.at, "point", age.ask)),
    ...(signals === null ? [] : named(signals.at, "choice", signals.gpc)),
    ...(statistics === null
      ? []
      : [
          ...named(statistics.at, "category", statistics.from),
          ...named(statistics.at, "purpose", statistics.for),
        ]),
    ...(Object.keys(regions).length === 0 ? [] : named(top, "region", [regionIfUnknown])),
  ];
}

/** Every part of a policy that has a name and a place. */
export function rulesIn(policy: Policy): Rule[] {
  const { categories, purposes, choices, recipients, roles, regions } = policy;
  return [
    ...[categories, purposes, choices, recipients, roles, regions].flatMap((group) =>
      Object.values<Rule>(group),
    ),
    ...Object.values(roles).flatMap(({ look }) => look),
    ...[policy.terms, ...policy.guidelines, ...policy.follows],
    ...[policy.collect, policy.use, policy.share, policy.keep, policy.cookies].flat(),
    ...[policy.refuse, policy.claims, policy.transfers, policy.resolve].flat(),
    ...[policy.scope.covers, policy.scope.not, policy.protection, policy.limits].flat(),
    ...Object.values(policy.rights),
    ...[policy.controller, policy.erase, policy.restrict, policy.contact, policy.signIn, policy.changes],
    ...[policy.backup, policy.age, policy.statistics, policy.signals].filter((rule) => rule !== null),
  ];
}

/** Names that lead nowhere, as errors, each with the near one that exists; `text` is the file's, to point at the name. */
export function checkNames(policy: Policy, text = ""): Issue[] {
  const kinds = kindsOf(policy);
  const sets = new Map(Object.values(kinds).map((kind) => [kind, new Set(kind.known)]));
  const lines = text.split(/\r\n|\r|\n/);
  const promised = rulesIn(policy).flatMap(({ at, keeps }) => named(at, "promise", keeps));
  const loose = [...namesIn(policy), ...promised].filter(
    ({ kind, name }) => !sets.get(kinds[kind])?.has(name),
  );
  return listIssues(loose, ({ at, kind, name }) => ({
    code: kinds[kind].code,
    severity: "error",
    file: policy.file,
    ...placeOfName(lines, name, at),
    message: `There is no ${kinds[kind].noun} "${name}".`,
    remedy: meant(name, kinds[kind].known, kinds[kind].noun),
  }));
}
