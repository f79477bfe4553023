// The three that are measured, each in a process of its own: Upheld whole, bare ws with batches, Socket.IO as it comes.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { schema, withClient, type Place } from "../../dist/keep/place.js";
import { heapSwitches, memoryEnvironment } from "../../scripts/heap-switches.mjs";
import { startChild, type Child } from "../parts/child.ts";
import type { OwnDatabase } from "../parts/databases.ts";
import { postmasterOf } from "../parts/processes.ts";
import type { PlainTable, ServerReady } from "./plain-table.ts";
import { takeSeats } from "./take-seats.ts";
import type { Seat, WireName } from "./wires.ts";

export type Contender = {
  name: WireName;
  server: Child;
  seats: Seat[];
  /** Process of the PostgreSQL that it writes to. */
  postmaster: number;
  /** How many messages it has stored. */
  stored(): Promise<number>;
};

const policyFile = fileURLToPath(new URL("../../policies/selmo.yaml", import.meta.url));

const counting = (place: Place, table: string) => (): Promise<number> =>
  withClient(place, async (client) => {
    const { rows } = await client.query<{ count: number }>(`select count(*) from ${table}`);
    return rows[0]?.count ?? 0;
  });

const startUpheld = async (
  data: OwnDatabase,
  vault: OwnDatabase,
  folder: string,
  rooms: number,
): Promise<Contender> => {
  const server = startChild("chat/upheld-server.ts", heapSwitches, memoryEnvironment);
  const { port } = await server.ask<ServerReady>({
    environment: {
      PORT: "0",
      UPHELD_DATA: path.join(folder, "upheld"),
      UPHELD_POLICY: policyFile,
      DATABASE_URL: data.url,
      UPHELD_VAULT_URL: vault.url,
    },
  });
  const seats = await takeSeats(`http://127.0.0.1:${port}`, rooms);
  const postmaster = await postmasterOf(data.dataDir);
  return { name: "upheld", server, seats, postmaster, stored: counting(data.place, `${schema}.message`) };
};

type Bare = { script: string; table: PlainTable; address: (room: number, from: number) => string };

const bare: Record<"plain" | "socket.io", Bare> = {
  plain: {
    script: "chat/plain-server.ts",
    table: "public.plain_batched",
    address: (room, from) => `/${room}/${from}`,
  },
  "socket.io": {
    script: "chat/socket-io-server.ts",
    table: "public.plain_single",
    address: (room, from) => `/socket.io/?EIO=4&transport=websocket&room=${room}&from=${from}`,
  },
};

const startBare = async (
  name: "plain" | "socket.io",
  database: OwnDatabase,
  rooms: number,
): Promise<Contender> => {
  const { script, table, address } = bare[name];
  const server = startChild(script);
  const { port } = await server.ask<ServerReady>({ url: database.url });
  const seats = Array.from({ length: rooms * 2 }, (_, from) => {
    const room = from >> 1;
    return { room, url: `ws://127.0.0.1:${port}${address(room, from)}`, headers: {} };
  });
  const postmaster = await postmasterOf(database.dataDir);
  return { name, server, seats, postmaster, stored: counting(database.place, table) };
};

/** Starts all three, with their rooms filled. */
export const startContenders = async (
  { data, vault, plain }: Record<"data" | "vault" | "plain", OwnDatabase>,
  folder: string,
  rooms: number,
): Promise<Contender[]> => [
  await startUpheld(data, vault, folder, rooms),
  await startBare("plain", plain, rooms),
  await startBare("socket.io", plain, rooms),
];
