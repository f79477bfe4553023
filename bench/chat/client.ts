// One chat client: keeps count of what it said and heard, so that nothing lost, doubled or changed goes unseen.
import { WebSocket } from "ws";
import type { Heard, Seat, Wire } from "./wires.ts";

const textLength = 200;

export type Tally = {
  said: number;
  acknowledged: number;
  /** Messages of the others in the room. */
  heard: number;
  /** Heard twice, or with other words than were said, or of a run that is over. */
  wrong: number;
  /** Milliseconds from saying to acknowledgement, in the order of the acknowledgements. */
  latencies: number[];
};

export type Client = {
  /** Starts to count afresh. `run` tells the ids of this run from those of all others on a database. */
  begin(run: number, acknowledged: (client: Client) => void): void;
  say(): void;
  tally(): Tally;
};

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** What the ids of one client in one run begin with; its messages are numbered after it. */
const prefixOf = (run: number, client: number): string => `${hex(run, 8)}-${hex(client, 4)}-4000-8000-`;

const runOf = (id: string): number => Number.parseInt(id.slice(0, 8), 16);

const idLength = 36;
const words = " says: ".padEnd(textLength - idLength, "have you tried to turn it off? ");

/** Begins with the id, so that another's words would be seen. */
const textOf = (id: string): string => id + words;

const emptyTally = (): Tally => ({ said: 0, acknowledged: 0, heard: 0, wrong: 0, latencies: [] });

const connect = (wire: Wire, seat: Seat, hear: (heard: Heard) => void): Promise<WebSocket> => {
  const socket = new WebSocket(seat.url, { headers: seat.headers, perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on("open", () => (wire.hello === null ? undefined : socket.send(wire.hello)));
    socket.on("error", reject);
    socket.on("close", (code) => reject(new Error(`a line was closed (${code})`)));
    socket.on("message", (data: Buffer) => {
      const raw = data.toString("utf8");
      const heard = wire.hear(raw);
      if (heard) return hear(heard);
      const reply = wire.reply(raw);
      if (reply !== null) socket.send(reply);
      else if (wire.isReady(raw)) resolve(socket);
    });
  });
};

/** Opens a client's line; resolves when it is in its room. `number` tells it from all others. */
export const openClient = async (wire: Wire, seat: Seat, number: number): Promise<Client> => {
  let run = 0;
  let prefix = "";
  let tally = emptyTally();
  let acknowledged: (client: Client) => void = () => undefined;
  const saidAt = new Map<string, number>();
  const others = new Set<string>();
  const hear = ({ id, raw }: Heard): void => {
    const at = saidAt.get(id);
    if (runOf(id) !== run || !raw.includes(`"${textOf(id)}"`) || others.has(id)) tally.wrong += 1;
    else if (at !== undefined) {
      saidAt.delete(id);
      tally.latencies.push(performance.now() - at);
      tally.acknowledged += 1;
      acknowledged(client);
    } else if (id.startsWith(prefix)) tally.wrong += 1;
    else {
      others.add(id);
      tally.heard += 1;
    }
  };
  const socket = await connect(wire, seat, hear);
  const client: Client = {
    begin(newRun, whenAcknowledged) {
      run = newRun;
      prefix = prefixOf(run, number);
      tally = emptyTally();
      acknowledged = whenAcknowledged;
      saidAt.clear();
      others.clear();
    },
    say() {
      const id = prefix + hex(tally.said, 12);
      tally.said += 1;
      saidAt.set(id, performance.now());
      socket.send(wire.say(id, textOf(id)));
    },
    tally: () => tally,
  };
  return client;
};
