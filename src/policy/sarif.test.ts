/** Issues for a code host. */
import { expect, it } from "vitest";
import { parsePolicy } from "./parse-policy.ts";
import { sarifOf } from "./sarif.ts";

it("gives each issue its place, level and rule", () => {
  const { issues } = parsePolicy("policy: x\npolicy: y\n\tz: 1\n", "policies/x.yaml");
  const log = sarifOf(issues) as {
    version: string;
    runs: { tool: { driver: { rules: { id: string }[] } }; results: Record<string, unknown>[] }[];
  };
  expect(log.version).toBe("2.1.0");
  const [run] = log.runs;
  expect(run?.results.length).toBe(issues.length);
  expect(run?.results).toContainEqual({
    ruleId: "duplicate-key",
    level: "error",
    message: { text: '"policy" is defined twice. Keep one of the two.' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "policies/x.yaml" },
          region: { startLine: 2, startColumn: 1 },
        },
      },
    ],
  });
  const known = new Set(run?.tool.driver.rules.map(({ id }) => id));
  for (const { ruleId } of run?.results ?? []) expect(known).toContain(ruleId);
});

it("gives no place where there is none", () => {
  const log = JSON.stringify(
    sarifOf([
      { code: "missing", severity: "warning", file: "x", line: 0, column: 0, message: "a", remedy: "b" },
    ]),
  );
  expect(log).not.toContain("region");
});
