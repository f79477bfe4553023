// How a page is read: in which words, and with links that keep a language that was asked for by name (P1).
import { createContext, useContext } from "hono/jsx";
import { en, type PageWords } from "./messages/en.ts";

/** One language that the page comes in too. */
export type Choice = { language: string; name: string; href: string };

export type Reading = {
  language: string;
  words: PageWords;
  /** A path of this site; it carries the language on if the reader asked for it by name. */
  to: (path: string) => string;
  /** Every language that the page comes in; empty where there is no choice. */
  choices: readonly Choice[];
  /** The page's own address without a language, for search engines; null for a page that is not for them. */
  address: string | null;
  /** Whether the language was asked for by name: the page then has an address of its own. */
  named: boolean;
};

/** How a page is read that comes in English alone. */
export const inEnglish: Reading = {
  language: "en",
  words: en,
  to: (path) => path,
  choices: [],
  address: null,
  named: false,
};

const Current = createContext<Reading>(inEnglish);

/** Stands around a page, so that its parts know how it is read without being told one by one. */
export const Reads = Current.Provider;

/** How a page of a site is read. */
export const readingOf = ({ reading }: { reading?: Reading | undefined }): Reading => reading ?? inEnglish;

/** How the page around this part is read. */
export const useReading = (): Reading => useContext(Current);

/** A path with the language named in it. */
export const withLanguage = (path: string, language: string): string => {
  const [whole = "", part] = path.split("#");
  const [before, query] = whole.split("?");
  const parameters = new URLSearchParams(query);
  parameters.set("language", language);
  return `${before}?${parameters.toString()}${part === undefined ? "" : `#${part}`}`;
};
