// Starts a process of ours at the lowest priority, with all the threads it will have, so that people who wait come first (K1, K4).
import { fork, type ChildProcess } from "node:child_process";
import { setPriority } from "node:os";

/** Set from here, in its first moment: what it sets itself holds for its first thread alone. */
export const forkGently = (file: string): ChildProcess => {
  const child = fork(file, { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  try {
    if (child.pid !== undefined) setPriority(child.pid, 19);
  } catch {
    // Gone already: whoever started it is told so.
  }
  return child;
};
