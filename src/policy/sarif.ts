/** Issues in SARIF 2.1.0, so that a code host shows each at its line of the policy file (P3). */
import { issueCodes } from "./issue.ts";
import type { Issue, IssueCode } from "./issue.ts";

type Sarif = Record<string, unknown>;

const ruleOf = (id: IssueCode): Sarif => ({ id, shortDescription: { text: issueCodes[id] } });

function resultOf({ code, severity, file, line, column, message, remedy }: Issue): Sarif {
  const region = line > 0 ? { region: { startLine: line, startColumn: Math.max(1, column) } } : {};
  return {
    ruleId: code,
    level: severity,
    message: { text: `${message} ${remedy}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: file }, ...region } }],
  };
}

/** One run of the check as a SARIF log (OASIS, 2.1.0). Files are named as they were given, relative to where one stands. */
export function sarifOf(issues: readonly Issue[]): Sarif {
  const codes = [...new Set(issues.map(({ code }) => code))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      { tool: { driver: { name: "upheld check", rules: codes.map(ruleOf) } }, results: issues.map(resultOf) },
    ],
  };
}
