// The thread that reads published versions, so that a service goes on answering meanwhile (P2).
import { parentPort, workerData } from "node:worker_threads";
import { readChanges, readVersion, type ReadVersion, type VersionText } from "./read-version.ts";
import type { WhatChangedProps } from "./pages/parts/what-changed.tsx";

export type Asked = { before: VersionText | null; version: VersionText };
export type Read = { version: ReadVersion | null } | { changes: WhatChangedProps | undefined };

const { before, version } = workerData as Asked;
const read: Read = before ? { changes: readChanges(before, version) } : { version: readVersion(version) };
parentPort?.postMessage(read, []);
