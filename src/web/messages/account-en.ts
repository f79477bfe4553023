// The words of the account's own page, and of the choices that are made there, in English (C6, U11, O1, O4).
import type { Child } from "hono/jsx";
import type { ChoiceState } from "../../policy/policy.ts";

/** A choice that was only assumed is never shown as given. */
const states: Readonly<Record<ChoiceState, string>> = {
  given: "You said yes",
  refused: "You said no",
  assumed: "Assumed: you have said neither yes nor no",
  unset: "You have not said anything",
};

export const accountInEnglish = {
  account: {
    title: "Your account",
    lead: "Signed in, you are not anonymous here. This is everything that is tied to you, and when it ends.",
    ways: {
      data: "Everything that is held about you",
      choices: "Your choices",
      use: "Use of your data",
      erasure: "Erase your data",
      security: "How you sign in",
    },
    details: "Your details",
    leftEmpty: "left empty",
    notKept: "nothing is kept",
    registered: "Registered",
    at: (at: Child, address: Child | null): Child[] => (address === null ? [at] : [at, " from ", address]),
    agreed: "What you agreed to",
    text: (title: string, version: number) => `${title}, version ${version}`,
    agreedAt: (at: Child, page: Child): Child[] => [at, " on ", page],
    sessions: "Sessions",
    noSessions: "You have held none yet.",
    sessionOf: "Session of ",
    people: (count: number) => (count === 1 ? "1 person" : `${count} people`),
    shorter: "less than a minute",
    signIns: "Sign-ins",
    signedIn: (at: Child, browser: string | null): Child[] =>
      browser === null ? [at] : [at, ` with ${browser}`],
    thisOne: "this one",
    ended: (at: Child): Child[] => [", ended ", at],
    requests: "Page requests",
    requested: (at: Child, address: Child, until: Child): Child[] => [
      at,
      " from ",
      address,
      ", until ",
      until,
    ],
    none: "None is on record.",
  },
  choices: {
    title: "Your choices",
    lead: "What you choose here holds from that moment. You can change it at any time, and nothing else here depends on it.",
    none: "The policy leaves nothing to choose.",
    region: {
      title: "Where you live",
      lead: "The rules of your region hold for you. We took it from the country of your internet address when you came to us; where that said nothing, the policy says which one counts. If it is wrong, put it right here.",
      label: "Your region",
      save: "Save",
    },
    states,
    /** What a yes allows, in the policy's words. */
    ifYes: (about: string) => `If you say yes, ${about}.`,
    allowed: "allowed now",
    notDone: "not done now",
    yes: "Yes",
    no: "No",
    yesTo: (label: string) => `Yes, to ${label}`,
    noTo: (label: string) => `No, to ${label}`,
    elsewhere: "This is chosen elsewhere: where it is asked.",
    history: (count: string) => `How it came about (${count})`,
  },
};

export type AccountWords = typeof accountInEnglish;
