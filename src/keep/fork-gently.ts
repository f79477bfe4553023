// Starts a process of ours at the lowest priority, with all the threads it will have, so that people who wait come first (K1, K4).
import { fork, type ChildProcess } from "node:child_process";
import { setPriority } from "node:os";
import type { IsBusy } from "./load.ts";
import type { BusyTold } from "./told-load.ts";

const tellEvery = 250;

/** Tells a process again and again whether people are being served, as long as it listens. */
const tellLoad = (child: ChildProcess, isBusy: IsBusy): void => {
  let told = false;
  const telling = setInterval(() => {
    const busy = isBusy();
    if (busy === told || !child.connected) return;
    told = busy;
    child.send({ busy } satisfies BusyTold);
  }, tellEvery).unref();
  child.once("exit", () => clearInterval(telling));
};

/** Set from here, in its first moment: what it sets itself holds for its first thread alone. */
export const forkGently = (file: string, isBusy: IsBusy): ChildProcess => {
  const child = fork(file, { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  try {
    if (child.pid !== undefined) setPriority(child.pid, 19);
  } catch {
    // Gone already: whoever started it is told so.
  }
  tellLoad(child, isBusy);
  return child;
};
