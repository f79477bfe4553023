// Upheld itself, whole; only the limit on one person's flood is lifted, or two hundred rooms could not fill the machine.
import { readConfig } from "../../dist/config.js";
import { startUpheld, type Upheld } from "../../dist/main.js";
import { answer } from "../parts/child.ts";
import type { ServerReady } from "./plain-table.ts";

export type UpheldAsked = { environment: Record<string, string> };

const unlimited = { burst: 1_000_000, perSecond: 1_000_000 };
let running: Upheld | null = null;

const serve = async ({ environment }: UpheldAsked): Promise<ServerReady> => {
  running = await startUpheld(readConfig(environment, process.cwd()), {
    log: (line) => (line.event === "fault" ? console.error(line) : undefined),
    progress: () => undefined,
    flood: unlimited,
  });
  return { port: running.port };
};

answer<UpheldAsked>(serve, async () => running?.stop());
