// The archive's first page: what is held kind by kind, with where it came from, what it serves, who may get it and until when (R1, D2).
import type { PageWords } from "../messages/en.ts";
import { around, esc, page } from "./frame.ts";
import type { DataJson, KindJson } from "./schema.ts";

/** Rows on the page itself, or the pages that have them. */
export type Inside = { rows: string; pages: readonly string[] };

export type IndexParts = {
  data: DataJson;
  words: PageWords;
  kinds: readonly { kind: KindJson; inside: Inside }[];
  ledger: Inside;
  /** Kinds of which nothing is held. */
  nothing: readonly string[];
  /** When it was made, in words. */
  made: string;
  /** Of the file that says in which form `data.json` is. */
  schema: string;
};

const link = (href: string, text: string): string => `<a href="${esc(href)}">${esc(text)}</a>`;

const listOf = (items: readonly string[], none: string): string =>
  items.length === 0 ? esc(none) : `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;

const factsHtml = ({ archive: words }: PageWords, { data }: KindJson): string =>
  data
    .map(({ label, about, retention, purposes, recipients }) => {
      const serves = purposes.map(
        (one) => esc(words.to(one.about)) + (one.now ? "" : ` <i>(${esc(words.notNow)})</i>`),
      );
      const goes = recipients.map(({ name, because }) =>
        esc(because === null ? name : `${name}: ${because}`),
      );
      return `<dl><dt>${esc(label)}</dt><dd>${esc(about)}</dd>
<dt>${esc(words.ends)}</dt><dd>${esc(retention.text)}</dd>
<dt>${esc(words.serves)}</dt><dd>${listOf(serves, words.nobody)}</dd>
<dt>${esc(words.mayGoTo)}</dt><dd>${listOf(goes, words.nobody)}</dd></dl>`;
    })
    .join("\n");

const insideHtml = ({ archive, locale }: PageWords, count: number, { rows, pages }: Inside): string => {
  if (pages.length === 0) return rows;
  const parts = pages.map((name, at) => link(name, archive.part(at + 1)));
  return `<p>${esc(archive.many(count.toLocaleString(locale)))}</p>${listOf(parts, "")}`;
};

const kindHtml = (words: PageWords, { kind, inside }: IndexParts["kinds"][number]): string => {
  const { cameIn, from, itself, facts } = words.archive;
  const { source } = kind;
  const came = source
    ? `${cameIn}: ${source.label}${source.from === null ? "" : ` (${from(source.from)})`}`
    : itself;
  const about = factsHtml(words, kind);
  return `<section id="${esc(kind.kind)}">
<h2>${esc(kind.title)}</h2>
<p class="hint">${esc(came)}</p>
${about === "" ? "" : `<details><summary>${esc(facts)}</summary>${about}</details>`}
${insideHtml(words, kind.count, inside)}
</section>`;
};

const contents = (words: PageWords, { kinds, data }: IndexParts): string => {
  const { locale, archive } = words;
  const items = kinds.map(
    ({ kind }) => `${link(`#${kind.kind}`, kind.title)} (${kind.count.toLocaleString(locale)})`,
  );
  items.push(`${link("#ledger", archive.ledger)} (${data.ledger.count.toLocaleString(locale)})`);
  return `<nav aria-labelledby="contents"><h2 id="contents">${esc(archive.contents)}</h2>${listOf(items, "")}</nav>`;
};

export const indexPage = (parts: IndexParts): string => {
  const { data, words, kinds, ledger, nothing, made, schema } = parts;
  const { archive } = words;
  const { region, status, age } = data.person;
  const json = archive.json(link("data.json", "data.json"), link(schema, schema));
  const body = [
    `<h1>${esc(archive.title(data.service.name))}</h1>`,
    `<p>${esc(archive.made(made, data.service.version))}</p>`,
    `<p class="hint">${json}</p>`,
    `<p class="hint">${esc(archive.stands(region, status, age))}</p>`,
    contents(words, parts),
    ...kinds.map((one) => kindHtml(words, one)),
    `<section id="ledger"><h2>${esc(archive.ledger)}</h2><p class="hint">${esc(archive.ledgerAbout)}</p>`,
    `${insideHtml(words, data.ledger.count, ledger)}</section>`,
    nothing.length === 0
      ? ""
      : `<section><h2>${esc(archive.nothing)}</h2>${listOf(nothing.map(esc), "")}</section>`,
  ];
  return page(data.language, archive.title(data.service.name), body.join("\n"));
};

/**
 * What stands before and behind the rows on one page of many of a kind.
 * @param part its place, from 1, and its neighbours, where there are any
 */
export const aroundPart = (
  { archive }: PageWords,
  language: string,
  title: string,
  part: { at: number; before: string | null; after: string | null },
): readonly [before: string, behind: string] => {
  const ways = [link("../index.html", archive.whole)];
  if (part.before !== null) ways.push(link(part.before, archive.before));
  if (part.after !== null) ways.push(link(part.after, archive.after));
  const nav = `<p>${ways.join(" · ")}</p>`;
  const heading = `${title}, ${archive.part(part.at)}`;
  const [before, behind] = around(language, heading);
  return [`${before}<h1>${esc(heading)}</h1>${nav}<section>`, `</section>${nav}${behind}`];
};
