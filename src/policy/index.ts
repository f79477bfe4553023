/** `upheld/policy`: read a privacy policy, check it, ask it, compare it, and say it in plain words (P1 P3). */
export * from "./core.ts";
export { checkManifest } from "./check/check-manifest.ts";
export { checkPolicy } from "./check/check-policy.ts";
export { definePolicy } from "./define-policy.ts";
export type { PolicyInput } from "./define-policy.ts";
export { formatIssue, issueCodes } from "./issue.ts";
export { policySchema } from "./json-schema.ts";
export { de } from "./messages/de.ts";
export { en } from "./messages/en.ts";
export { parsePolicy } from "./parse-policy.ts";
export type { Parsed } from "./parse-policy.ts";
export { parseWords } from "./parse-words.ts";
export type { PolicyFile } from "./schema.ts";
