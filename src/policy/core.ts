/** The engine without the reader of files: everything here runs in a browser and needs no other package (P1). */
export type * from "./ask.ts";
export type * from "./policy.ts";
export { checkManifest } from "./check/check-manifest.ts";
export type { Manifest } from "./check/check-manifest.ts";
export { checkPolicy } from "./check/check-policy.ts";
export { evidenceOf } from "./ask.ts";
export { compile } from "./compile.ts";
export type { Compiled } from "./compile.ts";
export { decide, decideAll } from "./decide.ts";
export { groundOf } from "./person-stops.ts";
export { explain } from "./explain.ts";
export { formatIssue, issueCodes } from "./issue.ts";
export type { Issue, IssueCode } from "./issue.ts";
export { endOf } from "./ends.ts";
export type { End } from "./ends.ts";
export { collectionPoint, mayUse, purposesFor } from "./queries.ts";
export { statement } from "./statement.ts";
export type { Clause, Section, Statement, Table } from "./statement.ts";
