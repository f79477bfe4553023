// Structured logs, one JSON line each: a line has codes and counts, and no field that could hold a person's value.
import { isNoRoom } from "../keep/room-left.ts";
import { StartError } from "../keep/start-error.ts";

/** What a line may say. Text fields are codes and route patterns of ours, never what somebody sent. */
export type Line = {
  event: "fault" | "ended" | "clock" | "disk" | "mail" | "words" | "policy";
  code?: string;
  route?: string;
  count?: number;
  /** Where in our code a fault arose: file, line and column. */
  where?: string;
};

export type Log = (line: Line) => void;

export const logTo =
  (write: (text: string) => void, now: () => Date): Log =>
  (line) =>
    write(`${JSON.stringify({ at: now().toISOString(), ...line })}\n`);

/** What PostgreSQL says of a page whose checksum is not right names file and block alone. */
const damagedPage = (fault: Error): string | null =>
  /^invalid page in block \d+ of relation "?[\w/]+"?/.exec(fault.message)?.[0] ?? null;

const nameOf = (fault: Error): string => {
  if (fault instanceof StartError) return `${fault.code}: ${fault.message}`;
  return "code" in fault && typeof fault.code === "string" ? `${fault.name} ${fault.code}` : fault.name;
};

/**
 * Name, code and place of a fault. Its message is left out, since libraries put values into theirs; but for a sentence
 * of ours to whoever runs the service, which names places and remedies alone.
 */
export const lineOfFault = (fault: unknown): { code: string; where?: string } => {
  if (!(fault instanceof Error)) return { code: "unknown" };
  const named = nameOf(fault);
  const code = damagedPage(fault) ?? (isNoRoom(fault) ? `no room left on the disk (${named})` : named);
  const frame = (fault.stack ?? "").split("\n").find((text) => /^\s+at .*\/(?:dist|src)\//.test(text));
  const where = /((?:dist|src)\/[\w./-]+:\d+:\d+)/.exec(frame ?? "")?.[1];
  return where ? { code, where } : { code };
};
