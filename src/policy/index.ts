/** `upheld/policy`: read a privacy policy, check it, ask it, and say it in plain words (P1 P3). */
export * from "./core.ts";
export { parsePolicy } from "./parse-policy.ts";
export type { Parsed } from "./parse-policy.ts";
