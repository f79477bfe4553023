// npm run bench -- keep: what copies, restores and re-wrapping take, and what chat notices of them.
import { archiving } from "./keep/archiving.ts";
import type { Latency } from "./keep/beside.ts";
import { copying, restoring } from "./keep/copying.ts";
import { rewrapping } from "./keep/rewrapping.ts";
import { benchmark } from "./parts/command.ts";
import { tableOf } from "./parts/figures.ts";

const numbers = {
  megabytes: { default: 1000, about: "MB of messages that are copied and restored" },
  people: { default: 1_000_000, about: "people whose keys are re-wrapped" },
  erased: { default: 100, about: "of them who were erased since the last time" },
  rate: { default: 500, about: "messages a second, where latency is measured" },
  seconds: {
    default: 10,
    about: "seconds of quiet, before and after what is measured; of a turn of a copy, or of chat flat out",
  },
  rounds: { default: 5, about: "rounds of chat flat out, archived and not, of restores, and of re-wrapping" },
};

const parts = ["archive", "copy", "restore", "rewrap"] as const;

const latency = ({ p50, p99 }: Latency): string => `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`;

type Row = [string, string | number, string | number, string | number, string];

const archiveRows = ({ archived, plain, ratio }: Awaited<ReturnType<typeof archiving>>): Row[] => [
  ["chat flat out, messages/s: archived, against not", archived, plain, ratio, "≥ 0.9"],
];

const copyRows = (megabytes: number, copy: Awaited<ReturnType<typeof copying>>): Row[] => [
  [
    `chat p50 / p99 in ${copy.took.toFixed(0)} s of a copy of ${megabytes} MB, by turns with quiet`,
    latency(copy.during),
    latency(copy.quiet),
    copy.during.p99 / copy.quiet.p99,
    "≤ 2",
  ],
];

const restoreRows = (
  megabytes: number,
  { restored, yardstick, ratio }: Awaited<ReturnType<typeof restoring>>,
): Row[] => [
  [
    `restore of ${megabytes} MB to ready, s; against cp -r and recovery`,
    ...([restored, yardstick, ratio] as const),
    "≤ 1.5",
  ],
];

const rewrapRows = (
  people: number,
  erased: number,
  rewrap: Awaited<ReturnType<typeof rewrapping>>,
): Row[] => [
  [
    `re-wrap of ${people} people after ${erased} erasures (${rewrap.moved} keys moved), s: alone`,
    rewrap.alone,
    "",
    "",
    "≤ 60",
  ],
  ["the same while chat goes on, s, the longest", rewrap.took, rewrap.alone, rewrap.took / rewrap.alone, ""],
  [
    "chat p50 / p99 meanwhile, against quiet",
    latency(rewrap.during),
    latency(rewrap.quiet),
    rewrap.during.p99 / rewrap.quiet.p99,
    "≤ 1.5",
  ],
];

await benchmark(
  "keep",
  "Copies, restores and re-wrapping, and what chat notices of them. 10 GB: --part copy --megabytes 10000.",
  numbers,
  async (chosen, say) => {
    const { megabytes, people, erased, rounds, seconds, part } = chosen;
    const wanted = (name: (typeof parts)[number]): boolean => part === null || part === name;
    const archive = wanted("archive") ? await archiving(rounds, seconds, say) : null;
    const copy = wanted("copy") ? await copying(chosen, say) : null;
    const restore = wanted("restore") ? await restoring(chosen, say) : null;
    const rewrap = wanted("rewrap") ? await rewrapping(chosen, say) : null;
    const rows = [
      ...(archive ? archiveRows(archive) : []),
      ...(copy ? copyRows(megabytes, copy) : []),
      ...(restore ? restoreRows(megabytes, restore) : []),
      ...(rewrap ? rewrapRows(people, erased, rewrap) : []),
    ];
    return {
      figures: { megabytes, people, erased, archive, copy, restore, rewrap },
      text: tableOf(["", "measured", "against", "ratio", "aim"], rows),
    };
  },
  parts,
);
