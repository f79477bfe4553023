// A part of a benchmark in a process of its own: servers and load are told and tell over Node's own channel.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export type Child = {
  pid: number;
  /** Sends a message and resolves with the answer; rejects with what went wrong there. */
  ask<Answer>(message: object): Promise<Answer>;
};

type Said = { answer?: unknown; fault?: string };

const nextOf = (child: ChildProcess, name: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const gone = () => reject(new Error(`${name} ended before it answered`));
    child.once("exit", gone);
    child.once("message", ({ answer, fault }: Said) => {
      child.off("exit", gone);
      if (fault === undefined) resolve(answer);
      else reject(new Error(`${name}: ${fault}`));
    });
  });

const running = new Set<ChildProcess>();

/**
 * Starts a script of `bench/`. Switches of Node come through NODE_OPTIONS too.
 * @param execArgv switches that a service runs with; what was loaded into us by a switch of ours is for us alone
 * @param environment settings that it runs with, beside ours
 */
export const startChild = (
  script: string,
  execArgv: string[] = [],
  environment: Record<string, string> = {},
): Child => {
  const child = fork(fileURLToPath(new URL(`../${script}`, import.meta.url)), {
    execArgv,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return {
    pid: child.pid ?? 0,
    ask: async <Answer>(message: object) => {
      const answer = nextOf(child, script);
      child.send(message);
      return (await answer) as Answer;
    },
  };
};

/** Ends all that were started, each in good order. */
export const stopChildren = async (): Promise<void> => {
  const ended = [...running].map(async (child) => {
    const exit = once(child, "exit");
    if (child.connected) child.disconnect();
    await exit;
  });
  await Promise.all(ended);
};

/** The other end: answers each message in turn; ends in good order when the benchmark lets go of it. */
export const answer = <Message>(
  act: (message: Message) => Promise<object>,
  close: () => Promise<void>,
): void => {
  process.on("message", (message) => {
    act(message as Message).then(
      (result) => process.send?.({ answer: result }),
      (fault: unknown) => process.send?.({ fault: fault instanceof Error ? fault.message : String(fault) }),
    );
  });
  // Ctrl-C goes to the whole group; the benchmark itself says when to end.
  process.on("SIGINT", () => undefined);
  process.on("disconnect", () => void close().finally(() => process.exit()));
};
