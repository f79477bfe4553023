// How long an erasure takes to be in force and to be final, for people with little data and with much; and what chat notices of one.
import type { Keep } from "../../dist/keep/keep.js";
import { beside } from "../keep/beside.ts";
import { inFolder, talkIn, type Folder, type Talk } from "../keep/folder.ts";
import { part, type Report } from "../parts/command.ts";
import { median, othersNote, percentile, rounded, tableOf } from "../parts/figures.ts";
import { watchOthers } from "../parts/processes.ts";
import { openErasing, personWith, type Erasing } from "./erasing.ts";

const numbers = {
  people: { default: 20, about: "people of each size who are erased" },
  messages: { default: 100_000, about: "messages of the largest" },
  others: { default: 300_000, about: "messages of others that stay" },
  removed: { default: 3, about: "of the largest who are erased while chat goes on" },
  rate: { default: 500, about: "messages a second of that chat" },
  seconds: { default: 10, about: "seconds for which its quiet latency is measured" },
};

type Chosen = Record<keyof typeof numbers, number>;
type Say = (line: string) => void;
type Times = Record<"ask" | "unreadable" | "gone", number[]>;

const none = (): Times => ({ ask: [], unreadable: [], gone: [] });

const erase = async (
  folder: Folder,
  keep: Keep,
  erasing: Erasing,
  messages: number,
  times: Times,
): Promise<void> => {
  const person = await personWith(folder, keep, messages);
  times.ask.push(await erasing.ask(person));
  const { unreadable, gone } = await erasing.carryOut(person);
  times.unreadable.push(unreadable);
  times.gone.push(gone);
};

/** Sizes take turns, so that what else the machine does falls on all of them. */
const bySize = async (folder: Folder, keep: Keep, { people, messages, others }: Chosen, say: Say) => {
  await personWith(folder, keep, others);
  const erasing = await openErasing(keep);
  const sizes = [10, 1000, messages].map((size) => ({ size, times: none() }));
  // The first is for the compiler, the caches and the calendar.
  for (const { size } of sizes) await erase(folder, keep, erasing, size, none());
  for (let round = 1; round <= people; round += 1) {
    for (const { size, times } of sizes) await erase(folder, keep, erasing, size, times);
    if (round % 5 === 0) say(`Erased ${round} of ${people} of each size …`);
  }
  return sizes;
};

const besideChat = async (
  folder: Folder,
  keep: Keep,
  { removed, messages, rate, seconds }: Chosen,
  say: Say,
) => {
  const erasing = await openErasing(keep);
  const talk = await talkIn(keep);
  const people: Talk[] = [];
  for (let at = 0; at < removed; at += 1) people.push(await personWith(folder, keep, messages));
  say("Removing while chat goes on …");
  const measured = await beside(talk, { rate, seconds }, async () => {
    for (const person of people) {
      await erasing.ask(person);
      await erasing.carryOut(person);
    }
  });
  return { ...measured, took: measured.took / removed };
};

const figuresOf = (times: readonly number[]) => ({
  median: rounded(median(times)),
  p99: rounded(percentile(times, 0.99)),
});

const titles = {
  ask: "request until no use is possible",
  unreadable: "the day until nothing opens",
  gone: "the day until no row is left",
};
const kinds = ["ask", "unreadable", "gone"] as const;

const report = (
  sizes: readonly { size: number; times: Times }[],
  chat: Awaited<ReturnType<typeof besideChat>>,
  others: number | null,
  chosen: Chosen,
): Report => {
  const [least, most] = [sizes[0]?.times ?? none(), sizes.at(-1)?.times ?? none()];
  const flat = (kind: keyof Times) => rounded(median(most[kind]) / median(least[kind]));
  const rows = kinds.map((kind) => [
    titles[kind],
    ...sizes.map(({ times }) => `${figuresOf(times[kind]).median} / ${figuresOf(times[kind]).p99}`),
    flat(kind),
  ]);
  const ratio = {
    request: flat("ask"),
    unreadable: flat("unreadable"),
    chatP99: rounded(chat.during.p99 / chat.quiet.p99),
  };
  const text = [
    `Milliseconds, median / p99 of ${chosen.people} people`,
    tableOf(["messages of the person", ...sizes.map(({ size }) => String(size)), "most to least"], rows),
    `Chat at ${chosen.rate}/s while ${chosen.removed} people with ${chosen.messages} messages are erased (${rounded(chat.took)} s each):`,
    `p50 ${rounded(chat.during.p50)}, p99 ${rounded(chat.during.p99)} ms; quiet ${rounded(chat.quiet.p50)}, ${rounded(chat.quiet.p99)} ms; p99 ${ratio.chatP99} times its quiet value.`,
    othersNote(others),
  ].join("\n");
  const bySizes = sizes.map(({ size, times }) => ({
    messages: size,
    ...Object.fromEntries(kinds.map((kind) => [kind, figuresOf(times[kind])])),
  }));
  return { figures: { ratio, othersShare: others, bySize: bySizes, chat }, text };
};

export const erasure = part({
  name: "erasure",
  numbers,
  run: (chosen, say) =>
    inFolder(async (folder) => {
      const keep = await folder.open(false);
      try {
        const othersShare = await watchOthers();
        const sizes = await bySize(folder, keep, chosen, say);
        const chat = await besideChat(folder, keep, chosen, say);
        return report(sizes, chat, await othersShare(), chosen);
      } finally {
        await keep.close();
      }
    }),
});
