// Tells what was measured of the three chats: medians, how far rounds lay apart, and the ratios that count.
import type { Report } from "../parts/command.ts";
import { median, othersNote, rounded, spread, tableOf } from "../parts/figures.ts";
import type { Measured } from "./load.ts";
import type { WireName } from "./wires.ts";

/** A measurement with what it cost, in microseconds of CPU a message. */
export type Costed = Measured & { serverCpu: number; databaseCpu: number };

export type Rounds = Record<WireName, Costed[]>;

type Figures = Record<WireName, ReturnType<typeof figuresOf>>;

const medianOf = (runs: readonly Costed[], of: keyof Costed): number =>
  rounded(median(runs.map((run) => run[of])));

const figuresOf = (runs: readonly Costed[]) => ({
  perSecond: medianOf(runs, "rate"),
  spread: rounded(spread(runs.map(({ rate }) => rate))),
  p50ms: medianOf(runs, "p50"),
  p99ms: medianOf(runs, "p99"),
  serverCpuMicroseconds: medianOf(runs, "serverCpu"),
  databaseCpuMicroseconds: medianOf(runs, "databaseCpu"),
});

const allFigures = (rounds: Rounds): Figures => ({
  upheld: figuresOf(rounds.upheld),
  plain: figuresOf(rounds.plain),
  "socket.io": figuresOf(rounds["socket.io"]),
});

const titles: Record<WireName, string> = {
  upheld: "Upheld, all walls",
  plain: "ws, batched INSERTs",
  "socket.io": "Socket.IO, one INSERT each",
};

const tableFor = (figures: Figures): string =>
  tableOf(
    ["", "messages/s", "± %", "p50 ms", "p99 ms", "server µs each", "PostgreSQL µs each"],
    (Object.keys(titles) as WireName[]).map((name) => {
      const { perSecond, spread: apart, p50ms, p99ms, ...cpu } = figures[name];
      const costs = [cpu.serverCpuMicroseconds, cpu.databaseCpuMicroseconds];
      return [titles[name], perSecond, apart * 100, p50ms, p99ms, ...costs];
    }),
  );

type Chosen = { rounds: number; rooms: number; "in-flight": number; rate: number };

const cpuOf = ({ serverCpuMicroseconds, databaseCpuMicroseconds }: Figures[WireName]): number =>
  serverCpuMicroseconds + databaseCpuMicroseconds;

/** @param others share of the machine that other programs used while it went flat out; null where that is not known */
export const report = (flatOut: Rounds, paced: Rounds, others: number | null, chosen: Chosen): Report => {
  const [fast, steady] = [allFigures(flatOut), allFigures(paced)];
  const ratio = {
    toPlain: rounded(fast.upheld.perSecond / fast.plain.perSecond),
    toSocketIo: rounded(fast.upheld.perSecond / fast["socket.io"].perSecond),
    cpuToPlain: rounded(cpuOf(fast.upheld) / cpuOf(fast.plain)),
    cpuToSocketIo: rounded(cpuOf(fast.upheld) / cpuOf(fast["socket.io"])),
  };
  const text = [
    `${chosen.rooms} rooms of two, each person with ${chosen["in-flight"]} of 200 bytes on the way; medians of ${chosen.rounds} rounds`,
    tableFor(fast),
    `Upheld does ${ratio.toPlain} of what ws with batches does, and ${ratio.toSocketIo} times what Socket.IO with one INSERT each does;`,
    `its server and PostgreSQL use ${ratio.cpuToPlain} times the CPU of the first for a message, and ${ratio.cpuToSocketIo} of the second's.`,
    othersNote(others),
    "",
    `At ${chosen.rate} messages a second in all`,
    tableFor(steady),
  ].join("\n");
  return { figures: { chosen, ratio, othersShare: others, flatOut: fast, atRate: steady }, text };
};
