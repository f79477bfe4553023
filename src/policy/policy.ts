/** The policy as plain data: what a file says after reading, under the names that the other rooms use (P1). */

/** Where something stands in the policy file; both count from 1, and 0 means that it was not read from a file. */
export type Place = { line: number; column: number };

/** What every rule carries: its name, its place, and the promise ids or seed sentences that it keeps. */
export type Rule = { id: string; at: Place; keeps: string[] };

/** Why data may be used for a purpose. `never` says that in this region there is no ground at all. */
export type Ground =
  | "contract"
  | "opt-in"
  | "explicit-opt-in"
  | "opt-out"
  | "legal-obligation"
  | "legitimate-interest"
  | "vital-interest"
  | "never";

/** Why data may leave; each but `requested-service` and `offers` asks for its own evidence (D1). */
export type ShareGround =
  | "consent"
  | "requested-service"
  | "processor"
  | "legal-process"
  | "terms-breach"
  | "rights-and-safety"
  | "business-transfer"
  | "within-firm"
  | "offers"
  | "aggregate";

export type Sensitivity = "ordinary" | "sensitive" | "special";

export type Controller = Rule & {
  name: string;
  product: string | null;
  email: string;
  post: string[];
  site: string | null;
};

/** A text that people agree to or must keep to: terms, or the usage guidelines of one product (C1). */
export type PolicyDocument = Rule & {
  version: number;
  title: string;
  product: string | null;
  /** Paragraphs; one that begins with "## " is a heading, and one that begins with "- " an item of a list. */
  text: string[];
};

/** A guideline of others that the firm follows, traced to the promises that carry it out (P5). */
export type Followed = Rule & { name: string; about: string; link: string | null };

export type Category = Rule & {
  /** IRI in the W3C Data Privacy Vocabulary, prefixed. */
  dpv: string;
  /** How a sentence speaks of it: "your e-mail address". */
  about: string;
  /** How a form names it: "E-mail". */
  label: string;
  sensitivity: Sensitivity;
};

export type Purpose = Rule & {
  dpv: string;
  /** How a sentence speaks of it, after "to": "give you the session you asked for". */
  about: string;
  label: string;
  ground: Ground;
  /** Another ground for people of a region. */
  region: Record<string, Ground>;
  /** The choice that decides where the ground is a choice, or the objection where it is an interest. */
  choice: string | null;
  /** For a legitimate interest: the interest, in words; for a legal obligation: the law. */
  because: string | null;
};

export type Choice = Rule & {
  label: string;
  about: string;
  /** Where a person can make it: collection points, and `profile`, `mail`, `letter`, `one-click`, `signal`, `cookie-page`. */
  where: string[];
};

export type Field = { category: string; label: string; hint: string | null };

export type CollectionPoint = Rule & {
  point: string;
  label: string;
  for: string[];
  require: Field[];
  offer: Field[];
  passive: Field[];
  /** Choices that the form carries. */
  choices: string[];
  /** Shown before anything is collected. */
  notice: string | null;
  /** Who hands the data in, where it is not the person: a recipient or partner id. */
  from: string | null;
};

/** What a rule is about; `everything` where it names no kinds of data but all of them. */
export type About = { data: string[]; everything: boolean };

export type UseRule = Rule & About & { for: string[] };

export type Recipient = Rule & {
  name: string;
  about: string;
  dpv: string;
  kind: "processor" | "partner" | "authority" | "successor" | "group" | "advertiser" | "party";
  country: string | null;
  agreement: Agreement | null;
};

export type Agreement = { signed: string; review: string; for: string[] };

export type ShareRule = Rule &
  About & {
    to: string[];
    for: string[];
    ground: ShareGround;
    /** The smallest number of people that a shared figure may stand for; null where single records are shared. */
    smallest: number | null;
    about: string | null;
  };

export type KeepRule = Rule &
  About & {
    /** Collection points whose data it is about; empty for all that no other rule names. */
    points: string[];
    /** Days from `from`, 0 where `from` itself is the end; null where it is kept until the person's data is erased. */
    days: number | null;
    /** The event that the time runs from. */
    from: string;
    then: "erase" | "anonymise";
    /** The law that keeps this even after an erasure; null where erasure ends it too. */
    duty: string | null;
    about: string | null;
  };

export type Cookie = Rule & {
  name: string;
  store: "cookie" | "local-storage" | "session-storage";
  /** Days; null where it goes when the browser closes, or the tab for what is stored there. */
  days: number | null;
  purpose: string;
  about: string;
  /** What stops working without it. */
  without: string | null;
  holds: "random" | "choice" | "supplied";
  necessary: boolean;
};

export type Hold = {
  id: string;
  about: string;
  days: number;
  /** Data that a law keeps while it stands; where there is none, it puts off no erasure of a child's data. */
  byLaw: string[];
};

export type Erasure = Rule & {
  amount: number;
  unit: "business-days" | "days" | "hours";
  calendar: string | null;
  /** Purposes that still run between the request and the day. */
  leaves: string[];
  holds: Hold[];
  because: string | null;
};

export type Backup = Rule & { days: number; about: string };

export type AgeLimit = Rule & {
  limit: number;
  /** What happens while nobody has said how old the person is. */
  unknown: "allow" | "refuse";
  ask: string[];
  about: string;
};

export type Region = Rule & { label: string; countries: string[] };

export type Transfer = Rule & {
  from: string[];
  to: string;
  mechanism: string;
  dpv: string;
  about: string;
};

export type Look = Rule & About & { for: string[]; when: string | null };

export type Role = Rule & { label: string; about: string; look: Look[] };

export type Sentence = Rule & { text: string };

/** What an act is about; each list empty means "any". `except` takes out what any of its lists names. */
export type Scope = {
  act: Act | null;
  data: string[];
  for: string[];
  to: string[];
  at: string[];
  by: string[];
  region: string[];
  age: Age[];
  status: Status[];
  choice: ChoiceState[];
  ground: ShareGround[];
  except: { data: string[]; for: string[]; to: string[]; ground: ShareGround[] };
};

export type RefuseRule = Rule & { scope: Scope; because: string | null };

/** A statement about what the rules come to: `never` that none allows it, `may` that some do. The check proves it. */
export type Claim = Rule & { name: string; kind: "never" | "may"; scope: Scope; says: string | null };

/** How the file settles two claims that cannot both hold: the one in `follow` is kept, the other is given up. */
export type Resolution = Rule & { between: string[]; follow: string; says: string };

export type Act = "collect" | "use" | "look" | "share" | "keep";
export type Age = "over" | "under" | "unknown";
export type Status = "active" | "restricted" | "deactivated" | "erased";
export type ChoiceState = "given" | "assumed" | "unset" | "refused";

export type Policy = {
  file: string;
  policy: string;
  version: number;
  /** ISO date from which it holds. */
  effective: string;
  language: string;
  controller: Controller;
  scope: { covers: Sentence[]; not: Sentence[] };
  follows: Followed[];
  terms: PolicyDocument;
  guidelines: PolicyDocument[];
  categories: Record<string, Category>;
  purposes: Record<string, Purpose>;
  choices: Record<string, Choice>;
  collect: CollectionPoint[];
  use: UseRule[];
  recipients: Record<string, Recipient>;
  share: ShareRule[];
  keep: KeepRule[];
  cookies: Cookie[];
  roles: Record<string, Role>;
  refuse: RefuseRule[];
  claims: Claim[];
  erase: Erasure;
  restrict: Rule & { leaves: string[] };
  /** What people may ask for. */
  rights: Partial<Record<Right, Rule>>;
  backup: Backup | null;
  age: AgeLimit | null;
  regions: Record<string, Region>;
  /** The region of a person whose country nobody knows. */
  regionIfUnknown: string;
  transfers: Transfer[];
  contact: Contact;
  signals: (Rule & { gpc: string[] }) | null;
  signIn: SignIn;
  statistics: Statistics | null;
  changes: Changes;
  protection: Sentence[];
  limits: Sentence[];
  resolve: Resolution[];
};

export type Right = "see" | "correct" | "restrict" | "erase";

export type Contact = Rule & {
  /** Address that takes opt-outs by mail, and the word that its subject must hold. */
  optOut: { email: string; subject: string } | null;
  letters: boolean;
  complaints: string;
  /** Days within which a request or comment is answered. */
  answerDays: number;
};

export type SignIn = Rule & {
  /** Minutes after which the password is asked for again before account contents. */
  askAgainMinutes: number;
  notice: string;
};

export type Statistics = Rule & { from: string[]; for: string[]; smallest: number; about: string };

export type Changes = Rule & { noticeDays: number; by: ("mail" | "visit")[]; about: string };
