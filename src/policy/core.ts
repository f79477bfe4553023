/** The engine without the reader of files: everything here runs in a browser and needs no other package (P1). */
export type * from "./ask.ts";
export type * from "./policy.ts";
export { evidenceOf } from "./ask.ts";
export { compile } from "./compile.ts";
export type { Compiled } from "./compile.ts";
export { decide, groundOf } from "./decide.ts";
export { explain } from "./explain.ts";
export { formatIssue, issueCodes } from "./issue.ts";
export type { Issue, IssueCode } from "./issue.ts";
export { collectionPoint, endOf, mayUse, purposesFor } from "./queries.ts";
export type { End } from "./queries.ts";
export { statement } from "./statement.ts";
export type { Clause, Section, Statement, Table } from "./statement.ts";
