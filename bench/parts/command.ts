// What every benchmark's command line has: --json, its own numbers, and how its figures are told.
import { parseArgs } from "node:util";

export type Numbers = Readonly<Record<string, { default: number; about: string }>>;

export type Report = { figures: object; text: string };

const usage = (name: string, about: string, numbers: Numbers, parts: readonly string[]): string =>
  [
    `${about}\n`,
    `Usage: npm run bench -- ${name} [--json]${parts.length > 0 ? " [--part NAME]" : ""}`,
    ...(parts.length > 0 ? [`  --part NAME  this part alone: ${parts.join(", ")}`] : []),
    ...Object.entries(numbers).map(
      ([option, { default: value, about: words }]) => `  --${option} N  ${words} (${value})`,
    ),
    "",
  ].join("\n");

const numberOf = (option: string, text: string | boolean | undefined): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${option} is "${String(text)}". Use a whole number above 0.`);
};

type Given<N extends Numbers> = Record<keyof N, number> & {
  /** The one part that is asked for; null: all of them. */
  part: string | null;
};
type Chosen<N extends Numbers> = { json: boolean; help: boolean; given: Given<N> };

const partOf = (parts: readonly string[], part: string | boolean | undefined): string | null => {
  if (part === undefined || (typeof part === "string" && parts.includes(part))) return part ?? null;
  throw new Error(
    `--part is "${String(part)}". Use one of: ${parts.join(", ") || "none, this has no parts"}.`,
  );
};

/** Throws a sentence that says which option is wrong. */
const readOptions = <const N extends Numbers>(numbers: N, parts: readonly string[]): Chosen<N> => {
  const options = Object.fromEntries(
    Object.entries(numbers).map(([option, { default: value }]) => [
      option,
      { type: "string" as const, default: String(value) },
    ]),
  );
  const parsed = parseArgs({
    options: {
      ...options,
      part: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const values: Readonly<Record<string, string | boolean | undefined>> = parsed.values;
  const chosen = Object.keys(numbers).map((option) => [option, numberOf(option, values[option])]);
  return {
    json: values.json === true,
    help: values.help === true,
    given: { ...(Object.fromEntries(chosen) as Record<keyof N, number>), part: partOf(parts, values.part) },
  };
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const wordsOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

/**
 * Runs a benchmark as a program: progress goes to stderr, figures to stdout, with `--json` as one JSON object on
 * the last line. The exit code is 1 when it failed or what it measured was not right, 2 when it was asked wrongly.
 */
export const benchmark = async <const N extends Numbers>(
  name: string,
  about: string,
  numbers: N,
  run: (chosen: Given<N>, say: (line: string) => void) => Promise<Report>,
  parts: readonly string[] = [],
): Promise<void> => {
  try {
    const chosen = readOptions(numbers, parts);
    if (chosen.help) return void process.stdout.write(usage(name, about, numbers, parts));
    try {
      const { figures, text } = await run(chosen.given, say);
      process.stdout.write(chosen.json ? `${JSON.stringify({ bench: name, ...figures })}\n` : `${text}\n`);
    } catch (fault) {
      say(`${name} failed: ${fault instanceof Error ? fault.stack : String(fault)}`);
      process.exitCode = 1;
    }
  } catch (fault) {
    say(`${wordsOf(fault)}\n\n${usage(name, about, numbers, parts)}`);
    process.exitCode = 2;
  }
};

/** A part of a benchmark that has several. */
export type Part<N extends Numbers = Numbers> = {
  name: string;
  numbers: N;
  run: (chosen: Record<keyof N, number>, say: (line: string) => void) => Promise<Report>;
};

/** Keeps what a part asks for and what it is handed in step. */
export const part = <const N extends Numbers>(given: Part<N>): Part => ({
  ...given,
  run: (chosen, tell) => given.run(chosen as Record<keyof N, number>, tell),
});

/** A benchmark whose parts stand side by side: all of them in turn, or with `--part NAME` that one. */
export const benchmarkOf = (name: string, about: string, parts: readonly Part[]): Promise<void> =>
  benchmark(
    name,
    about,
    Object.assign({}, ...parts.map(({ numbers }) => numbers)) as Numbers,
    async ({ part: asked, ...chosen }, tell) => {
      const done: [string, Report][] = [];
      for (const one of parts.filter((each) => asked === null || each.name === asked))
        done.push([one.name, await one.run(chosen, tell)]);
      return {
        figures: Object.fromEntries(done.map(([of, { figures }]) => [of, figures])),
        text: done.map(([, { text }]) => text).join("\n\n"),
      };
    },
    parts.map((one) => one.name),
  );
