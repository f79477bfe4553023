// Upheld as a process of its own, on embedded databases, as an operator runs it.
import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export type Running = {
  child: ChildProcess;
  url: string;
  output: () => string;
  /** Resolves when /health/ready says so; throws with what was printed when the process ends before. */
  ready(): Promise<void>;
  exit: Promise<number | null>;
  /** As Ctrl-C does. */
  interrupt(): Promise<number | null>;
  kill(): Promise<number | null>;
};

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const cli = path.resolve("dist/cli.js");

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ status }) => status === 200,
    () => false,
  );

/** Starts `upheld serve`; settings go in as environment. */
export const serve = async (dataDir: string, settings: Record<string, string> = {}): Promise<Running> => {
  const port = settings.PORT ?? String(await freePort());
  const child = spawn(process.execPath, [cli, "serve"], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      UPHELD_ENV: "test",
      PORT: port,
      UPHELD_DATA: dataDir,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => void (output += text.toString()));
  const exit = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const url = `http://localhost:${port}`;
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return exit;
  };
  return {
    child,
    url,
    output: () => output,
    exit,
    interrupt: () => end("SIGINT"),
    kill: () => end("SIGKILL"),
    async ready() {
      while (!(await isReady(url))) {
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${output}`);
        await sleep(50);
      }
    },
  };
};

/** Runs one command of the command line to its end. */
export const command = async (
  args: readonly string[],
  settings: Record<string, string> = {},
): Promise<{ code: number | null; out: string; err: string }> => {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (text: Buffer) => void (out += text.toString()));
  child.stderr.on("data", (text: Buffer) => void (err += text.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, err };
};
