// A thread that makes files of an archive: it opens rows, writes them down to read and for programs, and squeezes them, so that nobody waits for it in the service (R1, third wall).
import { parentPort, workerData } from "node:worker_threads";
import { crc32, deflateRawSync } from "node:zlib";
import { rowsIn } from "../../keep/copied.ts";
import { openLent, type Lent } from "../../keep/lent.ts";
import { SealError } from "../../keep/seal.ts";
import type { SealedPage } from "../../review/held-stream.ts";
import { heldTableOf, type HeldTable } from "../../review/held-tables.ts";
import { clocksOf, rowOpener, type HeldRow } from "../../review/open-rows.ts";
import type { Spoken } from "../../speak-policy.ts";
import { shownRow, titleOf } from "../held-view.ts";
import { wordsFor } from "../messages/languages.ts";
import { timesIn } from "./frame.ts";
import { aroundPart } from "./index-page.ts";
import { rowsHtml } from "./row-html.ts";
import { rowsToJson } from "./row-json.ts";
import type { RowJson, RowsJson } from "./schema.ts";
import type { Packed } from "./zip.ts";

/** Whose archive it is and how it is written; `schema`: where that of a file of rows is published. */
export type Maker = Omit<Spoken, "words"> & { subject: string; schema: string };

/** Names of those who share rows: by session, then by person. */
export type Names = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Two files of one part of a kind; `before`, `after`: pages of its neighbours, where there are any. */
export type PartFiles = {
  json: string;
  html: string;
  at: number;
  before: string | null;
  after: string | null;
};

/** Rows of one table, made into files of their own, or into pieces of others where there are none; or a text. */
export type ToMake =
  | { pages: readonly SealedPage[]; lent: Lent; names: Names; files: PartFiles | null }
  | { name: string; text: string };

export type Made = { files: Packed[]; html: string; json: RowJson[] };
export type Answer = Made | { fault: string };

const port = parentPort;
if (!port) throw new Error("this is a thread of the archive's");

const { subject, schema, ...reads } = workerData as Maker;
const spoken: Spoken = { ...reads, words: wordsFor(reads.language) };
const words = spoken.words.archive;
const times = timesIn(spoken.words);

/** A file as it grows. What its bytes lie in serves for the next one. */
const growing = () => {
  let bytes = Buffer.alloc(0);
  let used = 0;
  return {
    begin: () => void (used = 0),
    add(text: string) {
      const most = used + 3 * text.length;
      if (most > bytes.length) bytes = Buffer.concat([bytes.subarray(0, used)], 2 * most);
      used += bytes.write(text, used);
    },
    /** Quick before small: text shrinks to a fifth either way. */
    pack(name: string): Packed {
      const whole = bytes.subarray(0, used);
      // Node's own buffer can't be handed over to another thread.
      return {
        name,
        size: used,
        crc: crc32(whole),
        bytes: new Uint8Array(deflateRawSync(whole, { level: 1 })),
      };
    },
  };
};
const [jsonFile, htmlFile] = [growing(), growing()];

/** So many rows are taken apart, opened and written at a time: what is made of them is gone before it has to be kept. */
const atOnce = 50;

type Rows = Extract<ToMake, { pages: unknown }>;
type Written = Generator<{ json: RowJson[]; html: string }>;
type Writer = { held: HeldTable; written: (rows: Rows) => Written; end: () => string };

/** Opens and writes rows of a table, those of one file after those of another. */
const writerFor = (held: HeldTable): Writer => {
  const nothing: [Lent, Names, SealedPage["clocks"]] = [{}, new Map(), new Map()];
  let [lent, names, clocks] = nothing;
  const open = rowOpener(
    (column, row) => openLent(lent, held.table, column, row),
    held,
    subject,
    clocksOf(held, (session) => clocks.get(session)),
  );
  const named = (row: HeldRow): string | null =>
    names.get(String(row.values[held.table.sharedBy ?? ""]))?.get(row.owner) ?? null;
  const jsonOf = rowsToJson(spoken.policy, held, (row) => named(row) ?? words.somebody);
  const shown = (row: HeldRow) => shownRow(spoken, held, row, { nameOf: () => named(row) });
  const html = rowsHtml({ held, words, times, shown });
  return {
    held,
    *written(file) {
      [lent, names] = [file.lent, file.names];
      html.begin();
      try {
        for (const page of file.pages) {
          clocks = page.clocks;
          for (const raw of rowsIn(page.copied, atOnce)) {
            const rows = raw.map(open);
            const json = rows.map(jsonOf);
            yield { json, html: html.of(rows, json) };
          }
        }
      } finally {
        [lent, names, clocks] = nothing;
      }
    },
    end: html.end,
  };
};

const writers = new Map<string, Writer>();

/** One for each table: code that has become quick goes away with the functions that it belongs to. */
const writerOf = ([first]: readonly SealedPage[]): Writer => {
  const name = first?.table ?? "";
  const known = writers.get(name);
  if (known) return known;
  const held = heldTableOf(name);
  if (!held) throw new Error("rows of no table of the register");
  const made = writerFor(held);
  writers.set(name, made);
  return made;
};

const ownFiles = ({ held, written, end }: Writer, rows: Rows, files: PartFiles): Made => {
  const [before, behind] = aroundPart(spoken.words, spoken.language, titleOf(spoken, held), files);
  const head = JSON.stringify({ $schema: schema, kind: held.table.name } satisfies Omit<RowsJson, "rows">);
  jsonFile.begin();
  jsonFile.add(`${head.slice(0, -1)},"rows":[`);
  htmlFile.begin();
  htmlFile.add(before);
  let between = "";
  for (const { json, html } of written(rows)) {
    jsonFile.add(between + JSON.stringify(json).slice(1, -1));
    htmlFile.add(html);
    between = ",";
  }
  jsonFile.add("]}");
  htmlFile.add(end() + behind);
  return { files: [jsonFile.pack(files.json), htmlFile.pack(files.html)], html: "", json: [] };
};

const inside = ({ written, end }: Writer, rows: Rows): Made => {
  const made: Made = { files: [], html: "", json: [] };
  for (const { json, html } of written(rows)) {
    made.html += html;
    made.json.push(...json);
  }
  return { ...made, html: made.html + end() };
};

const makeRows = (rows: Rows): Made => {
  const writer = writerOf(rows.pages);
  return rows.files ? ownFiles(writer, rows, rows.files) : inside(writer, rows);
};

const pack = ({ name, text }: Extract<ToMake, { text: string }>): Made => {
  jsonFile.begin();
  jsonFile.add(text);
  return { files: [jsonFile.pack(name)], html: "", json: [] };
};

const make = (asked: ToMake): Answer => {
  try {
    return "pages" in asked ? makeRows(asked) : pack(asked);
  } catch (fault) {
    if (fault instanceof SealError) return { fault: fault.message };
    throw fault;
  }
};

// Answers come in the order of what was asked.
port.on("message", (asked: ToMake) => {
  const answered = make(asked);
  port.postMessage(answered, "files" in answered ? answered.files.map(({ bytes }) => bytes.buffer) : []);
});
