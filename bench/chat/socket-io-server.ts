// What many would write first: Socket.IO as it comes, and one INSERT for each message.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { Server } from "socket.io";
import { answer } from "../parts/child.ts";
import { createTable, type ServerAsked, type ServerReady } from "./plain-table.ts";

const connections = 16;

const insert = { name: "insert", text: "insert into public.plain_single values ($1, $2, $3, $4, $5, $6)" };

let close = async (): Promise<void> => undefined;

const serve = async (url: string): Promise<ServerReady> => {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  close = () => pool.end();
  await createTable(pool, "public.plain_single");
  const server = createServer();
  const sockets = new Server(server, { transports: ["websocket"], serveClient: false });
  const last = new Map<string, number>();
  sockets.on("connection", (socket) => {
    const { room, from } = socket.handshake.query as { room: string; from: string };
    void socket.join(room);
    socket.on("say", async ({ id, text }: { id: string; text: string }) => {
      const seq = (last.get(room) ?? 0) + 1;
      last.set(room, seq);
      const at = new Date();
      await pool.query({ ...insert, values: [room, seq, id, from, at, text] });
      sockets.to(room).emit("said", { seq, id, from: Number(from), text, at: at.getTime() });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port };
};

answer<ServerAsked>(
  ({ url }) => serve(url),
  () => close(),
);
