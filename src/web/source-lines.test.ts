// The lines of a rule are its own: the one that it begins on, and the deeper ones after it.
import { describe, expect, it } from "vitest";
import { sourceLines } from "./source-lines.ts";

const text = [
  "collect:",
  "  - at: sign-in",
  "    label: Sign in",
  "",
  "    for: [a]",
  "",
  "  - at: page",
  "use: []",
];

describe("the lines of a rule", () => {
  it("are those that belong to it, without the indent that they share", () => {
    expect(sourceLines(text.join("\n"), 2)).toEqual({
      lines: ["- at: sign-in", "  label: Sign in", "", "  for: [a]"],
      more: 0,
    });
    expect(sourceLines(text.join("\r\n"), 7)).toEqual({ lines: ["- at: page"], more: 0 });
    expect(sourceLines(text.join("\n"), 8).lines).toEqual(["use: []"]);
  });

  it("are cut after so many, and the rest is counted", () => {
    expect(sourceLines(text.join("\n"), 1, 3)).toEqual({
      lines: ["collect:", "  - at: sign-in", "    label: Sign in"],
      more: 4,
    });
  });

  it("are none where a rule stands nowhere", () => {
    for (const at of [0, -1, 99]) expect(sourceLines("a", at)).toEqual({ lines: [], more: 0 });
  });
});
