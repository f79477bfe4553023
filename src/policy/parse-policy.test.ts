/** Reading policy files: what is right is read whole, what is wrong is said at its place, and nothing throws. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIssue } from "./issue.ts";
import type { Issue } from "./issue.ts";
import { parsePolicy } from "./parse-policy.ts";

const folder = new URL("../../policies/", import.meta.url);
const smallest = readFileSync(new URL("smallest.yaml", folder), "utf8");
const issuesOf = (text: string): Issue[] => parsePolicy(text, "p.yaml").issues;

/** The smallest policy with one change; the change has to find its place. */
function changed(from: string | RegExp, to: string): string {
  const text = smallest.replace(from, () => to);
  if (text === smallest) throw new Error(`nothing to change: ${String(from)}`);
  return text;
}

/** The place of a piece of the text, as an issue gives it. */
function placeOf(text: string, piece: string): { line: number; column: number } {
  const lines = text.slice(0, text.indexOf(piece)).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

describe("policies that run", () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".yaml")))
    it(`${name} is read without an error`, () => {
      const { policy, issues } = parsePolicy(readFileSync(new URL(name, folder), "utf8"), name);
      expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(policy?.file).toBe(name);
    });
});

describe("what is wrong", () => {
  it("is said with place, caret and the near word, all at once", () => {
    const text = changed("  question:", "  qestion:")
      .replace("keep:\n", "kep:\n")
      .replace("ground: contract", "ground: contrct");
    const issues = issuesOf(text);
    expect(issues.map(({ code, line, column }) => ({ code, line, column }))).toEqual([
      { code: "missing", ...placeOf(text, "policy: smallest") },
      { code: "wrong-value", ...placeOf(text, "ground:") },
      { code: "unknown-word", ...placeOf(text, "kep:") },
    ]);
    expect(issues[1]?.remedy).toBe('Did you mean "contract"?');
    expect(issues[2]?.remedy).toBe('Did you mean "keep"?');
    expect(formatIssue(issues[2]!, text).split("\n").slice(1)).toEqual([
      "    kep:",
      "    ^",
      '    Did you mean "keep"?',
    ]);
  });

  it("is said of names that lead nowhere, once the shape is right", () => {
    const text = changed("  question:", "  qestion:").replace(
      "for: answer\n    require",
      "for: anwser\n    require",
    );
    const issues = issuesOf(text);
    expect(issues.map(({ code, remedy }) => [code, remedy])).toEqual([
      ["unknown-purpose", 'Did you mean "answer"?'],
      ["unknown-category", 'Did you mean "qestion"?'],
      ["unknown-category", 'Did you mean "qestion"?'],
      ["unknown-category", 'Did you mean "qestion"?'],
    ]);
  });

  const wrong: [string, string, Issue["code"], string][] = [
    ["a word defined twice", `${smallest}\npolicy: twice\n`, "duplicate-key", "policy: twice"],
    ["an alias", changed("about: answer you", "about: &a answer you"), "alias", "&a"],
    ["a tab that indents", changed("  after: 3 days", "\tafter: 3 days"), "not-yaml", "\tafter"],
    ["a list where text should stand", changed("name: Example Ltd", "name: [a]"), "wrong-type", "name: [a]"],
    ["a number where text should stand", changed("label: E-mail", "label: 7"), "wrong-type", "label: 7"],
    ["a duration that is none", changed("for: 90 days", "for: ages"), "wrong-value", "for: ages"],
    ["a date that is none", changed("2026-12-01", "2026-02-30"), "wrong-value", "effective"],
    ["an address that is none", changed("privacy@example.org", "nobody"), "wrong-value", "email: nobody"],
    [
      "an event that nobody knows",
      changed("for: 90 days", "until: doomsday"),
      "wrong-value",
      "until: doomsday",
    ],
    [
      "a retention without a time",
      changed("for: 90 days", "about: long"),
      "wrong-value",
      "{ data: [email, question], about",
    ],
    [
      "a retention with two ends",
      changed("for: 90 days", "for: 90 days, until: erasure"),
      "wrong-value",
      "{ data: [email, question], for: 90",
    ],
    ["a name with capitals", changed("  answer:", "  Answer:"), "wrong-value", "Answer:"],
    ["version nought", changed("version: 1\neff", "version: 0\neff"), "wrong-value", "version: 0"],
    [
      "an unknown promise",
      changed("for: 90 days", "for: 90 days, keeps: [K99]"),
      "unknown-promise",
      "{ data: [email, question], for: 90",
    ],
    ["an empty list", changed("require: [question]", "require: []"), "wrong-value", "require: []"],
    ["a complex key", changed("erase:\n", "? [a, b]\n: c\nerase:\n"), "not-yaml", "? [a, b]"],
    [
      "text that ends too soon",
      smallest.slice(0, smallest.indexOf("collect:")),
      "missing",
      "policy: smallest",
    ],
    ["brackets left open", `${smallest}\nuse: [`, "not-yaml", "use: ["],
  ];
  for (const [what, text, code, piece] of wrong)
    it(`${what} is ${code}, at its place`, () => {
      const { policy, issues } = parsePolicy(text, "p.yaml");
      expect(policy).toBeNull();
      expect(issues.map((issue) => issue.code)).toContain(code);
      const { line } = issues.find((issue) => issue.code === code)!;
      expect(line).toBe(
        code === "duplicate-key" || code === "not-yaml"
          ? text.split("\n").findLastIndex((one) => one.includes(piece.trim())) + 1
          : placeOf(text, piece).line,
      );
    });

  it("names what is missing in an empty file", () => {
    for (const text of ["", "# nothing\n", "null", "---\n"])
      expect(issuesOf(text)[0]).toMatchObject({ code: "wrong-type", line: 1 });
  });
});

describe("text as it comes from other machines", () => {
  const ways: [string, string][] = [
    ["a byte order mark", `\uFEFF${smallest}`],
    ["CRLF", smallest.replaceAll("\n", "\r\n")],
    ["no last newline", smallest.trimEnd()],
    ["a document marker", `---\n${smallest}...\n`],
  ];
  for (const [what, text] of ways)
    it(`is read with ${what}`, () => {
      expect(issuesOf(text)).toEqual([]);
    });

  it("keeps places right with CRLF", () => {
    const text = changed("for: 90 days", "for: ages").replaceAll("\n", "\r\n");
    expect(issuesOf(text)[0]).toMatchObject({
      line: placeOf(text, "for: ages").line,
      column: placeOf(text, "for: ages").column,
    });
  });
});

describe("text that means harm", () => {
  /** A parser that explodes does not come back within the time that a test has. */
  const refused = (text: string): Issue[] => {
    const issues = issuesOf(text);
    expect(issues.length).toBeGreaterThan(0);
    return issues;
  };

  it("is refused when it has 10 MB", () => {
    expect(refused(smallest + "# x\n".repeat(2_500_000))).toMatchObject([{ code: "too-large" }]);
  });

  it("is refused when it is nested without end", () => {
    for (const text of [
      "[".repeat(100_000),
      "{a: ".repeat(50_000),
      "- ".repeat(100_000),
      "? ".repeat(100_000),
    ])
      expect(refused(text)).toMatchObject([{ code: "too-deep" }]);
    const stairs = Array.from({ length: 900 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
    refused(stairs);
  });

  it("is refused when its aliases would explode", () => {
    const laughs = Array.from(
      { length: 20 },
      (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}*l${i}]`,
    ).join("\n");
    expect(new Set(refused(`l0: &l0 ha\n${laughs}`).map(({ code }) => code))).toEqual(
      new Set(["alias", "too-many"]),
    );
  });

  it("is answered when everything in it is wrong", () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `nothing-${i}`);
    expect(
      refused(changed("for: 90 days }", `for: 90 days }\n  - { data: [${names.join(", ")}], for: 1 day }`))
        .length,
    ).toBe(201);
    const words = names.map((name) => `${name}: 1`).join("\n");
    expect(refused(`${smallest}\n${words}\n`).length).toBe(201);
  });

  it("is refused when a policy of right shape would take forever to check", () => {
    const many = Array.from({ length: 900 }, (_, i) => `  c${i}: { dpv: "pd:Name", about: it }`).join("\n");
    const more = Array.from(
      { length: 190 },
      (_, i) => `  p${i}: { dpv: "dpv:Marketing", ground: contract, about: it }`,
    ).join("\n");
    const big = changed("categories:\n", `categories:\n${many}\n`).replace(
      "purposes:\n",
      `purposes:\n${more}\n`,
    );
    const points = Array.from({ length: 100 }, (_, i) => `  - { at: at${i}, for: p1, offer: c1 }`).join("\n");
    expect(refused(big.replace("collect:\n", `collect:\n${points}\n`))).toMatchObject([
      { code: "too-large" },
    ]);
    expect(refused(big).every(({ code }) => code === "never-decides")).toBe(true);
    const rules = "  - { data: email, for: answer }\n".repeat(6000);
    expect(refused(changed("use:\n", `use:\n${rules}`))).toMatchObject([{ code: "too-large" }]);
  });

  it("cannot reach a prototype by the names that it declares", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      const text = smallest.replaceAll("email", name).replace(`${name}: privacy`, "email: privacy");
      const { policy } = parsePolicy(text, "p.yaml");
      expect(policy === null || Object.keys(policy.categories).includes(name)).toBe(true);
      expect(({} as Record<string, unknown>)["dpv"]).toBeUndefined();
    }
  });
});

describe("any text at all", () => {
  const sound = (text: string): void => {
    const { policy, issues } = parsePolicy(text, "p.yaml");
    const lines = text.split(/\r\n|\r|\n/).length;
    if (policy === null) expect(issues.some(({ severity }) => severity === "error")).toBe(true);
    for (const issue of issues) {
      expect(issue.line).toBeGreaterThan(0);
      expect(issue.line).toBeLessThanOrEqual(lines + 1);
      expect(issue.column).toBeGreaterThan(0);
      expect(issue.message).not.toMatch(/undefined|\[object/);
      expect(issue.remedy.length).toBeGreaterThan(0);
      expect(formatIssue(issue, text)).toContain(issue.remedy);
    }
  };

  it("is read or refused, and never throws", () => {
    const piece = fc.constantFrom(
      "a: ",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "&x ",
      "*x",
      "!!set ",
      "? ",
      "|",
      ">",
      '"',
      "'",
      "\t",
      "\n",
      "\r\n",
      "  ",
      "#",
      "%",
      "\u0000",
      "\uFEFF",
      "__proto__: ",
      "<<: ",
    );
    const soup = fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }).map((parts) => parts.join(""));
    fc.assert(fc.property(soup, sound), { numRuns: 500 });
  });

  it("is read or refused when a policy is cut, doubled or written over", () => {
    const text = readFileSync(new URL("smartergo.yaml", folder), "utf8");
    const at = fc.nat(text.length);
    const blow = fc
      .tuple(
        at,
        fc.nat(400),
        fc.oneof(fc.string(), fc.constantFrom("\t", ": ", "- ", "[", "{", "\n", "x", "9")),
      )
      .map(([from, length, put]) => text.slice(0, from) + put + text.slice(from + length));
    fc.assert(fc.property(blow, sound), { numRuns: 40 });
  });

  it("is read or refused when a value of a policy is another", () => {
    const lines = smallest.split("\n");
    const other = fc
      .tuple(
        fc.nat(lines.length - 1),
        fc.oneof(
          fc.jsonValue().map((value) => JSON.stringify(value)),
          fc.string(),
        ),
      )
      .map(([i, put]) =>
        lines
          .with(
            i,
            (lines[i] ?? "").replace(/: .*$/, () => `: ${put}`),
          )
          .join("\n"),
      );
    fc.assert(fc.property(other, sound), { numRuns: 400 });
  });
});
