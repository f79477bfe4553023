/** What a language must be able to say: a language is one file that fills this form (P1). */
import type { Erasure, Ground } from "../policy.ts";

export type SectionId =
  | "who"
  | "collect"
  | "use"
  | "choose"
  | "share"
  | "keep"
  | "cookies"
  | "rights"
  | "children"
  | "protect"
  | "transfer"
  | "change"
  | "contact";

export type Head = "name" | "life" | "purpose" | "who" | "what" | "why" | "data" | "end" | "law";

export type Messages = {
  language: string;
  list: (items: readonly string[]) => string;
  time: (days: number) => string;
  title: (name: string) => string;
  sections: Record<SectionId, string>;
  heads: Record<Head, string>;
  controller: (name: string) => string;
  follows: (name: string, about: string) => string;
  agree: (title: string, version: number) => string;
  guideline: (title: string, version: number) => string;
  everything: string;
  required: (what: string[]) => string;
  offered: (what: string[]) => string;
  passive: (what: string[]) => string;
  from: (who: string) => string;
  use: (purpose: string, what: string[]) => string;
  grounds: Record<Ground, string>;
  because: (reason: string) => string;
  inRegion: (region: string, ground: string) => string;
  choice: (label: string, about: string, where: string[]) => string;
  places: Record<string, string>;
  place: (label: string) => string;
  signal: string;
  shareNothing: string;
  share: (who: string, what: string[], about: string | null) => string;
  aggregate: (who: string, smallest: number) => string;
  recipient: (name: string, about: string) => string;
  keepFor: (days: number, from: string) => string;
  keepUntil: (event: string) => string;
  keep: (what: string[], end: string) => string;
  duty: (law: string) => string;
  backup: (days: number, about: string) => string;
  cookie: (name: string, about: string) => string;
  cookieIntro: string;
  cookieChoice: string;
  without: (name: string, what: string) => string;
  browserCloses: string;
  rights: string[];
  answer: (days: number) => string;
  erase: (amount: number, unit: Erasure["unit"], calendar: string | null) => string;
  eraseBecause: (why: string) => string;
  hold: (about: string, days: number) => string;
  age: (about: string) => string;
  askAgain: (minutes: number) => string;
  transfer: (from: string[], to: string, mechanism: string, about: string) => string;
  changes: (days: number, by: readonly ("mail" | "visit")[], about: string) => string;
  mail: (address: string) => string;
  post: (lines: string[]) => string;
  optOut: (address: string, subject: string) => string;
  letters: string;
};
