/** Policy files broken in every way that hands and programs break files: each is read or refused at a place that exists. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "./compile.ts";
import { decide } from "./decide.ts";
import { explain } from "./explain.ts";
import { formatIssue, issueCodes, mostIssues } from "./issue.ts";
import type { Issue } from "./issue.ts";
import { dpvOf } from "./json-ld.ts";
import { de } from "./messages/de.ts";
import { en } from "./messages/en.ts";
import { parsePolicy } from "./parse-policy.ts";
import { parseWords } from "./parse-words.ts";
import type { Policy } from "./policy.ts";
import { statement } from "./statement.ts";

const folder = new URL("../../policies/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const texts = names.map(read);
const smallest = read("smallest.yaml");

/** Lines end at these, as in editors. */
const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);

function soundIssue(issue: Issue, text: string): void {
  const { code, line, column, message, remedy } = issue;
  expect(Object.keys(issueCodes)).toContain(code);
  const lines = linesOf(text);
  expect(line).toBeGreaterThanOrEqual(1);
  expect(line).toBeLessThanOrEqual(lines.length);
  expect(column).toBeGreaterThanOrEqual(1);
  expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
  expect(message).not.toMatch(/undefined|\[object|(?<!")NaN/);
  expect(remedy).not.toBe("");
  const [head, source, caret, ...rest] = formatIssue(issue, text).split("\n");
  expect(head).toContain(`:${line}:${column}  `);
  expect(source?.length).toBeLessThanOrEqual(104);
  expect(caret).toMatch(/^ {4,104}\^$/);
  expect(rest.join("\n")).toContain(remedy);
}

/** A policy that checks can be run and said: whatever its file looked like. */
function usable(policy: Policy): void {
  const compiled = compile(policy);
  for (const category of Object.keys(policy.categories))
    for (const purpose of Object.keys(policy.purposes)) {
      const ask = { act: "use", category, purpose, status: "active" } as const;
      expect(explain(compiled, ask, decide(compiled, ask))).not.toMatch(/undefined|\[object/);
    }
  for (const messages of [en, de]) expect(statement(policy, messages).sections.length).toBeGreaterThan(0);
  expect(JSON.stringify(dpvOf(policy))).toContain("@context");
}

function sound(text: string): void {
  const { policy, issues } = parsePolicy(text, "p.yaml");
  expect(issues.length).toBeLessThanOrEqual(2 * mostIssues);
  for (const issue of issues) soundIssue(issue, text);
  if (policy === null) expect(issues.some(({ severity }) => severity === "error")).toBe(true);
  else usable(policy);
}

type Break = (text: string) => string;
const near = (share: number, length: number): number => Math.min(length - 1, Math.floor(share * length));
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Something done to one of the lines. */
const onLine = (act: (lines: string[], at: number) => string[]): fc.Arbitrary<Break> =>
  share.map((part) => (text) => {
    const lines = text.split("\n");
    return act(lines, near(part, lines.length)).join("\n");
  });
const lineBreaks = fc.oneof(
  onLine((lines, at) => lines.toSpliced(at, 1)),
  onLine((lines, at) => lines.toSpliced(at, 0, lines[at] ?? "")),
  onLine((lines, at) => lines.toSpliced(at, 2, lines[at + 1] ?? "", lines[at] ?? "")),
  onLine((lines, at) => lines.with(at, ` ${lines[at]}`)),
  onLine((lines, at) => lines.with(at, `    ${lines[at]}`)),
  onLine((lines, at) => lines.with(at, `\t${lines[at]}`)),
  onLine((lines, at) => lines.with(at, (lines[at] ?? "").slice(2))),
  onLine((lines, at) => lines.with(at, `${lines[at]}\r`)),
  onLine((lines, at) => lines.slice(0, at)),
  onLine((lines, at) => [...lines.slice(at), ...lines.slice(0, at)]),
);

const odd = [
  ...["null", "~", "''", "yes", "1e999", "-0", "0x1F", ".inf", ".nan", "2026-13-45", "9007199254740993"],
  ...[
    "*a",
    "&a x",
    "&a",
    "!!binary x",
    "!!js/function x",
    "<<",
    "|",
    ">",
    "%YAML 1.1",
    "---",
    "...",
    "#",
    ": ",
    "? ",
  ],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "everything",
    "[",
    "]",
    "{",
    "}",
    "[[]]",
    "{ a: { b: c } }",
    "\t",
    ",",
  ],
  ...[
    "\u0000",
    "\uFEFF",
    "\u2028",
    "\u202E",
    "\uD800",
    "🙂",
    "é".repeat(300),
    "x".repeat(5000),
    "\r",
    "\n\n",
  ],
];
const words = /[\w-]+/g;
/** One word written over, by an odd one or by another of the same file. */
const wordBreaks = fc
  .tuple(share, fc.oneof(fc.constantFrom(...odd), share))
  .map(([part, by]): Break => (text) => {
    const found = [...text.matchAll(words)];
    const at = found[near(part, found.length)];
    if (at === undefined) return text;
    const put = typeof by === "string" ? by : (found[near(by, found.length)]?.[0] ?? "");
    return text.slice(0, at.index) + put + text.slice(at.index + at[0].length);
  });
/** Two words in each other's place. */
const swaps = fc.tuple(share, share).map(([one, other]): Break => (text) => {
  const found = [...text.matchAll(words)];
  const [a, b] = [found[near(one, found.length)], found[near(other, found.length)]].sort(
    (x, y) => (x?.index ?? 0) - (y?.index ?? 0),
  );
  if (a === undefined || b === undefined || a === b) return text;
  const [afterA, afterB] = [a.index + a[0].length, b.index + b[0].length];
  return text.slice(0, a.index) + b[0] + text.slice(afterA, b.index) + a[0] + text.slice(afterB);
});
/** Bytes written over, put in or taken out, as a bad disk or a wrong encoding does. */
const byteBreaks = fc
  .tuple(share, fc.uint8Array({ maxLength: 6 }), fc.nat(6))
  .map(([part, put, gone]): Break => (text) => {
    const bytes = Buffer.from(text);
    const at = near(part, bytes.length);
    return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + gone)]).toString("utf8");
  });

const breaks = fc.array(fc.oneof(lineBreaks, wordBreaks, swaps, byteBreaks), { minLength: 1, maxLength: 4 });
const broken = (from: string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...from), breaks).map(([text, all]) => all.reduce((so, act) => act(so), text));

describe("a policy file that was broken", () => {
  it("is read or refused, the smallest", () => {
    fc.assert(fc.property(broken([smallest]), sound), { numRuns: 400 });
  });

  it("is read or refused, each that there is", () => {
    fc.assert(fc.property(broken(texts), sound), { numRuns: 40 });
  });

  it("is read or refused when it is words in another language", () => {
    const policy = parsePolicy(smallest, "p.yaml").policy!;
    const file = readFileSync(new URL("words/selmo.de.yaml", folder), "utf8");
    fc.assert(
      fc.property(broken([file, file.replace("policy: selmo", "policy: smallest")]), (text) => {
        const { policy: german, issues } = parseWords(text, "w.yaml", policy);
        for (const issue of issues) soundIssue(issue, text);
        if (german !== null) expect(statement(german, de).sections.length).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });
});

describe("all that is wrong", () => {
  const faults: [string, string, string, string][] = [
    ["  email: privacy@", "  emial: privacy@", "unknown-word", 'Did you mean "email"?'],
    ["ground: contract", "ground: contrakt", "wrong-value", 'Did you mean "contract"?'],
    ["version: 1\neff", "version: one\neff", "wrong-type", "Write a number here."],
    ["for: 90 days", "for: a while", "wrong-value", ""],
    ["notice: 30 days", "notise: 30 days", "unknown-word", 'Did you mean "notice"?'],
  ];
  it("is said at once, each at its place, in a file from any machine", () => {
    const text = faults.reduce((so, [from, to]) => so.replace(from, to), smallest);
    for (const way of [text, `\uFEFF${text}`, text.replaceAll("\n", "\r\n"), text.replaceAll("\n", "\r")]) {
      const { issues } = parsePolicy(way, "p.yaml");
      for (const [, to, code, remedy] of faults) {
        const wrong = to.trim().split("\n")[0] ?? "";
        const line = linesOf(way).findIndex((one) => one.includes(wrong)) + 1;
        const said = issues.filter((issue) => issue.code === code && issue.line === line);
        expect(said.map((issue) => issue.remedy).join(" ")).toContain(remedy);
        expect(said).not.toEqual([]);
      }
    }
  });

  it("is said of cycles and of what repeats itself without end", () => {
    for (const text of [
      "a: &a [*a]",
      "&a a: *a",
      "policy: &p { policy: *p }",
      "? &k [*k]\n: 1",
      "<<: &m { <<: *m }",
    ])
      expect(parsePolicy(text, "p.yaml").issues.map(({ code }) => code)).toContain("alias");
  });

  it("is one thing of a file of 10 MB, whatever is in it", () => {
    for (const piece of ["x", "a: ", "- ", "[", '"', "\n", "\t", "&a *a ", "\u0000", "🙂"]) {
      const { policy, issues } = parsePolicy(piece.repeat(Math.ceil(10_000_000 / piece.length)), "p.yaml");
      expect(policy).toBeNull();
      expect(issues.map(({ code }) => code)).toEqual(["too-large"]);
    }
  });
});
