// The words of the pages on which policy, texts and cookies are published, traced to what enforces them, and compared, in English (P1, P2).
import type { Child } from "hono/jsx";
import type { Around, Point, Said } from "./en.ts";

export const publishedInEnglish = {
  policy: {
    version: (version: number, day: Child): Said => [`Version ${version}, in force from `, day],
    runs: (name: string) =>
      `${name} runs by the policy that this page is rendered from. What it does not say is not done.`,
    notThisOne: (link: Around): Said => ["This is not the version that runs. ", link("Read that one"), "."],
    short: "In short",
    contents: "Contents",
    machines: (json: Around, dpv: Around): Said => [
      "The same for machines: ",
      json("privacy.json"),
      ", and in the words of the W3C’s Data Privacy Vocabulary ",
      dpv("privacy.jsonld"),
      ".",
    ],
    line: (line: number) => `line ${line} of the policy`,
    see: "See it work",
    ofClause: (id: string) => `: clause ${id}`,
    table: (title: string) => `${title}: table`,
  },
  cookies: {
    title: "Cookies, and what else your browser keeps for us",
    from: (version: number, link: Around): Said => [
      "This is a part of our ",
      link(`privacy statement, version ${version}`),
      ". What is not named here is not set.",
    ],
  },
  document: {
    title: (title: string, version: number) => `${title}, version ${version}`,
    version: (version: number) => `Version ${version}`,
    from: (day: Child): Said => [", from ", day],
    notCurrent: "This version no longer holds. The versions stand at the end of this page.",
    versions: "Versions",
    first: "This is the first one.",
    onlyIn: (language: string) => `This is not there in English. It stands here in ${language}.`,
    changed: (version: number) => `What changed in version ${version}`,
  },
  see: {
    title: "See it work",
    of: (clause: string) => `See it work: ${clause}`,
    where: "Where it works",
    nowhere: "No page of its own shows this yet.",
    afterSignIn: "What belongs to an account is shown after signing in.",
    rules: (count: number): string => (count === 1 ? "The rule that says so" : "The rules that say so"),
    at: (file: string, line: number) => `${file}, line ${line}`,
    unwritten: "Holds without being written in the file.",
    more: (lines: number) => `And ${lines} more lines.`,
    enforces: "What enforces it",
    promises: (count: number): string => (count === 1 ? "The promise behind it" : "The promises behind it"),
    noPromise: "This clause is part of no promise that a test could show.",
    ran: (at: Child): Said => ["As the last test run showed it, on ", at, "."],
    noResults: (command: Child): Said => [
      "No test results are here. They come from ",
      command,
      ", run where this service is installed.",
    ],
    noResultsHere: "no results here",
    standings: { kept: "kept", broken: "broken", "not yet tested": "not yet tested" },
    results: (status: string) => status,
    back: "Back to the statement",
  },
  /** Pages on which a rule can be seen working. */
  live: {
    account: "Your account",
    data: "All that is held about you",
    dataRequest: "Asking what is held about you",
    sessions: "Your sessions",
    register: "The form for opening an account",
    signIn: "The sign-in form",
    join: "Joining a session",
    cookies: "The table of cookies",
    versions: "The statement by version",
    contact: "How to reach us",
    childReport: "Telling us of a child's data",
  },
  /** What enforces a rule: where, and what it does. */
  enforced: {
    takesClear: (table: string, what: string): Point => [`Table ${table}`, `Takes in ${what}.`],
    takesSealed: (table: string, what: string): Point => [
      `Table ${table}`,
      `Takes in ${what}, sealed under the person’s own key.`,
    ],
    takesBoth: (table: string, clear: string, sealed: string): Point => [
      `Table ${table}`,
      `Takes in ${clear}; and sealed under the person’s own key, ${sealed}.`,
    ],
    compares: (what: string): Point => [
      "Form",
      `Compares ${what} with what is stored, and stores neither here.`,
    ],
    states: (role: string, purpose: string, tables: string): Point => [
      `Login role ${role}`,
      `States “${purpose}”. For it, PostgreSQL shows rows of: ${tables}.`,
    ],
    noRoom: (what: string): Point => ["Register", `No table has room for ${what}: it cannot be stored.`],
    holds: (table: string, what: string): Point => [`Table ${table}`, `Holds ${what}.`],
    ends: (table: string, what: string): Point => [
      `Sweep over table ${table}`,
      `Ends ${what} within minutes of the time that is said.`,
    ],
    choices: [
      "Your choices",
      "Says yes or no; the permissions in the person’s row change in the same transaction.",
    ] as Point,
    tried: [
      "Check before the start",
      "Every ask that there is has been tried against it. A policy that breaks it does not start.",
    ] as Point,
    fact: ["This page", "It states a fact, and is shown from the policy file that runs."] as Point,
    asksAge: [
      "Question of age",
      "Stands before the form, gives no hint of the limit, and keeps no date. Of whoever is too young nothing is stored, not even that they asked.",
    ] as Point,
    corrects: [
      "What is held about you",
      "What you gave is sealed anew in its place, noted for every restore, and owed to whoever got the old value.",
    ] as Point,
    published: [
      "Table document",
      "Each version is kept under its digest. A text that changed under the same number stops the start.",
    ] as Point,
    cookie: (name: string): Point => [
      "Cookies",
      `${name} is set for as long as is said here; a cookie that is not declared can’t be set.`,
    ],
    tab: (name: string): Point => [
      "The room’s page",
      `Keeps ${name} in the tab, and empties it when what was written has arrived or the session is left.`,
    ],
    ownRows: [
      "Row policies",
      "Show rows of a session to those who take part in it, and to nobody else.",
    ] as Point,
    deskPages: (pages: string): Point => [
      "Desk",
      `Opens ${pages} to this role because this rule says so, and to no role that lacks it. Each look is noted, and told to the person.`,
    ],
    takeAlong: ["Download", "Gives the person an archive of all of it, to read and for programs."] as Point,
    restricts: [
      "Permissions",
      "Taken from the person in the transaction of their request, so that row policies show their rows for nothing else; given back when they lift it.",
    ] as Point,
    erases: [
      "Erasure",
      "Closes the account in the transaction of the request; on the day destroys the person’s keys, then removes the rows, and signs a receipt.",
    ] as Point,
    copies: [
      "Copies",
      "Sealed, read back after writing, and removed when this rule says. A copy that is put back has what was erased since erased again before it answers.",
    ] as Point,
    mailed: ["Mail", "Asks this rule when a mail is put in line, and again before it is handed on."] as Point,
    noted: [
      "Tables disclosure and ledger",
      "Each mail that was handed on is noted: for the person, and signed.",
    ] as Point,
    news: ["Every page", "Tells whoever is signed in and still under an earlier version."] as Point,
    permissions: [
      "Permissions",
      "Hold what both versions allow, until the days of notice have gone by.",
    ] as Point,
    asksAgain: (minutes: number): Point => [
      "Every route",
      `One that shows or changes anything of an account asks who it is ${minutes} minutes after the last proof; a route that nobody has named as open asks.`,
    ],
    walls: [
      "The walls",
      "Register, row policies and seal are compared with what they should be at each start.",
    ] as Point,
  },
  /** What the policy promises and nothing in this version does. */
  notBuilt: {
    title: "Not built yet",
    takes: (what: string) => `Nothing here takes in ${what}.`,
    states: (purpose: string) =>
      `No part of the program states “${purpose}”; without a purpose stated, no row is shown.`,
    holds: (what: string) => `No table holds ${what}.`,
    choices: (places: string) => `It can’t be chosen yet: ${places}.`,
    cookie: (name: string) => `Nothing sets ${name}.`,
    shares: "Nothing hands data to them, so nothing leaves.",
    signals: "What a browser signals is not read.",
    role: "No page shows this to anybody in this role.",
    enforces: "Nothing enforces this.",
  },
  changed: {
    title: (from: number) => `What changed since version ${from}`,
    nothing: "What is allowed, and how long things are kept, stayed as it was.",
    clauses: (count: number) => `Clauses that read otherwise (${count})`,
    before: "Before: ",
    now: "Now: ",
    gone: "not said any more",
    groups: {
      allowed: "What is newly allowed",
      refused: "What is no longer done",
      longer: "What is kept longer",
      shorter: "What is kept shorter",
      otherwise: "What ends otherwise",
      texts: "Texts with a new version",
      cookies: "Cookies",
      countries: "Countries under other rules",
    },
    quoted: (text: string) => `“${text}”`,
    acts: {
      collect: (what: string, where: string) => `collect ${what} at ${where}`,
      use: (what: string) => `use ${what}`,
      look: (what: string, who: string) => `show ${what} to ${who}`,
      share: (what: string, who: string) => `give ${what} to ${who}`,
      keep: (what: string) => `keep ${what}`,
    },
    purpose: (about: string) => `To ${about}:`,
    /** Parts of what is said of people; each stands in "Concerns people …". */
    choices: {
      given: "who have said yes",
      refused: "who have said no",
      unset: "who have not chosen",
      "assumed+unset": "who have not chosen",
      assumed: "whose yes is assumed",
      "assumed+given": "who have said yes, or whose yes is assumed",
      "assumed+given+unset": "who have not said no",
      "assumed+refused+unset": "who have not said yes",
      "refused+unset": "who have not said yes",
    },
    ages: {
      under: (limit: number) => `under ${limit}`,
      "under+unknown": (limit: number) => `under ${limit}, or of unknown age`,
      unknown: () => "of unknown age",
      over: (limit: number) => `known to be ${limit} or older`,
    },
    accounts: { active: "active", restricted: "restricted", deactivated: "deactivated", erased: "erased" },
    account: (states: string[]) => `whose account is ${states.join(" or ")}`,
    people: (regions: string[], parts: string[]) =>
      `Concerns people ${[...(regions.length > 0 ? [`in ${regions.join(" or ")}`] : []), ...parts].join(", ")}.`,
    waits: "Waits for each person’s own yes.",
    told: (time: string) => `We tell them at least ${time} before.`,
    end: (what: string, from: string, after: string, before: string) =>
      `${what} (from ${from}): ${after}. Before: ${before}.`,
    textGone: (title: string) => `“${title}” no longer holds.`,
    textNew: (title: string) => `“${title}” is new.`,
    textChanged: (title: string, from: number, to: number) =>
      `“${title}”: version ${to} in place of version ${from}.`,
    asked: "Whoever has an account is asked to agree.",
    cookieGone: (name: string) => `${name} is no longer set.`,
    cookieNew: (name: string, life: string, purpose: string) =>
      `${name}: ${life}, for ${purpose}. It is new.`,
    cookieChanged: (name: string, [life, purpose]: string[], [oldLife, oldPurpose]: string[]) =>
      `${name}: ${life}, for ${purpose}. Before: ${oldLife}, for ${oldPurpose}.`,
    countries: (names: string, is: string, was: string) =>
      `People in ${names} come under the rules for ${is}. Before: ${was}.`,
  },
};

export type Published = typeof publishedInEnglish;
