// The load, in a process of its own and the same for whoever is measured: clients that talk in their rooms.
import { setTimeout as sleep } from "node:timers/promises";
import { answer } from "../parts/child.ts";
import { percentile } from "../parts/figures.ts";
import { openClient, type Client } from "./client.ts";
import { wires, type Seat, type WireName } from "./wires.ts";

/** `inFlight`: each client has so many messages on the way, always. `rate`: all clients say so many a second together. */
export type Pace = { inFlight: number } | { rate: number };

export type Asked =
  | { do: "connect"; to: WireName; seats: Seat[] }
  | { do: "run"; to: WireName; run: number; seconds: number; pace: Pace };

export type Measured = {
  /** Acknowledged messages a second while the load was on. */
  rate: number;
  /** Milliseconds to the acknowledgement. */
  p50: number;
  p99: number;
  /** Of the whole run, after everything on the way had arrived. */
  said: number;
  acknowledged: number;
  heard: number;
  wrong: number;
};

const connected = new Map<WireName, Client[]>();
const atOnce = 40;
/** Milliseconds for what is still on the way when the load ends. */
const patience = 20_000;

const connect = async (to: WireName, seats: readonly Seat[]): Promise<void> => {
  const clients: Client[] = [];
  for (let from = 0; from < seats.length; from += atOnce) {
    const some = seats.slice(from, from + atOnce);
    clients.push(...(await Promise.all(some.map((seat, at) => openClient(wires[to], seat, from + at)))));
  }
  connected.set(to, clients);
};

const sum = (clients: readonly Client[], of: "said" | "acknowledged" | "heard" | "wrong"): number =>
  clients.reduce((total, client) => total + client.tally()[of], 0);

/** As fast as answers come: each answer is followed by the next message. */
const talk = async (clients: readonly Client[], inFlight: number, seconds: number, run: number) => {
  let on = true;
  for (const client of clients) client.begin(run, (same) => (on ? same.say() : undefined));
  for (const client of clients) for (let at = 0; at < inFlight; at += 1) client.say();
  await sleep(seconds * 1000);
  on = false;
};

/** At a fixed rate, whoever answers when; what a tick of the timer missed the next one makes up for. */
const speakAtRate = async (clients: readonly Client[], rate: number, seconds: number, run: number) => {
  for (const client of clients) client.begin(run, () => undefined);
  const began = performance.now();
  for (let said = 0; said < rate * seconds;) {
    const due = Math.min(rate * seconds, ((performance.now() - began) / 1000) * rate);
    for (; said < due; said += 1) clients[said % clients.length]?.say();
    await sleep(1);
  }
};

const allArrived = async (clients: readonly Client[]): Promise<void> => {
  const until = performance.now() + patience;
  const done = () =>
    sum(clients, "said") === sum(clients, "acknowledged") && sum(clients, "said") === sum(clients, "heard");
  while (!done() && performance.now() < until) await sleep(20);
  // Whatever came twice would be here by now.
  await sleep(100);
};

const run = async ({ to, run: number, seconds, pace }: Extract<Asked, { do: "run" }>): Promise<Measured> => {
  const clients = connected.get(to) ?? [];
  const began = performance.now();
  if ("rate" in pace) await speakAtRate(clients, pace.rate, seconds, number);
  else await talk(clients, pace.inFlight, seconds, number);
  const rate = (sum(clients, "acknowledged") / (performance.now() - began)) * 1000;
  await allArrived(clients);
  const latencies = Float64Array.from(clients.flatMap((client) => client.tally().latencies));
  return {
    rate,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    said: sum(clients, "said"),
    acknowledged: sum(clients, "acknowledged"),
    heard: sum(clients, "heard"),
    wrong: sum(clients, "wrong"),
  };
};

answer<Asked>(
  async (asked) => {
    if (asked.do === "run") return run(asked);
    await connect(asked.to, asked.seats);
    return {};
  },
  async () => undefined,
);
