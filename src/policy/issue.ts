/** What is wrong with a policy, where, and what would be right: nothing runs while an error stands (P3). */

/** Frozen: a code once given never changes its meaning, so that a pipeline can rely on it. */
export const issueCodes = {
  "not-yaml": "The text is not YAML that can be read.",
  "too-large": "The file is larger than a policy may be.",
  "too-deep": "The file is nested deeper than a policy may be.",
  "too-many": "More is wrong than a list of issues can hold.",
  alias: "YAML anchors and aliases are not allowed, since they hide what a rule says.",
  "duplicate-key": "The same word is defined twice.",
  "unknown-word": "The word has no meaning at this place.",
  missing: "Something needed is not there.",
  "wrong-type": "The value has the wrong shape.",
  "wrong-value": "The value is none of those that are allowed.",
  "unknown-category": "The category is not declared.",
  "unknown-purpose": "The purpose is not declared.",
  "unknown-recipient": "The recipient is not declared.",
  "unknown-region": "The region is not declared.",
  "unknown-choice": "The choice is not declared.",
  "unknown-role": "The role is not declared.",
  "unknown-point": "The collection point is not declared.",
  "unknown-place": "The place where a choice is made does not exist.",
  "unknown-claim": "The claim is not stated.",
  "unknown-promise": "The promise or seed sentence does not exist.",
  "unknown-term": "The vocabulary has no such term.",
  "duplicate-rule": "Two rules have the same name.",
  "no-end": "A category is collected, and nothing says when it ends.",
  "two-ends": "Two rules give the same data different ends.",
  "no-purpose": "A category is collected for purposes that nothing uses it for.",
  "not-collected": "A category is used, shared or kept, and nothing collects it.",
  "beyond-use": "A category is shown or shared for a purpose that it is not used for.",
  "no-reason": "A ground needs its reason in words.",
  "no-choice": "A purpose rests on a choice that cannot be made.",
  "choice-changes-nothing": "A choice is offered, and no decision depends on it.",
  "no-address": "A way to make a choice needs an address that is not given.",
  "no-agreement": "A processor or partner has no agreement on file for what it receives.",
  "no-evidence": "A share has a ground that cannot be shown.",
  "no-transfer": "Data of a region goes to another country, and no mechanism is named.",
  "special-ground": "A special category is used on a ground that does not carry it.",
  "cookie-ground": "A cookie that is not needed rests on no choice.",
  "never-decides": "A rule can never decide anything.",
  "never-broken": "The file says that something never happens, and its rules allow it.",
  "may-broken": "The file says that something is done, and its rules allow none of it.",
  contradiction: "Two statements of the policy cannot both be true.",
  "resolved-contradiction": "Two statements contradict each other, and the file settles it.",
  "not-declared": "The running code does something that the policy does not declare.",
  "not-enforced": "The policy promises something that no running code enforces.",
} as const;

export type IssueCode = keyof typeof issueCodes;

export type Issue = {
  code: IssueCode;
  severity: "error" | "warning";
  file: string;
  /** From 1; 0 where the policy was not read from a file. */
  line: number;
  column: number;
  message: string;
  remedy: string;
};

/** So many are listed; what a larger list would cost and help nobody is only counted. */
export const mostIssues = 200;

/** Makes issues of the first of many findings, and one that counts the rest. */
export function listIssues<T>(findings: readonly T[], make: (finding: T) => Issue): Issue[] {
  const made = findings.slice(0, mostIssues).map(make);
  const last = made.at(-1);
  if (last === undefined || findings.length <= mostIssues) return made;
  const message = `${findings.length - mostIssues} more things of this kind are wrong.`;
  return [...made, { ...last, code: "too-many", message, remedy: "Mend the ones above first." }];
}

/** Many control characters and long lines would break a terminal: what cannot be shown is shown as a dot. */
function visible(line: string): string {
  // oxlint-disable-next-line no-control-regex
  return line.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    "·",
  );
}

/** Cuts a long source line to a window round the column, and says where in the window the column stands. */
function window(line: string, column: number): { shown: string; caret: number } {
  const width = 100;
  const tabs = line.replace(/\t/g, " ");
  const from = Math.max(0, Math.min(column - 1, tabs.length) - width / 2);
  return { shown: visible(tabs.slice(from, from + width)), caret: Math.max(0, column - 1 - from) };
}

/**
 * One issue for a terminal: place and message, the source line, a caret, the remedy.
 * `text` is the text that was parsed; without a place in it only the message and remedy are given.
 */
export function formatIssue(issue: Issue, text: string): string {
  const head = `${issue.file}:${issue.line}:${issue.column}  ${issue.severity}  ${issue.message} [${issue.code}]`;
  const line = text.split(/\r\n|\r|\n/, issue.line)[issue.line - 1];
  if (line === undefined) return `${head}\n    ${issue.remedy}`;
  const { shown, caret } = window(line, issue.column);
  return `${head}\n    ${shown}\n    ${" ".repeat(caret)}^\n    ${issue.remedy}`;
}
