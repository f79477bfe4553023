// The thread that reads, checks and compiles a policy: it is handed text, and hands over tables and issues (P3).
import { parentPort, workerData } from "node:worker_threads";
import { tablesOf, type Tables } from "./policy/compile.ts";
import type { Issue } from "./policy/issue.ts";
import { parsePolicy } from "./policy/parse-policy.ts";

export type ToLoad = { text: string; file: string };
export type Worked = { tables: Tables | null; issues: Issue[] };

const { text, file } = workerData as ToLoad;
const { policy, issues } = parsePolicy(text, file);
const tables = policy && tablesOf(policy);
parentPort?.postMessage(
  { tables, issues } satisfies Worked,
  tables ? [tables.cells.buffer as ArrayBuffer] : [],
);
