// Threads that make an archive's files: as many at a time as a small machine has processors (R1).
import type { Worker } from "node:worker_threads";
import { startThread } from "../../keep/in-thread.ts";
import { SealError } from "../../keep/seal.ts";
import type { Answer, Made, Maker, ToMake } from "./maker-thread.ts";

type Makers = {
  /** Rejects with a {@link SealError} where a value does not open, and for good once a thread has failed. */
  make(asked: ToMake): Promise<Made>;
  end(): Promise<void>;
};

const threads = 2;

/** So many files are under way at a time: each thread has the next one when it is done with one. */
export const underWay = 2 * threads;

/** Megabytes: little of what is made of a row outlives it. */
const resourceLimits = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 40 };

type Waiting = { resolve: (made: Made) => void; reject: (fault: unknown) => void };
type Thread = { worker: Worker; waiting: Waiting[] };

const settle = ({ resolve, reject }: Waiting, answer: Answer): void =>
  "fault" in answer ? reject(new SealError(answer.fault)) : resolve(answer);

export const startMakers = (maker: Maker): Makers => {
  let failed: { fault: unknown } | null = null;
  const start = (): Thread => {
    const waiting: Waiting[] = [];
    const worker = startThread("./maker-thread", import.meta.url, maker, resourceLimits);
    const over = (fault: unknown): void => {
      failed ??= { fault };
      for (const one of waiting.splice(0)) one.reject(fault);
    };
    worker.on("message", (answer: Answer) => {
      const first = waiting.shift();
      if (first) settle(first, answer);
    });
    worker.once("error", over);
    worker.once("exit", () => over(new Error("a thread that makes an archive ended")));
    return { worker, waiting };
  };
  const all = Array.from({ length: threads }, start);
  return {
    make: (asked) =>
      new Promise((resolve, reject) => {
        if (failed) return reject(failed.fault);
        const { worker, waiting } = all.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a));
        const pages = "pages" in asked ? asked.pages : [];
        worker.postMessage(
          asked,
          pages.map(({ copied }) => copied.bytes.buffer),
        );
        waiting.push({ resolve, reject });
      }),
    end: async () => void (await Promise.all(all.map(({ worker }) => worker.terminate()))),
  };
};
