// Threads for work that would keep the service from answering: started from a file that lies beside the one that asks.
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { Worker, type ResourceLimits } from "node:worker_threads";

/** Megabytes of a thread's heap, where it is not told otherwise. */
const usual: ResourceLimits = { maxOldGenerationSizeMb: 512 };

/**
 * Starts the thread of a file.
 * @param name of that file, without what it ends with: a source runs a source, and what was built runs what was built
 * @param here `import.meta.url` of the file that asks
 */
export const startThread = (
  name: string,
  here: string,
  workerData: unknown,
  resourceLimits: ResourceLimits = usual,
): Worker => {
  // Switches of the process would go before a thread's limits; its own heap has been made by them long since.
  for (const size of ["max-semi-space-size", "max-old-space-size"]) setFlagsFromString(`--${size}=0`);
  // What was loaded into this process by a switch of its own is for it alone.
  return new Worker(new URL(`${name}${path.extname(here)}`, here), {
    workerData,
    execArgv: [],
    resourceLimits,
  });
};

/**
 * Runs such a thread for one piece of work, and resolves with the first message that it posts.
 * Rejects when it throws, or ends without one.
 */
export const inThread = <Answer>(name: string, here: string, workerData: unknown): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const worker = startThread(name, here, workerData);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("a thread ended before it answered")));
    worker.once("message", resolve);
  });
