// Who reads a page, and in which language: the one in the address, else the one they chose to keep, else one that the browser asks for, else the policy's own (P1).
import { fromText } from "../collect/preferences.ts";
import type { Spoken } from "../speak-policy.ts";
import { preferencesCookie, readCookie } from "./cookies.ts";
import type { WebContext, WebNeeds } from "./needs.ts";
import type { Site } from "./pages/layout.tsx";
import { withLanguage, type Reading } from "./reading.ts";
import { siteFor } from "./site.ts";

export type Reader = Spoken & { site: Site & { reading: Reading }; to: Reading["to"] };

/** Languages of an Accept-Language header, best first (RFC 9110, section 12.5.4); regions are not told apart. */
export const acceptedLanguages = (header: string): string[] =>
  header
    .slice(0, 1000)
    .split(",")
    .map((part) => {
      const [range = "", ...parameters] = part.trim().split(/\s*;\s*/);
      const weight = /^q=([01](?:\.\d{1,3})?)$/i.exec(parameters[0] ?? "")?.[1];
      return { language: range.toLowerCase().split("-")[0] ?? "", weight: Number(weight ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => language);

/** An address with a token or ticket in it is its bearer's own, and nothing for search engines. */
const isPublic = (c: WebContext): boolean => (c.req.param("token") ?? c.req.param("ticket")) === undefined;

/** Of a page that answers a form: under its address it is not found again, so that a link to another language would lose it. */
export const answering = (site: Reader["site"]): Reader["site"] => ({
  ...site,
  reading: { ...site.reading, choices: [] },
});

/** Whoever asks, with everything in their language. Says so in the answer's head. */
export const readerFor = (needs: WebNeeds, c: WebContext): Reader => {
  const { spoken, origin } = needs;
  const find = (language: string | undefined) => spoken.find((one) => one.language === language);
  const asked = find(c.req.query("language"));
  const accepted = acceptedLanguages(c.req.header("accept-language") ?? "").flatMap((one) => find(one) ?? []);
  const chosen = fromText(readCookie(needs, c, preferencesCookie)).language;
  const found = asked ?? find(chosen ?? undefined) ?? accepted[0] ?? spoken[0];
  const { language, words } = found;
  // A query alone stays on the page, whatever its path looks like.
  const here = new URL(c.req.url).search;
  const to = (path: string) => (asked ? withLanguage(path, language) : path);
  const reading: Reading = {
    language,
    words,
    to,
    choices:
      spoken.length < 2
        ? []
        : spoken.map((one) => ({
            language: one.language,
            name: one.words.name,
            href: withLanguage(here, one.language),
          })),
    address: isPublic(c) ? `${origin()}${c.req.path}` : null,
    named: asked !== undefined,
  };
  c.header("vary", "Accept-Language");
  c.header("content-language", language);
  return { ...found, to, site: { ...siteFor(needs, c), reading } };
};
