// Opens many sealed values in a thread of its own: nobody who waits for an answer of the service's waits for them (R1, third wall).
import type { Worker } from "node:worker_threads";
import { startThread } from "./in-thread.ts";
import type { Opened, ToOpen } from "./open-thread.ts";
import { SealError } from "./seal.ts";

/** Sealed values in their order: the key of each, where it is bound to, and its bytes. */
export type Sealed = { keys: Buffer[]; bounds: string[]; values: Uint8Array[] };

/**
 * What is in sealed values, each read from its JSON, in their order.
 * Rejects with a {@link SealError} when one of them does not open.
 */
export type OpenAside = (all: Sealed) => Promise<readonly unknown[]>;

/** Megabytes: some thousand values are in it at a time. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 64 };

/** Milliseconds after the last values in which the thread stays, to be there for the next. */
const stays = 5_000;

const packed = ({ keys, bounds, values }: Sealed): ToOpen => {
  const places = new Map([...new Set(keys)].map((key, at) => [key, at]));
  const sealed = new Uint8Array(values.reduce((sum, value) => sum + value.length, 0));
  let end = 0;
  const ends = values.map((value) => {
    sealed.set(value, end);
    return (end += value.length);
  });
  // Copies of the keys alone: what they lie in may hold others.
  const each = [...places.keys()].map((key) => new Uint8Array(key));
  return { keys: each, which: keys.map((key) => places.get(key) ?? -1), bounds, sealed, ends };
};

type Waiting = { resolve: (values: readonly unknown[]) => void; reject: (fault: unknown) => void };

const settle = ({ resolve, reject }: Waiting, opened: Opened): void =>
  "fault" in opened
    ? reject(new SealError(opened.fault))
    : resolve(JSON.parse(opened.values) as readonly unknown[]);

export const createOpenAside = (): OpenAside => {
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  const waiting: Waiting[] = [];
  const start = (): Worker => {
    const worker = startThread("./open-thread", import.meta.url, null, resourceLimits);
    const over = (fault: unknown): void => {
      if (thread !== worker) return;
      thread = null;
      for (const one of waiting.splice(0)) one.reject(fault);
    };
    const rest = (): void => {
      thread = null;
      void worker.terminate();
    };
    worker.on("message", (opened: Opened) => {
      const first = waiting.shift();
      if (waiting.length === 0) {
        // Nobody's process stays for its sake.
        worker.unref();
        idle = setTimeout(rest, stays).unref();
      }
      if (first) settle(first, opened);
    });
    worker.once("error", over);
    worker.once("exit", () => over(new Error("the thread that opens values ended")));
    return worker;
  };
  return (all) =>
    new Promise((resolve, reject) => {
      clearTimeout(idle);
      thread ??= start();
      thread.ref();
      waiting.push({ resolve, reject });
      const asked = packed(all);
      thread.postMessage(asked, [asked.sealed.buffer]);
    });
};
