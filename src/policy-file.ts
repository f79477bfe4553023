// From a policy file to what the rooms ask of it: it is read and checked once, at the start (P1, P3).
import { readFile } from "node:fs/promises";
import type { PublishedDocument } from "./collect/publish-documents.ts";
import type { PolicyForKeep } from "./keep/put-in-force.ts";
import { StartError } from "./keep/start-error.ts";
import { compile, decide, type Compiled, type Policy } from "./policy/core.ts";
import { formatIssue } from "./policy/issue.ts";
import { parsePolicy } from "./policy/parse-policy.ts";
import type { Permit } from "./session/needs.ts";

/** Reads a policy file; one that does not check does not run. */
export const readPolicy = async (file: string): Promise<{ policy: Policy; text: string }> => {
  const text = await readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    throw new StartError(
      "policy-refused",
      `The policy file ${file} can't be read (${fault.code}). Set UPHELD_POLICY to one that can.`,
    );
  });
  const { policy, issues } = parsePolicy(text, file);
  const errors = issues.filter(({ severity }) => severity === "error");
  if (policy && errors.length === 0) return { policy, text };
  throw new StartError(
    "policy-refused",
    `The policy does not check, so it does not run:\n\n${errors.map((issue) => formatIssue(issue, text)).join("\n\n")}`,
  );
};

/** The terms and the guidelines of a policy, as they are published. */
export const textsOf = (policy: Policy): PublishedDocument[] =>
  [policy.terms, ...policy.guidelines].map(({ id, version, title, text: paragraphs }) => ({
    id: `${policy.policy}/${id.replace(/^.*[./]/, "")}`,
    version,
    title,
    body: paragraphs.join("\n\n"),
  }));

/** What a policy publishes: itself under the title of its statement, the terms and the guidelines, kept apart by the policy's name. */
export const documentsOf = (policy: Policy, text: string, title: string): PublishedDocument[] => [
  { id: `${policy.policy}/privacy`, version: policy.version, title, body: text },
  ...textsOf(policy),
];

/** Whether something may come in for a purpose, while nothing is known of the person but that they are here. */
export const permitFor =
  (compiled: Compiled, purpose: string): Permit =>
  (point, category) => {
    const decision = decide(compiled, { act: "collect", category, purpose, status: "active", point });
    return { allowed: decision.effect === "allow", rules: decision.rules.map(({ id }) => id) };
  };

/** What the walls are built from. */
export const keepPolicy = (policy: Policy): PolicyForKeep => ({
  compiled: compile(policy),
  readVersion(text) {
    const { policy: old } = parsePolicy(text, "an earlier version");
    return old && compile(old);
  },
});

/** Name and version, as people are told which policy runs. */
export const versionName = ({ controller, version }: Policy): string =>
  `${controller.product ?? controller.name}, policy version ${version}`;
