// npm run bench -- chat: what the walls cost live chat, as ratios to a bare server and to what many would write first.
import { startContenders, type Contender } from "./chat/contenders.ts";
import type { Asked, Measured, Pace } from "./chat/load.ts";
import { report, type Costed, type Rounds } from "./chat/report.ts";
import { startChild, type Child } from "./parts/child.ts";
import { benchmark } from "./parts/command.ts";
import { withDatabases } from "./parts/databases.ts";
import { cpuSeconds, watchOthers } from "./parts/processes.ts";

const numbers = {
  rounds: { default: 10, about: "rounds, in each of which all three are measured in turn" },
  seconds: { default: 3, about: "seconds that one measurement takes" },
  rooms: { default: 200, about: "rooms of two" },
  "in-flight": { default: 1, about: "messages that each person has on the way" },
  rate: { default: 1000, about: "messages a second in all, where latency alone is measured" },
};
const warmUpSeconds = 4;

const ask = <Answer>(load: Child, asked: Asked) => load.ask<Answer>(asked);

const measure = async (
  load: Child,
  contender: Contender,
  run: number,
  { seconds, pace }: { seconds: number; pace: Pace },
): Promise<Costed> => {
  const spent = () => Promise.all([cpuSeconds(contender.server.pid), cpuSeconds(contender.postmaster)]);
  const before = await spent();
  const measured = await ask<Measured>(load, { do: "run", to: contender.name, run, seconds, pace });
  const [server, database] = (await spent()).map((after, at) => after - (before[at] ?? 0));
  const each = (cpu = 0) => (cpu / measured.said) * 1e6;
  return { ...measured, serverCpu: each(server), databaseCpu: each(database) };
};

/** Throws unless every message was acknowledged, passed on and stored, once and as it was said. */
const verify = async (contender: Contender, runs: readonly Costed[]): Promise<void> => {
  const total = (of: "said" | "acknowledged" | "heard" | "wrong") =>
    runs.reduce((sum, run) => sum + run[of], 0);
  const counts = [total("said"), total("acknowledged"), total("heard"), await contender.stored()];
  if (counts.some((count) => count !== counts[0]) || total("wrong") > 0)
    throw new Error(
      `${contender.name}: said, acknowledged, heard and stored are ${counts.join(", ")}, and ${total("wrong")} came wrong`,
    );
};

const none = (): Rounds => ({ upheld: [], plain: [], "socket.io": [] });

await benchmark("chat", "Acknowledged chat messages a second, and their latency.", numbers, (chosen, say) =>
  withDatabases(["data", "vault", "plain"], async (databases, folder) => {
    say("Filling the rooms …");
    const contenders = await startContenders(databases, folder, chosen.rooms);
    const load = startChild("chat/load.ts");
    for (const { name, seats } of contenders) await ask(load, { do: "connect", to: name, seats });
    const all = none();
    const inTurn = async (what: string, rounds: number, asked: { seconds: number; pace: Pace }) => {
      const some = none();
      for (let round = 1; round <= rounds; round += 1) {
        const told: string[] = [];
        for (const contender of contenders) {
          const { name } = contender;
          const costed = await measure(load, contender, all[name].length, asked);
          some[name].push(costed);
          all[name].push(costed);
          told.push(`${name} ${Math.round(costed.rate)}/s`);
        }
        say(`${what}, ${round} of ${rounds}: ${told.join(", ")}`);
      }
      return some;
    };
    const { rounds, seconds, rate } = chosen;
    const flatOut = { inFlight: chosen["in-flight"] };
    await inTurn("Warming up", 1, { seconds: warmUpSeconds, pace: flatOut });
    const othersShare = await watchOthers();
    const fast = await inTurn("Flat out", rounds, { seconds, pace: flatOut });
    const others = await othersShare();
    const steady = await inTurn(`At ${rate}/s`, rounds, { seconds, pace: { rate } });
    for (const contender of contenders) await verify(contender, all[contender.name]);
    return report(fast, steady, others, chosen);
  }),
);
