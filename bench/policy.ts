// npm run bench -- policy: what a decision costs, what a policy costs before it decides, and what a browser has to load.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkPolicy } from "../dist/policy/check/check-policy.js";
import { compile, decide, type Ask, type Compiled, type Policy } from "../dist/policy/core.js";
import { parsePolicy } from "../dist/policy/parse-policy.js";
import { bundledSize } from "./parts/bundled-size.ts";
import { benchmark } from "./parts/command.ts";
import { median, othersNote, rounded, tableOf } from "./parts/figures.ts";
import { watchOthers } from "./parts/processes.ts";
import { measureAllocation } from "./policy/allocation.ts";
import { compareAnswers, contendersFor, timeAnswers, timePrepared } from "./policy/answer-speed.ts";
import { bareFill } from "./policy/bare-fill.ts";
import { measureChanges } from "./policy/change.ts";
import { largePolicy } from "./policy/large-policy.ts";
import { measureRunning } from "./policy/running.ts";

const numbers = {
  rounds: { default: 300, about: "rounds, in each of which all contenders answer in turn" },
  asks: { default: 4000, about: "asks that the contenders answer in a round" },
  compiles: { default: 100, about: "times that the large policy is compiled, and its table filled bare" },
  checks: { default: 5, about: "times that the large policy is checked" },
  changes: { default: 15, about: "new versions put in force while a process decides" },
  running: { default: 9, about: "new versions that the desk of a running service puts in force" },
  decisions: { default: 10_000_000, about: "decisions over which allocation is counted" },
};
type Chosen = Record<keyof typeof numbers, number>;

const read = (text: string, name: string): Policy => {
  const { policy, issues } = parsePolicy(text, name);
  if (policy === null) throw new Error(`${name}: ${issues[0]?.message ?? "does not check"}`);
  return policy;
};

const sixtyRules = (): Compiled => {
  const file = fileURLToPath(new URL("policy/sixty-rules.yaml", import.meta.url));
  return compile(read(readFileSync(file, "utf8"), "sixty-rules.yaml"));
};

/** Fills must come to the same before they are compared: each cell has a rule in both or in neither. */
const sameCells = (one: Uint32Array, other: Uint32Array): boolean =>
  one.length === other.length && one.every((number, cell) => number > 0 === (other[cell] as number) > 0);

const milliseconds = (act: () => unknown): number => {
  const began = performance.now();
  act();
  return performance.now() - began;
};

const measureLarge = ({ compiles, checks }: Chosen) => {
  const text = largePolicy(1);
  const firstRead = milliseconds(() => read(text, "large.yaml"));
  const policy = read(text, "large.yaml");
  const first = milliseconds(() => compile(policy));
  if (!sameCells(compile(policy).cells, bareFill(policy))) throw new Error("the fills differ");
  const times: { compile: number; bare: number }[] = [];
  for (let round = -compiles; round < compiles; round += 1) {
    const time = { compile: milliseconds(() => compile(policy)), bare: milliseconds(() => bareFill(policy)) };
    if (round >= 0) times.push(time);
  }
  const checked = Array.from({ length: checks }, () => milliseconds(() => checkPolicy(policy)));
  return {
    compileMs: median(times.map((time) => time.compile)),
    compileFirstMs: first,
    compileToBare: median(times.map((time) => time.compile / time.bare)),
    checkMs: median(checked),
    readMs: firstRead,
  };
};

const core = fileURLToPath(new URL("../src/policy/core.ts", import.meta.url));
const index = fileURLToPath(new URL("../src/policy/index.ts", import.meta.url));

const measureSizes = async () => ({
  core: (await bundledSize(`export * from ${JSON.stringify(core)};`)).gzipped,
  decide: (await bundledSize(`export { compile, decide } from ${JSON.stringify(index)};`)).gzipped,
});

type Measured = {
  compared: number;
  rules: number;
  answers: ReturnType<typeof timeAnswers>;
  fromJson: ReturnType<typeof timeAnswers>;
  prepared: ReturnType<typeof timePrepared>;
  allocated: Awaited<ReturnType<typeof measureAllocation>>;
  large: ReturnType<typeof measureLarge>;
  changes: Awaited<ReturnType<typeof measureChanges>>;
  running: Awaited<ReturnType<typeof measureRunning>>;
  sizes: Awaited<ReturnType<typeof measureSizes>>;
  othersShare: number | null;
};

const measure = async (chosen: Chosen, say: (line: string) => void): Promise<Measured> => {
  const compiled = sixtyRules();
  const { casl, hand, asks } = contendersFor(compiled, chosen.asks);
  say("Comparing all answers …");
  const compared = compareAnswers(compiled, casl, hand);
  say(`${compared} asks: the same answers from all. Timing …`);
  const othersShare = await watchOthers();
  const answers = timeAnswers(compiled, casl, hand, asks, chosen.rounds);
  const received = JSON.parse(JSON.stringify(asks)) as Ask[];
  const fromJson = timeAnswers(compiled, casl, hand, received, chosen.rounds);
  const prepared = timePrepared(compiled, asks, chosen.rounds);
  const allowed = asks.filter((ask) => decide(compiled, ask).effect === "allow");
  const allocated = await measureAllocation(compiled, allowed, chosen.decisions);
  say("Compiling and checking a large policy …");
  const large = measureLarge(chosen);
  say("Changing it while deciding …");
  const policy = read(largePolicy(1), "large.yaml");
  const changing = Object.keys(policy.categories).flatMap((category) =>
    Object.keys(policy.purposes).map((purpose): Ask => ({ act: "use", category, purpose, status: "active" })),
  );
  const changes = await measureChanges(compile(policy), largePolicy, changing, chosen.changes);
  say("Changing the policy of a running service …");
  const selmo = compile(read(readFileSync("policies/selmo.yaml", "utf8"), "selmo.yaml"));
  const running = await measureRunning(selmo, changing.slice(0, 1000), chosen.running);
  const sizes = await measureSizes();
  return {
    compared,
    rules: casl.rules,
    answers,
    fromJson,
    prepared,
    allocated,
    large,
    changes,
    running,
    sizes,
    othersShare: await othersShare(),
  };
};

/** In thousands of bytes. */
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;
const ms = (time: number): string => `${rounded(time)} ms`;

const report = (measured: Measured) => {
  const { answers, fromJson, prepared, allocated, large, changes, running, sizes } = measured;
  const times = (of: number): string => `${rounded(of)} times`;
  const rows: [string, string, string][] = [
    ["decide, to CASL with all rules that decided", "≥ 10 times", times(answers.times.caslAll)],
    ["decide, to CASL with one rule", "", times(answers.times.caslOne)],
    ["decide, to a table written by hand", "≥ 0.5", times(answers.times.hand)],
    [
      "the same three, words out of JSON",
      "",
      (["caslAll", "caslOne", "hand"] as const).map((name) => rounded(fromJson.times[name])).join(", "),
    ],
    ["prepared asks, to a bare typed array", "≥ 0.5", times(prepared.times.bare)],
    [
      "bytes allocated for a decision that allows",
      "0",
      `${allocated.bytes.toFixed(4)} (${allocated.collections} collections)`,
    ],
    ["compiling the large policy, to a bare fill", "≤ 3 times", times(large.compileToBare)],
    ["compiling it; the first time", "< 150 ms", `${ms(large.compileMs)}; ${ms(large.compileFirstMs)}`],
    ["checking it, every ask", "< 5 s", `${rounded(large.checkMs / 1000)} s`],
    [
      "slowest decision around a change, own time: usual, of all",
      "< 10 ms",
      `${ms(changes.around.own)}, ${ms(changes.around.mostOwn)}`,
    ],
    ["the same without a change", "", `${ms(changes.quiet.own)}, ${ms(changes.quiet.mostOwn)}`],
    [
      "the usual on the clock: around a change, without",
      "",
      `${ms(changes.around.clock)}, ${ms(changes.quiet.clock)}`,
    ],
    ["from text to in force", "", ms(changes.tookMs)],
    [
      "slowest wait of a decision in a running service around a change, own time: usual, of all",
      "< 10 ms",
      `${ms(running.around.own)}, ${ms(running.around.mostOwn)}`,
    ],
    ["the same without a change", "", `${ms(running.quiet.own)}, ${ms(running.quiet.mostOwn)}`],
    ["from the desk's button to in force", "", ms(running.tookMs)],
    ["upheld/policy without the reader, gzipped", "< 15 KB", kilobytes(sizes.core)],
    ["what only decides, gzipped", "", kilobytes(sizes.decide)],
  ];
  const ns = Object.entries(answers.ns).map(([name, time]) => `${name} ${rounded(time)}`);
  return [
    tableOf(["", "aim", "seen"], rows),
    `${measured.rules} rules, ${measured.compared} asks answered alike by all. Nanoseconds for an answer: ${ns.join(", ")}.`,
    othersNote(measured.othersShare),
  ].join("\n");
};

await benchmark(
  "policy",
  "Deciding, compiling, checking and changing a policy.",
  numbers,
  async (chosen, say) => {
    const measured = await measure(chosen, say);
    return { figures: measured, text: report(measured) };
  },
);
