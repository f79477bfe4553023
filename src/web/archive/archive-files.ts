// Makes the files of an archive one after the other from what is held, and the first page last, when all is known (R1, D2).
import { inTurn, type Coming } from "../../keep/ahead.ts";
import { categoriesIn, factOf, sourceOf } from "../../review/held-facts.ts";
import {
  Gone,
  heldPages,
  lentFor,
  mustBeThere,
  standingNow,
  type SealedPage,
} from "../../review/held-stream.ts";
import { heldTableOf, heldTables, type HeldTable } from "../../review/held-tables.ts";
import { ledgerAbout, type EntryAbout } from "../../review/ledger-about.ts";
import { seatsOf } from "../../session/seat.ts";
import type { Spoken } from "../../speak-policy.ts";
import { titleOf } from "../held-view.ts";
import { endingOf } from "../kept.ts";
import type { WebNeeds } from "../needs.ts";
import { timesIn, type Times } from "./frame.ts";
import { aroundPart, indexPage } from "./index-page.ts";
import { entriesHtml } from "./ledger-html.ts";
import type { Made, Names, PartFiles, ToMake } from "./maker-thread.ts";
import { startMakers, underWay } from "./makers.ts";
import { inParts, type Part } from "./parts.ts";
import { schemaAt, schemaText, type DataJson, type EntriesJson, type KindJson } from "./schema.ts";
import type { Packed } from "./zip.ts";

export type ArchiveNeeds = Pick<WebNeeds, "review" | "session" | "clock" | "origin">;

export type Asked = {
  subject: string;
  askedAt: Date;
  /** In whose language it is made. */
  spoken: Spoken;
  /** Called with how many more rows have been dealt with. */
  told: (more: number) => void;
};

/** So many rows of a kind stand on the first page and in `data.json` themselves, and so many bytes of them. */
const mostInside = 500;
const mostBytesInside = 1 << 20;
const schemaFile = "schema.json";

type Make = (asked: ToMake) => Promise<Made>;
type Making = Asked & { needs: ArchiveNeeds; times: Times; make: Make };

/** What has been made of one kind. */
type Section = { name: string; title: string; rows: string; pages: string[]; files: string[]; count: number };

const sectionOf = (name: string, title: string): Section => ({
  ...{ name, title },
  ...{ rows: "", pages: [], files: [], count: 0 },
});

type AnyPart = Part<unknown, unknown>;

/** Whether a part is all that there is of its kind, and little. */
const fitsInside = ({ at, last, count }: AnyPart): boolean => at === 1 && last && count <= mostInside;

/** Files of a part, which the first page leads to. */
const ownFiles = (section: Section, { at, last }: AnyPart): PartFiles => {
  const named = (number: number) => `${section.name}-${String(number).padStart(5, "0")}`;
  const files = { json: `rows/${named(at)}.json`, html: `pages/${named(at)}.html` };
  section.files.push(files.json);
  section.pages.push(files.html);
  const before = at === 1 ? null : `${named(at - 1)}.html`;
  return { ...files, at, before, after: last ? null : `${named(at + 1)}.html` };
};

/** Names of those who share rows, looked up once for each session. */
const namesFor = ({ needs, subject }: Making) => {
  let known = new Map<string, ReadonlyMap<string, string>>();
  return async (pages: readonly SealedPage[]): Promise<Names> => {
    const sessions = new Set(pages.flatMap(({ others }) => others.map(({ session }) => session)));
    if (known.size > mostInside) known = new Map();
    for (const id of sessions) {
      if (known.has(id)) continue;
      const seats = await seatsOf(needs.session, subject, id);
      known.set(id, new Map(seats.map((seat) => [seat.subject, seat.name])));
    }
    return new Map([...sessions].map((id) => [id, known.get(id) ?? new Map<string, string>()]));
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

type KindMade = { kind: KindJson; inside: Section };

async function* pagesOf({ needs, subject }: Making) {
  for await (const page of heldPages(needs.review, subject))
    yield { kind: page.table, items: [page], count: page.count };
}

/** Files that are under way, and how many rows are dealt with once they are taken. */
type Files = AsyncGenerator<Coming<{ files: readonly Packed[]; rows: number }>>;

/** Every table's rows; what has been made of each is put into `kinds`. */
async function* rowFiles(making: Making, purposes: ReadonlySet<string>, kinds: KindMade[]): Files {
  const { make, needs, subject } = making;
  const namesIn = namesFor(making);
  for await (const part of inParts(pagesOf(making))) {
    const held = heldTableOf(part.kind);
    if (!held) continue;
    if (part.at === 1) {
      const kind = kindOf(making, held, purposes);
      kinds.push({ kind, inside: sectionOf(kind.kind, kind.title) });
    }
    const { kind, inside } = kinds.at(-1) as KindMade;
    const bytes = part.items.reduce((sum, { copied }) => sum + copied.bytes.length, 0);
    const files = fitsInside(part) && bytes <= mostBytesInside ? null : ownFiles(inside, part);
    kind.count += part.count;
    kind.files = inside.files;
    const names = await namesIn(part.items);
    const made = async () => {
      const lent = await lentFor(needs.review, held, subject, part.items);
      const { html, json, ...whole } = await make({ pages: part.items, lent, names, files });
      if (!files) [inside.rows, kind.rows] = [html, json];
      return { ...whole, rows: part.count };
    };
    yield { coming: made() };
  }
}

async function* entriesOf({ needs, subject }: Making) {
  for await (const items of ledgerAbout(needs.review, subject))
    yield { kind: "ledger", items, count: items.length };
}

type LedgerMade = { section: Section; entries: EntryAbout[] };

async function* ledgerFiles(making: Making, made: LedgerMade): Files {
  const { spoken, needs, times, make } = making;
  const { section } = made;
  const pack = async (name: string, text: string) => ({ ...(await make({ name, text })), rows: 0 });
  for await (const part of inParts(entriesOf(making))) {
    const html = entriesHtml(spoken.words.archive, times, part.items);
    section.count += part.count;
    if (fitsInside(part)) [section.rows, made.entries] = [html, [...part.items]];
    else {
      const files = ownFiles(section, part);
      const $schema = schemaAt(needs.origin(), "download-ledger-1.json");
      const json: EntriesJson = { $schema, entries: [...part.items] };
      const page = aroundPart(spoken.words, spoken.language, section.title, files).join(html);
      yield { coming: pack(files.json, JSON.stringify(json)) };
      yield { coming: pack(files.html, page) };
    }
  }
}

/** Some at a time are under way; they come in their order. */
async function* inOrder({ told, needs, subject }: Making, all: Files): AsyncGenerator<Packed> {
  for await (const { files, rows } of inTurn(all, underWay)) {
    // Whoever fetches slowly may have let them wait.
    await mustBeThere(needs.review, subject);
    yield* files;
    told(rows);
  }
}

async function* everyFile(making: Making): AsyncGenerator<Packed> {
  const { subject, askedAt, spoken, needs, make } = making;
  const { words, policy, language } = spoken;
  const pack = async (name: string, text: string) => (await make({ name, text })).files;
  const person = await standingNow(needs.review, subject);
  if (!person) throw new Gone("nobody is there");
  const made = needs.clock().toISOString();
  yield* await pack(schemaFile, schemaText("download-1.json"));
  const kinds: KindMade[] = [];
  yield* inOrder(making, rowFiles(making, person.purposes, kinds));
  const ledger: LedgerMade = { section: sectionOf("ledger", words.archive.ledger), entries: [] };
  yield* inOrder(making, ledgerFiles(making, ledger));
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
  yield* await pack("data.json", JSON.stringify(data));
  // Asked once more behind the last page, or what went out could look whole without being it.
  if ((await standingNow(needs.review, subject)) === null) throw new Gone("nobody is there");
  const there = new Set(kinds.map(({ kind }) => kind.kind));
  const nothing = heldTables
    .filter(({ table }) => !there.has(table.name))
    .map((held) => titleOf(spoken, held));
  const clock = `${making.times.day(made)}, ${made.slice(11, 16)}`;
  const parts = { data, words, kinds, ledger: ledger.section, nothing, made: clock, schema: schemaFile };
  yield* await pack("index.html", indexPage(parts));
}

/**
 * Every file of the archive, made while the last ones are taken. Throws {@link Gone} when the person is erased meanwhile:
 * the first page and `data.json`, which come last, are then not there.
 */
export async function* archiveFiles(needs: ArchiveNeeds, asked: Asked): AsyncGenerator<Packed> {
  const { subject, spoken } = asked;
  const { language, policy, statement, words } = spoken;
  const schema = schemaAt(needs.origin(), "download-rows-1.json");
  const makers = startMakers({ language, policy, statement, subject, schema });
  const make: Make = async (toMake) => {
    const made = await makers.make(toMake);
    await mustBeThere(needs.review, subject);
    return made;
  };
  try {
    yield* everyFile({ ...asked, needs, times: timesIn(words), make });
  } finally {
    await makers.end();
  }
}
