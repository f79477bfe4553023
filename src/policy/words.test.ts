/** The small parts: near words, durations, the form of an issue, the list of promises. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { businessDays, durationDays } from "./duration.ts";
import { formatIssue } from "./issue.ts";
import type { Issue } from "./issue.ts";
import { meant, nearWord } from "./near-word.ts";
import { promiseIds } from "./promise-ids.ts";

describe("the near word", () => {
  const known = ["email", "chat-log", "user-name", "postal-address"];

  it("is found through a slip, another spelling, or letters that changed places", () => {
    for (const [typed, near] of [
      ["emial", "email"],
      ["E_Mail", "email"],
      ["chatlog", "chat-log"],
      ["username", "user-name"],
      ["postal-adress", "postal-address"],
      ["userName", "user-name"],
    ] as const)
      expect(nearWord(typed, known)).toBe(near);
  });

  it("is not made up", () => {
    for (const typed of ["phone", "x", "", "a".repeat(100_000)]) expect(nearWord(typed, known)).toBeNull();
    expect(meant("phone", known, "category")).toBe("Use one of: email, chat-log, user-name, postal-address.");
    expect(meant("phone", [], "category")).toBe("Declare the category first.");
  });
});

describe("durations", () => {
  it("are days, never fewer than a calendar would give from a month up", () => {
    for (const [text, days] of [
      ["1 day", 1],
      ["90 days", 90],
      ["2 weeks", 14],
      ["6 hours", 0.25],
      ["1 month", 31],
      ["6 months", 183],
      ["1 year", 366],
      ["10 years", 3653],
      ["0 days", 0],
    ] as const)
      expect(durationDays(text)).toBe(days);
  });

  it("are refused in any other form", () => {
    for (const text of [
      "",
      "forever",
      "-1 days",
      "1.5 days",
      "1 fortnight",
      "999999 days",
      "1  day",
      "1 day ",
      "10 business days",
    ])
      expect(durationDays(text)).toBeNull();
    expect(businessDays("10 business days")).toBe(10);
    expect(businessDays("10 days")).toBeNull();
  });
});

describe("an issue for a terminal", () => {
  const issue: Issue = {
    code: "missing",
    severity: "error",
    file: "p.yaml",
    line: 2,
    column: 5,
    message: "It is missing.",
    remedy: "Add it.",
  };
  const lines = (text: string, change: Partial<Issue> = {}): string[] =>
    formatIssue({ ...issue, ...change }, text).split("\n");

  it("has place, line, caret and remedy", () => {
    expect(lines("a: 1\nbb: {}\n")).toEqual([
      "p.yaml:2:5  error  It is missing. [missing]",
      "    bb: {}",
      "        ^",
      "    Add it.",
    ]);
  });

  it("points right in a long line, a line with tabs, and one with CRLF", () => {
    const [, shown = "", caret = ""] = lines(`x\n${"a".repeat(500)}B${"c".repeat(500)}`, { column: 501 });
    expect(shown.length).toBeLessThan(110);
    expect(shown[caret.indexOf("^")]).toBe("B");
    const [, tabbed = "", under = ""] = lines("x\r\n\t\t\tQ: 1\r\n", { column: 4 });
    expect(tabbed[under.indexOf("^")]).toBe("Q");
  });

  it("shows no control character of a file, since a terminal would obey it", () => {
    const shown = formatIssue(issue, "x\n\u001b[31mred\u202e\u0007");
    // oxlint-disable-next-line no-control-regex
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  it("says the rest where there is no such line", () => {
    expect(lines("", { line: 0, column: 0 })).toEqual([
      "p.yaml:0:0  error  It is missing. [missing]",
      "    Add it.",
    ]);
  });
});

describe("the promises", () => {
  it("are those that src/promises.json lists, and the sentences of the two statements", () => {
    const listed = JSON.parse(readFileSync(new URL("../promises.json", import.meta.url), "utf8")) as {
      id: string;
    }[];
    expect(listed.map(({ id }) => id).sort()).toEqual(promiseIds.filter((id) => !id.includes("-")).sort());
    expect(promiseIds).toContain("S-53");
    expect(promiseIds).toContain("E-62");
    expect(new Set(promiseIds).size).toBe(64 + 53 + 62);
  });
});
