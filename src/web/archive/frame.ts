// The page around what is read in an archive: no script, nothing from elsewhere, light and dark, whole by itself (R1).
import type { PageWords } from "../messages/en.ts";

/** What may not stand in a page as it is. */
const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const marked = /[&<>"]/;
const everyMark = /[&<>"]/g;

/** Text as it may stand in a page, in an attribute too. */
export const esc = (text: string): string =>
  marked.test(text) ? text.replaceAll(everyMark, (mark) => marks[mark] ?? "") : text;

const style = `:root{color-scheme:light dark;--paper:#f4f6f1;--card:#fff;--ink:#16211c;--soft:#4c5a53;--line:#d7ddd6;--accent:#0b5c4f;--tint:#deede6}
@media(prefers-color-scheme:dark){:root{--paper:#0e1512;--card:#161f1b;--ink:#e6ede8;--soft:#a5b3ab;--line:#2b3731;--accent:#72d4ba;--tint:#1d3a31}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem clamp(1rem,4vw,3rem) 4rem;max-width:60rem;font:106%/1.55 system-ui,sans-serif;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
h1,h2{font-family:Georgia,serif;line-height:1.2}
a{color:var(--accent)}
section{margin:1.5rem 0;padding:.25rem 1.25rem 1rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
h3{margin:1.5rem 0 .25rem;font-size:1rem}
h4{margin:1rem 0 .25rem;font-size:.88rem;color:var(--soft)}
.hint,time,small,.beside{color:var(--soft);font-size:.88rem}
.rows{list-style:none;margin:0;padding:0}
.rows>li{padding:.6rem 0;border-top:1px solid var(--line)}
.rows p,.said p{margin:.1rem 0}
.text{white-space:pre-wrap}
.said>p{padding:.3rem .6rem;border-radius:.5rem;white-space:pre-wrap}
.said>.own{background:var(--tint)}
dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.25rem 1rem;margin:.5rem 0}
dt{font-weight:600}
dd{margin:0}
dd ul{margin:0;padding-left:1.1rem}
summary{cursor:pointer;color:var(--accent)}
nav ul{columns:16rem;padding-left:1.1rem}
@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}`;

/** What stands before and behind the body of a page. */
export const around = (language: string, title: string): readonly [before: string, behind: string] => [
  `<!doctype html>
<html lang="${esc(language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${esc(title)}</title>
<style>${style}</style>
<body>
<main>
`,
  `
</main>
</html>
`,
];

/** A whole page. @param body already fit to stand in a page */
export const page = (language: string, title: string, body: string): string =>
  around(language, title).join(body);

export type Times = {
  /** "28 November 2026" */
  day(iso: string): string;
  /** An instant, marked as one. */
  instant(iso: string): string;
};

/** Instants in the reader's language, in UTC; what a day is called is worked out once for each day. */
export const timesIn = ({ locale }: Pick<PageWords, "locale">): Times => {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  let last = { date: "", words: "" };
  const day = (iso: string): string => {
    const date = iso.slice(0, 10);
    if (last.date !== date) last = { date, words: format.format(new Date(iso)) };
    return last.words;
  };
  return {
    day,
    instant: (iso) => `<time datetime="${iso}">${esc(day(iso))}, ${iso.slice(11, 19)}</time>`,
  };
};
