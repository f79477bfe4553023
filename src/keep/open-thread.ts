// The thread that opens many sealed values for whoever takes all of theirs along (R1, third wall).
import { parentPort } from "node:worker_threads";
import { SealError, unseal } from "./seal.ts";

/** Sealed values one behind the other: where each ends, where it is bound to, and which of the keys it is under. */
export type ToOpen = {
  keys: readonly Uint8Array[];
  which: readonly number[];
  bounds: readonly string[];
  sealed: Uint8Array<ArrayBuffer>;
  ends: readonly number[];
};
/** What was sealed, each a JSON object, as one JSON array; or why one of them does not open. */
export type Opened = { values: string } | { fault: string };

const port = parentPort;
if (!port) throw new Error("this is a thread of the third wall's");

const openAll = ({ keys, which, bounds, sealed, ends }: ToOpen): string => {
  const owners = keys.map((key) => Buffer.from(key));
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const texts = bounds.map((bound, at) => {
    const key = owners[which[at] ?? -1];
    if (!key) throw new SealError("a sealed value comes without a key");
    return unseal(key, bound, bytes.subarray(ends[at - 1] ?? 0, ends[at]));
  });
  return `[${texts.join(",")}]`;
};

const answer = (asked: ToOpen): Opened => {
  try {
    return { values: openAll(asked) };
  } catch (fault) {
    if (fault instanceof SealError) return { fault: fault.message };
    throw fault;
  }
};

port.on("message", (asked: ToOpen) => port.postMessage(answer(asked)));
