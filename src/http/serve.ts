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
  /** From now on the application answers; before, everything but /health/live is 503. */
  ready(fetch: Fetch, upgrade: Upgrade): void;
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

/** Listens at once, so that a taken port is said before anything is opened. */
export const serve = async (port: number, host: string): Promise<Listening> => {
  let application: ReturnType<typeof getRequestListener> | null = null;
  let upgrading: Upgrade | null = null;
  const server = createServer((request, response) => {
    if (request.url === "/health/live") return answer(response, 200, "live");
    if (request.url === "/health/ready")
      return answer(response, application ? 200 : 503, application ? "ready" : "starting");
    if (!application) return answer(response, 503, "starting");
    void application(request, response);
  });
  server.on("upgrade", (request, socket, head) => {
    if (upgrading) upgrading(request, socket, head);
    else socket.destroy();
  });
  await listen(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    ready(fetch, upgrade) {
      application = getRequestListener(fetch);
      upgrading = upgrade;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
