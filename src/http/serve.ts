// The HTTP server: takes its port first, tells how far the start is, and then hands requests to the application.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { StartError } from "../keep/start-error.ts";

type Fetch = Parameters<typeof getRequestListener>[0];
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export type Listening = {
  port: number;
  /** From now on this application answers, and takes no upgrade yet; before the first, everything but /health/live is 503. */
  ready(fetch: Fetch): void;
  /** From now on upgrades are taken. */
  take(upgrade: Upgrade): void;
  /** Resolves when what was asked before now is answered, or after some seconds. */
  answered(): Promise<void>;
  close(): Promise<void>;
};

const answer = (response: ServerResponse, status: number, state: string): void => {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(`${JSON.stringify({ state })}\n`);
};

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", (fault: NodeJS.ErrnoException) => {
      const sentences: Record<string, string> = {
        EADDRINUSE: `Port ${port} on ${host} is taken. Stop what uses it, or choose another with PORT.`,
        EACCES: `Port ${port} may not be taken by this user. Choose one above 1023 with PORT.`,
        EADDRNOTAVAIL: `${host} is no address of this machine. Set HOST to one, or leave it unset.`,
        ENOTFOUND: `${host} is no known host. Set HOST to an address of this machine, or leave it unset.`,
      };
      const sentence = sentences[fault.code ?? ""] ?? `${host}:${port} can't be listened on (${fault.code}).`;
      reject(new StartError("port-taken", sentence));
    });
    server.listen(port, host, resolve);
  });

/** Those who read a long answer are not waited for. */
const patience = 5_000;

/** The answers under way. */
const countAnswers = () => {
  const open = new Set<Promise<void>>();
  return {
    add(response: ServerResponse): void {
      const closed = new Promise<void>((resolve) => void response.once("close", resolve));
      open.add(closed);
      void closed.then(() => open.delete(closed));
    },
    async all(): Promise<void> {
      const timer = Promise.withResolvers<void>();
      const timeout = setTimeout(timer.resolve, patience);
      await Promise.race([Promise.all(open), timer.promise]);
      clearTimeout(timeout);
    },
  };
};

/** Listens at once, so that a taken port is said before anything is opened. */
export const serve = async (port: number, host: string): Promise<Listening> => {
  let application: ReturnType<typeof getRequestListener> | null = null;
  let upgrading: Upgrade | null = null;
  const answers = countAnswers();
  const server = createServer((request, response) => {
    if (request.url === "/health/live") return answer(response, 200, "live");
    if (request.url === "/health/ready")
      return answer(response, application ? 200 : 503, application ? "ready" : "starting");
    if (!application) return answer(response, 503, "starting");
    answers.add(response);
    void application(request, response);
  });
  server.on("upgrade", (request, socket, head) => {
    if (upgrading) upgrading(request, socket, head);
    else socket.destroy();
  });
  await listen(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    ready(fetch) {
      application = getRequestListener(fetch);
      upgrading = null;
    },
    take: (upgrade) => void (upgrading = upgrade),
    answered: () => answers.all(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
