// Notices when the server ends that we live on, so that Upheld stops at once and not at its next question.
import { whoHas } from "./pid-file.ts";
import type { Running } from "./find-running.ts";

export type EndWatch = {
  onExit: (cb: () => void) => void;
  /** From now on its end is expected. */
  ignore: () => void;
};

const lookEvery = 500;

/** Our own child tells us itself; a server that another process started is looked for twice a second. */
export function watchEnd(running: Running, dataDir: string): EndWatch {
  const waiting = new Set<() => void>();
  let state: "watching" | "ended" | "ignored" = "watching";
  const end = () => {
    if (state !== "watching") return;
    state = "ended";
    for (const cb of waiting) cb();
  };
  const isAnothers = running.launched === undefined && running.isHere;
  const stopLooking = isAnothers ? lookFor(running.pid, dataDir, end) : () => undefined;
  void running.launched?.ended.then(end);
  return {
    onExit(cb) {
      if (state === "ended") queueMicrotask(cb);
      else waiting.add(cb);
    },
    ignore() {
      if (state === "watching") state = "ignored";
      stopLooking();
    },
  };
}

function lookFor(pid: number, dataDir: string, end: () => void): () => void {
  const timer = setInterval(() => {
    void whoHas(pid, dataDir).then((who) => {
      if (who !== "postgres") end();
    });
  }, lookEvery);
  timer.unref();
  return () => clearInterval(timer);
}
