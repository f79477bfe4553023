// npm run bench -- profile: one person's sealed record through the walls, against the same transaction in the clear.
import { isDeepStrictEqual } from "node:util";
import { openPlainStore } from "./profile/plain-store.ts";
import { detailsOf, userNameOf, type Store } from "./profile/person.ts";
import { openWalls, registerPeople, walledStore } from "./profile/walled-store.ts";
import { benchmark, type Report } from "./parts/command.ts";
import { withDatabases } from "./parts/databases.ts";
import { median, othersNote, percentile, rounded, spread, tableOf } from "./parts/figures.ts";
import { watchOthers } from "./parts/processes.ts";

const numbers = {
  rounds: { default: 9, about: "rounds, in each of which all four are measured in turn" },
  seconds: { default: 2, about: "seconds that one measurement takes" },
  persons: { default: 1000, about: "people with a record" },
  "at-once": { default: 6, about: "transactions at once, and connections that each store has" },
};

type Measured = { rate: number; p50: number; p99: number };
type Act = (store: Store, number: number, version: number) => Promise<void>;

const read: Act = async (store, number) => {
  const { userName, details } = await store.read(number);
  if (userName !== userNameOf(number) || details.name !== detailsOf(number, 0).name)
    throw new Error(`the record of ${userNameOf(number)} came back as another's`);
};

const write: Act = (store, number, version) => store.write(number, detailsOf(number, version));

/** Each worker does one after another, on people in an order that has nothing to do with where they lie. */
const measure = async (
  store: Store,
  act: Act,
  { seconds, persons, "at-once": workers }: Record<"seconds" | "persons" | "at-once", number>,
): Promise<Measured> => {
  const latencies: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  const work = async (worker: number): Promise<void> => {
    for (let step = worker; performance.now() < until; step += workers) {
      const started = performance.now();
      await act(store, (step * 7919) % persons, step);
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return {
    rate: (latencies.length / (performance.now() - began)) * 1000,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  };
};

/** Reads everybody once, one after another, and gives how many a second; the first tenth is for the compiler. */
const readAll = async (store: Store, persons: number): Promise<number> => {
  const measuredFrom = Math.floor(persons / 10);
  let began = performance.now();
  for (let number = 0; number < persons; number += 1) {
    if (number === measuredFrom) began = performance.now();
    await read(store, number, 0);
  }
  return ((persons - measuredFrom) / (performance.now() - began)) * 1000;
};

/** What was written must be what is read, in both. */
const verify = async (stores: readonly Store[]): Promise<void> => {
  for (const store of stores) {
    await store.write(1, detailsOf(1, 4711));
    const { details } = await store.read(1);
    if (!isDeepStrictEqual({ ...details }, detailsOf(1, 4711))) throw new Error("a record came back changed");
  }
};

const kinds = ["walledRead", "plainRead", "walledWrite", "plainWrite"] as const;
type Kind = (typeof kinds)[number];

const titles: Record<Kind, string> = {
  walledRead: "read, all walls",
  plainRead: "read, in the clear",
  walledWrite: "write, all walls",
  plainWrite: "write, in the clear",
};

const figuresOf = (runs: readonly Measured[]) => {
  const rates = runs.map(({ rate }) => rate);
  return {
    perSecond: rounded(median(rates)),
    spread: rounded(spread(rates)),
    p50ms: rounded(median(runs.map(({ p50 }) => p50))),
    p99ms: rounded(median(runs.map(({ p99 }) => p99))),
  };
};

const report = (
  runs: Record<Kind, Measured[]>,
  first: { walled: number; plain: number },
  others: number | null,
): Report => {
  const figures = Object.fromEntries(kinds.map((kind) => [kind, figuresOf(runs[kind])])) as Record<
    Kind,
    ReturnType<typeof figuresOf>
  >;
  const ratio = {
    read: rounded(figures.plainRead.perSecond / figures.walledRead.perSecond),
    write: rounded(figures.plainWrite.perSecond / figures.walledWrite.perSecond),
    firstRead: rounded(first.plain / first.walled),
  };
  const rows = kinds.map((kind) => {
    const { perSecond, spread: apart, p50ms, p99ms } = figures[kind];
    return [titles[kind], perSecond, apart * 100, p50ms, p99ms];
  });
  const text = [
    tableOf(["", "a second", "± %", "p50 ms", "p99 ms"], rows),
    `Through the walls a read takes ${ratio.read} times and a write ${ratio.write} times as long as in the clear;`,
    `the first read of a person, whose key still lies in the vault, ${ratio.firstRead} times (one after another).`,
    othersNote(others),
  ].join("\n");
  return { figures: { ratio, othersShare: others, ...figures }, text };
};

await benchmark("profile", "Reading and writing one person's record.", numbers, (chosen, say) =>
  withDatabases(["data", "vault"], async ({ data, vault }, folder) => {
    say(`Registering ${chosen.persons} people …`);
    const before = await openWalls(data, vault, folder);
    const subjects = await registerPeople(before, chosen.persons);
    await before.close();
    const walled = walledStore(await openWalls(data, vault, folder), subjects);
    const plain = await openPlainStore(data.place, chosen.persons, chosen["at-once"]);
    const first = {
      walled: await readAll(walled, chosen.persons),
      plain: await readAll(plain, chosen.persons),
    };
    const runs: Record<Kind, Measured[]> = { walledRead: [], plainRead: [], walledWrite: [], plainWrite: [] };
    await verify([walled, plain]);
    const othersShare = await watchOthers();
    for (let round = 0; round <= chosen.rounds; round += 1) {
      const measured: Record<Kind, Measured> = {
        walledRead: await measure(walled, read, chosen),
        plainRead: await measure(plain, read, chosen),
        walledWrite: await measure(walled, write, chosen),
        plainWrite: await measure(plain, write, chosen),
      };
      // The first is for the compiler and the caches.
      if (round > 0) for (const kind of kinds) runs[kind].push(measured[kind]);
      const told = kinds.map((kind) => `${titles[kind]} ${Math.round(measured[kind].rate)}/s`);
      say(`${round === 0 ? "Warming up" : `Round ${round} of ${chosen.rounds}`}: ${told.join(", ")}`);
    }
    const others = await othersShare();
    await verify([walled, plain]);
    await Promise.all([walled.close(), plain.close()]);
    return report(runs, first, others);
  }),
);
