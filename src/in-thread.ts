// One piece of work in a thread of its own, which ends with it.
import { Worker } from "node:worker_threads";

/**
 * Runs a module with `workerData`, and resolves with the first message that it posts.
 * Rejects when it throws, or ends without one.
 */
export const inThread = <Answer>(module: URL, workerData: unknown): Promise<Answer> =>
  new Promise((resolve, reject) => {
    // What was loaded into this process by a switch of its own is for it alone.
    const worker = new Worker(module, { workerData, execArgv: [] });
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("a thread ended before it answered")));
    worker.once("message", resolve);
  });
