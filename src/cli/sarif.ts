// Findings as SARIF 2.1.0 (OASIS), so that a code host shows them at the lines of the policy file (P3).
import { issueCodes, type Issue } from "../policy/issue.ts";

type Level = "error" | "warning" | "note";
export type Finding = { issue: Issue; level: Level };

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** A path as a URI reference: relative paths stay relative, to the folder that the command ran in. */
const uriOf = (file: string): string => {
  const encoded = file.split(/[\\/]/).map(encodeURIComponent).join("/");
  return file.startsWith("/") ? `file://${encoded}` : encoded;
};

/** A finding that has no place in the file is about the whole of it. */
const locationOf = ({ file, line, column }: Issue) => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(file) },
    ...(line > 0 ? { region: { startLine: line, startColumn: Math.max(1, column) } } : {}),
  },
});

/** One run of the check, as a SARIF log. Each code that was found is a rule, with its meaning. */
export const sarifOf = (findings: readonly Finding[], version: string) => {
  const codes = [...new Set(findings.map(({ issue }) => issue.code))];
  return {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "upheld check",
            version,
            rules: codes.map((id) => ({ id, shortDescription: { text: issueCodes[id] } })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ issue, level }) => ({
          ruleId: issue.code,
          ruleIndex: codes.indexOf(issue.code),
          level,
          message: { text: `${issue.message} ${issue.remedy}`.trim() },
          locations: [locationOf(issue)],
        })),
      },
    ],
  };
};
