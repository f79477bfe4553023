// The text of a policy as large as the largest that we expect: 100 categories, 40 purposes, 30 recipients, about 300 rules.

const count = { categories: 100, purposes: 40, recipients: 30, groups: 10, roles: 6 };
const regions = ["US", "EEA", "UK", "CH"];

const each = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join("\n");
const list = (names: readonly string[]): string => `[${names.join(", ")}]`;

/** Categories come in ten groups of ten; each serves eight of the purposes. */
const dataOf = (group: number): string[] =>
  Array.from({ length: 10 }, (_, i) => `category-${(group % count.groups) * 10 + i}`);
const purposesOf = (group: number): string[] =>
  Array.from({ length: 8 }, (_, i) => `purpose-${((group % count.groups) * 4 + i) % count.purposes}`);

/** Some of a group's categories and purposes, other ones for each number. */
const someOf = (all: readonly string[], n: number, size: number): string[] =>
  Array.from({ length: size }, (_, i) => all[(n * 3 + i) % all.length] ?? "");

const grounds = ["contract", "opt-in", "opt-out", "legitimate-interest"];
const purpose = (i: number): string => {
  const ground = grounds[i % grounds.length] ?? "";
  const choice = ground.startsWith("opt") ? `, choice: choice-${i % 5}` : "";
  const strict = ground === "opt-out" ? ", region: { EEA: opt-in, UK: opt-in }" : "";
  return `  purpose-${i}: { dpv: "dpv:ServiceProvision", ground: ${ground}, about: do the work ${i}, because: an interest${choice}${strict} }`;
};

const recipient = (i: number): string =>
  [
    `  recipient-${i}:`,
    `    name: Recipient ${i}`,
    "    about: helps us",
    '    dpv: "dpv:DataProcessor"',
    "    kind: processor",
    `    agreement: { signed: 2026-01-01, review: 2036-01-01, for: ${list(purposesOf(i))} }`,
  ].join("\n");

const role = (i: number): string =>
  [
    `  role-${i}:`,
    `    label: Role ${i}`,
    "    about: looks after people",
    "    look:",
    each(5, (n) => `      - { data: ${list(dataOf(i + n))}, for: ${list(someOf(purposesOf(i + n), n, 2))} }`),
  ].join("\n");

const refusal = (i: number): string =>
  [
    `  - { act: share, to: recipient-${i}, age: under }`,
    `  - { act: look, by: role-${i % count.roles}, data: ${list(someOf(dataOf(i), i, 3))}, status: restricted }`,
    `  - { data: ${list(someOf(dataOf(i), i, 2))}, region: EEA, age: [under, unknown] }`,
  ][i % 3] ?? "";

export const largePolicy = (version: number): string => `policy: large
version: ${version}
effective: 2026-12-01
controller: { name: Example Ltd, email: privacy@example.org }
terms: { version: 1, title: Terms of use, text: [Use this site kindly.] }
categories:
${each(count.categories, (i) => `  category-${i}: { dpv: "pd:Name", about: your datum ${i} }`)}
purposes:
${each(count.purposes, purpose)}
choices:
${each(5, (i) => `  choice-${i}: { label: Choice ${i}, about: what you may choose, where: profile }`)}
regions:
${regions.map((region, i) => `  ${region}: { label: ${region}${i === 0 ? "" : `, countries: [${region.slice(0, 2)}]`} }`).join("\n")}
region-if-unknown: EEA
recipients:
${each(count.recipients, recipient)}
collect:
${each(count.groups, (i) => `  - { at: point-${i}, for: ${list(purposesOf(i))}, offer: ${list(dataOf(i))} }`)}
use:
${each(80, (i) => `  - { data: ${list(dataOf(i))}, for: ${purposesOf(i)[Math.floor(i / 10)]} }`)}
share:
${each(90, (i) => `  - { to: recipient-${i % 30}, data: ${list(someOf(dataOf(i), i, 6))}, for: ${list(someOf(purposesOf(i), i, 3))}, ground: processor }`)}
keep:
${each(count.groups, (i) => `  - { data: ${list(dataOf(i))}, for: ${30 + i} days }`)}
roles:
${each(count.roles, role)}
refuse:
${each(24, refusal)}
never:
${each(10, (i) => `  - { id: never-${i}, act: share, data: category-${i}, to: recipient-${(i + 1) % 30} }`)}
erase: { after: 3 days }
restrict: { leaves: [purpose-0] }
age: { limit: 13, unknown: allow, about: children may not }
rights: { see: {}, correct: {}, restrict: {}, erase: {} }
contact: { answer: 14 days }
sign-in: { ask-again: 30 minutes, notice: Choose a long password. }
changes: { notice: 30 days, by: [mail], about: each version is kept }
`;
