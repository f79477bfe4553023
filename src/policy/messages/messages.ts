/** What a language must be able to say: a language is one file that fills this form (P1). */
import type { Reason } from "../ask.ts";
import type { Act, Cookie, Erasure, Ground, ShareGround } from "../policy.ts";

export type SectionId =
  | "who"
  | "collect"
  | "use"
  | "choose"
  | "look"
  | "share"
  | "keep"
  | "cookies"
  | "rights"
  | "children"
  | "protect"
  | "transfer"
  | "change"
  | "contact";

export type Head =
  "name" | "meaning" | "life" | "purpose" | "who" | "what" | "why" | "data" | "where" | "end" | "law";

/** A decision with its parts in words; `because` is null where it allows, `who` where nobody else is concerned. */
export type Explained = {
  act: Act | null;
  data: string;
  purpose: string;
  who: string | null;
  because: Exclude<Reason, "allowed"> | null;
  rules: readonly { id: string; line: number }[];
};

/** Things come as labels after a colon, so that no language has to bend them; purposes come after "to" or its like. */
export type Messages = {
  language: string;
  list: (items: readonly string[]) => string;
  time: (days: number) => string;
  country: (code: string) => string;
  title: (name: string) => string;
  /** A label as it stands within a sentence. */
  thing: (label: string) => string;
  sections: Record<SectionId, string>;
  heads: Record<Head, string>;
  controller: (name: string) => string;
  follows: (name: string, about: string) => string;
  agree: (title: string, version: number) => string;
  guideline: (title: string, version: number) => string;
  everything: string;
  anything: string;
  required: (label: string, what: string[]) => string;
  offered: (label: string, what: string[]) => string;
  passive: (label: string, what: string[]) => string;
  from: (label: string, who: string, what: string[]) => string;
  notice: (label: string, text: string) => string;
  use: (purpose: string, what: string[]) => string;
  grounds: Record<Ground, string>;
  because: (reason: string) => string;
  inRegion: (region: string, text: string) => string;
  statistics: (about: string, smallest: number) => string;
  /** A rule that refuses, in the words of the file: what, and the people it is about. */
  refuse: (act: Act | null, what: string[], regions: string[], because: string | null) => string;
  neverUse: (what: string[], purposes: string[]) => string;
  onlyFor: (what: string[], purposes: string[]) => string;
  neverShare: (what: string[], who: string[]) => string;
  neverFromChildren: (limit: number) => string;
  resolved: (given: string, holds: string) => string;
  choice: (label: string, about: string, where: string[]) => string;
  /** What holds for those who have not chosen. */
  unlessChosen: Partial<Record<Ground, string>>;
  places: Record<string, string>;
  place: (label: string) => string;
  signal: (labels: string[]) => string;
  look: (who: string, about: string, what: string[], when: string | null) => string;
  shareNothing: string;
  shareNothingElse: string;
  share: (who: string, what: string[], why: string) => string;
  shareGrounds: Record<ShareGround, string>;
  shareCounts: (who: string, smallest: number) => string;
  keepFor: (days: number, from: string) => string;
  keepUntil: (event: string) => string;
  keepFrom: (points: string[]) => string;
  keep: (what: string[], end: string, where: string | null) => string;
  keepNot: (what: string[]) => string;
  duty: (law: string) => string;
  backup: (days: number, about: string) => string;
  noCookies: string;
  cookieIntro: string;
  cookieChoice: string;
  cookiesNeeded: string;
  cookie: (name: string, about: string, holds: Cookie["holds"]) => string;
  without: (what: string) => string;
  /** Where it is, if it is no cookie; null for a cookie. */
  stored: Record<Cookie["store"], string | null>;
  browserCloses: string;
  tabCloses: string;
  rights: Record<"see" | "correct" | "restrict" | "erase", string>;
  answer: (days: number) => string;
  erase: (amount: number, unit: Erasure["unit"], calendar: string | null) => string;
  eraseBecause: (why: string) => string;
  hold: (about: string, days: number) => string;
  /** What a law keeps of a child's data. */
  holdOfChild: (kept: string) => string;
  askAgain: (minutes: number) => string;
  transfer: (from: string[], to: string, mechanism: string, about: string) => string;
  changes: (days: number, by: readonly ("mail" | "visit")[], about: string) => string;
  mail: (address: string) => string;
  complaints: (address: string) => string;
  post: (lines: string[]) => string;
  optOut: (address: string, subject: string) => string;
  letters: string;
  /** One sentence, with the rules that decided. */
  explain: (said: Explained) => string;
};
