/** One thing found wrong with a policy, at the rule that it concerns (P3). */
import type { Issue, IssueCode } from "../issue.ts";
import type { Policy, Rule } from "../policy.ts";

export type Find = (
  rule: Pick<Rule, "at">,
  code: IssueCode,
  message: string,
  remedy: string,
  severity?: Issue["severity"],
) => Issue;

/** Makes issues for one policy; an issue is an error unless it says otherwise. */
export const finder =
  ({ file }: Policy): Find =>
  ({ at }, code, message, remedy, severity = "error") => ({ code, severity, file, ...at, message, remedy });

/** A few of many names, for a message that stays readable. */
export const some = (names: Iterable<string>, most = 6): string => {
  const all = [...new Set(names)];
  return all.length > most
    ? `${all.slice(0, most).join(", ")} and ${all.length - most} more`
    : all.join(", ");
};
