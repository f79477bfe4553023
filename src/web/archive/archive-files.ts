// Makes the files of an archive one after the other from what is held, and the first page last, when all is known (R1, D2).
import { categoriesIn, factOf, sourceOf } from "../../review/held-facts.ts";
import type { HeldRow } from "../../review/held-rows.ts";
import { Gone, heldBatches, standingNow } from "../../review/held-stream.ts";
import { heldTables, type HeldTable } from "../../review/held-tables.ts";
import { ledgerAbout, type EntryAbout } from "../../review/ledger-about.ts";
import { seatsOf } from "../../session/seat.ts";
import type { Spoken } from "../../speak-policy.ts";
import { shownRow, titleOf } from "../held-view.ts";
import { endingOf } from "../kept.ts";
import type { WebNeeds } from "../needs.ts";
import { timesIn, type Times } from "./frame.ts";
import { indexPage, partPage } from "./index-page.ts";
import { entriesHtml } from "./ledger-html.ts";
import { inParts, type Part } from "./parts.ts";
import { rowsHtml } from "./row-html.ts";
import { rowsToJson } from "./row-json.ts";
import {
  schemaAt,
  schemaText,
  type DataJson,
  type EntriesJson,
  type KindJson,
  type RowsJson,
} from "./schema.ts";
import type { ArchiveFile } from "./zip.ts";

export type ArchiveNeeds = Pick<WebNeeds, "review" | "session" | "clock" | "origin">;

export type Asked = {
  subject: string;
  askedAt: Date;
  /** In whose language it is made. */
  spoken: Spoken;
  /** Called with how many more rows have been dealt with. */
  told: (more: number) => void;
};

/** So many rows of a kind stand on the first page and in `data.json` themselves. */
const mostInside = 500;
const schemaFile = "schema.json";

type Making = Asked & { needs: ArchiveNeeds; times: Times };

/** What has been made of one kind. */
type Section = { name: string; title: string; rows: string; pages: string[]; files: string[]; count: number };

const sectionOf = (name: string, title: string): Section => ({
  ...{ name, title },
  ...{ rows: "", pages: [], files: [], count: 0 },
});

/** Whether a part is all that there is of its kind, and little. */
const fitsInside = ({ at, last, items }: Part<unknown, unknown>): boolean =>
  at === 1 && last && items.length <= mostInside;

/** Files of a part, which the first page leads to. */
const ownFiles = (
  { spoken }: Making,
  section: Section,
  { at, last }: Part<unknown, unknown>,
  html: string,
  json: RowsJson | EntriesJson,
): ArchiveFile[] => {
  const named = (number: number) => `${section.name}-${String(number).padStart(5, "0")}`;
  const files = [`rows/${named(at)}.json`, `pages/${named(at)}.html`] as const;
  section.files.push(files[0]);
  section.pages.push(files[1]);
  const names = { here: (number: number) => `${named(number)}.html`, at, last };
  return [
    { name: files[0], text: JSON.stringify(json) },
    { name: files[1], text: partPage(spoken.words, spoken.language, section.title, names, html) },
  ];
};

type NameOf = (row: HeldRow) => string | null;

/** Names of those who share rows, looked up once for each session. */
const namesFor = ({ needs, subject }: Making) => {
  let known = new Map<string, Map<string, string>>();
  return async ({ table }: HeldTable, rows: readonly HeldRow[]): Promise<NameOf> => {
    const sessionOf = ({ values }: HeldRow) => String(values[table.sharedBy ?? ""] ?? "");
    if (known.size > mostInside) known = new Map();
    for (const id of new Set(rows.filter(({ mine }) => !mine).map(sessionOf))) {
      if (known.has(id)) continue;
      const seats = await seatsOf(needs.session, subject, id);
      known.set(id, new Map(seats.map((seat) => [seat.subject, seat.name])));
    }
    return (row) => known.get(sessionOf(row))?.get(row.owner) ?? null;
  };
};

const kindOf = ({ spoken, needs }: Making, held: HeldTable, purposes: ReadonlySet<string>): KindJson => {
  const compiled = { ...needs.review.inForce.versions.running.compiled, policy: spoken.policy };
  return {
    kind: held.table.name,
    title: titleOf(spoken, held),
    source: sourceOf(spoken.policy, held),
    data: categoriesIn(spoken.policy, held).map((category) => {
      const { text, days = null } = endingOf(spoken, category, held.table.at ?? "");
      return { ...factOf(compiled, category, purposes), retention: { text, days: days ?? null } };
    }),
    count: 0,
    rows: [],
    files: [],
  };
};

type Made = { kind: KindJson; inside: Section };

async function* batchesOf({ needs, subject }: Making) {
  for await (const { held, rows } of heldBatches(needs.review, subject)) yield { kind: held, items: rows };
}

/** Every table's rows; what has been made of each is put into `made`. */
async function* rowFiles(
  making: Making,
  purposes: ReadonlySet<string>,
  made: Made[],
): AsyncGenerator<ArchiveFile> {
  const { spoken, needs, times, told } = making;
  const namesIn = namesFor(making);
  const words = spoken.words.archive;
  for await (const part of inParts(batchesOf(making))) {
    const { kind: held, items } = part;
    if (part.at === 1) {
      const kind = kindOf(making, held, purposes);
      made.push({ kind, inside: sectionOf(kind.kind, kind.title) });
    }
    const { kind, inside } = made.at(-1) as Made;
    const named = await namesIn(held, items);
    const nameOf = (row: HeldRow) => named(row) ?? words.somebody;
    const json = items.map(rowsToJson(spoken.policy, held, nameOf));
    const html = rowsHtml(
      { held, words, times, shown: (row) => shownRow(spoken, held, row, { nameOf: () => named(row) }) },
      items,
      json,
    );
    kind.count += items.length;
    if (fitsInside(part)) [inside.rows, kind.rows] = [html, json];
    else {
      const $schema = schemaAt(needs.origin(), "download-rows-1.json");
      yield* ownFiles(making, inside, part, html, { $schema, kind: kind.kind, rows: json });
      kind.files = inside.files;
    }
    told(items.length);
  }
}

async function* entriesOf({ needs, subject }: Making) {
  for await (const items of ledgerAbout(needs.review, subject)) yield { kind: "ledger", items };
}

type LedgerMade = { section: Section; entries: EntryAbout[] };

async function* ledgerFiles(making: Making, made: LedgerMade): AsyncGenerator<ArchiveFile> {
  const { spoken, needs, times } = making;
  for await (const part of inParts(entriesOf(making))) {
    const html = entriesHtml(spoken.words.archive, times, part.items);
    made.section.count += part.items.length;
    if (fitsInside(part)) [made.section.rows, made.entries] = [html, [...part.items]];
    else {
      const $schema = schemaAt(needs.origin(), "download-ledger-1.json");
      yield* ownFiles(making, made.section, part, html, { $schema, entries: [...part.items] });
    }
  }
}

/**
 * Every file of the archive, each made when it is asked for. Throws {@link Gone} when the person is erased meanwhile:
 * the first page and `data.json`, which come last, are then not there.
 */
export async function* archiveFiles(needs: ArchiveNeeds, asked: Asked): AsyncGenerator<ArchiveFile> {
  const { subject, askedAt, spoken } = asked;
  const { words, policy, language } = spoken;
  const making: Making = { ...asked, needs, times: timesIn(words) };
  const person = await standingNow(needs.review, subject);
  if (!person) throw new Gone("nobody is there");
  const made = needs.clock().toISOString();
  yield { name: schemaFile, text: schemaText("download-1.json") };
  const kinds: Made[] = [];
  yield* rowFiles(making, person.purposes, kinds);
  const ledger: LedgerMade = { section: sectionOf("ledger", words.archive.ledger), entries: [] };
  yield* ledgerFiles(making, ledger);
  const { region, status, age } = person;
  const data: DataJson = {
    $schema: schemaAt(needs.origin(), "download-1.json"),
    service: {
      id: policy.policy,
      name: policy.controller.product ?? policy.controller.name,
      version: policy.version,
    },
    language,
    asked: askedAt.toISOString(),
    made,
    person: { id: subject, region, status, age },
    kinds: kinds.map(({ kind }) => kind),
    ledger: { count: ledger.section.count, entries: ledger.entries, files: ledger.section.files },
    records: kinds.reduce((sum, { kind }) => sum + kind.count, 0),
  };
  yield { name: "data.json", text: JSON.stringify(data) };
  // Asked once more behind the last page, or what went out could look whole without being it.
  if ((await standingNow(needs.review, subject)) === null) throw new Gone("nobody is there");
  const there = new Set(kinds.map(({ kind }) => kind.kind));
  const nothing = heldTables
    .filter(({ table }) => !there.has(table.name))
    .map((held) => titleOf(spoken, held));
  const clock = `${making.times.day(made)}, ${made.slice(11, 16)}`;
  const parts = { data, words, kinds, ledger: ledger.section, nothing, made: clock, schema: schemaFile };
  yield { name: "index.html", text: indexPage(parts) };
}
