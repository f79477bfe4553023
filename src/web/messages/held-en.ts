// The words of the pages on which people read what is held about them, and what became of an erasure, in English (R1, R4, K6).
import type { Child } from "hono/jsx";
import { goneWords } from "../../session/live/frames.ts";

export const heldInEnglish = {
  held: {
    title: "What is held about you",
    leads: {
      account:
        "This is everything that is tied to your account: where it came in, what it serves, who may get it, and when it ends.",
      mail: "This is everything that is held about the person whom this mail was for: where it came in, what it serves, who may get it, and when it ends.",
      session:
        "This is everything that is kept of your part in a session. This page opens for whoever has its address, for as long as something is kept: keep the address to yourself.",
    },
    corrected: "It is corrected.",
    nobodyHad: "Nobody outside had the old value.",
    toTell: (recipients: number): string =>
      recipients === 1
        ? "One recipient had the old value and is to be told:"
        : `${recipients} recipients had the old value and are to be told:`,
    seeWhom: "see whom",
    until: (at: Child): Child[] => ["This page can be read until ", at, "."],
    waysTitle: "What you can do",
    ways: {
      ends: { label: "When it ends", about: "All that is held, the next end first." },
      download: { label: "Take it along", about: "One archive of all of it, to read and for programs." },
      use: {
        label: "Restrict its use",
        about: "Every use but keeping stops at once, until you lift it.",
      },
      eraseAccount: {
        label: "Have it erased",
        about: "Your account stops at once, and on the day nothing remains but what the law makes us keep.",
      },
      erase: {
        label: "Have it erased",
        about: "Every use stops at once, and on the day nothing remains but what the law makes us keep.",
      },
      object: {
        label: "Object to a use",
        about: "See which uses rest on an interest or a choice, and where an objection leads.",
      },
      choices: {
        label: "Your choices",
        about: "Say yes or no to each use that rests on your choice, and see how it came about.",
      },
      child: {
        label: "This is a child's data",
        about: "Somebody of ours looks at it, and what is a child's is erased at once.",
      },
    },
    glance: "At a glance",
    whoGot: "Who got something",
    all: (count: string) => `All ${count} of them`,
    inAccount: (data: string) => `In your account alone, since an account is found by it: ${data}.`,
    fixed: {
      record:
        "This was noted by the service as it happened. It can't be corrected, since it would say then what did not happen; it ends in its time.",
      shared:
        "This is the record of what took place between several people. It can't be corrected for one of them; what you wrote can be erased.",
      secret: "This shows who you are. It is not corrected but replaced, on the page of how you sign in.",
      "no-right": "The policy grants no correction.",
    },
    handed: {
      title: "Who got something about you",
      none: "Nothing about you has been handed to anybody.",
      times: (count: number, said: string, last: Child): Child[] => [
        count === 1 ? "once" : `${said} times`,
        ", last on ",
        last,
      ],
      each: "Each time, with its reason",
    },
    correct: "Correct",
    since: (at: Child): Child[] => ["Since ", at],
    /** A label that stands inside a line. */
    inLine: (label: string): string => label.toLowerCase(),
    none: "Nothing is held of this.",
    noneHere: "Nothing is held of this on this page.",
    pages: {
      name: "Pages",
      here: (from: string, to: string, of: string) => `${from} to ${to} of ${of}`,
      none: (of: string) => `none of ${of}`,
      before: "Back",
      after: "On",
    },
    session: {
      title: "A session you took part in",
      lead: "This is what is kept of it, as far as it is about you or shared with you. What others alone may see, such as the address that they came from, is not here.",
      first: (shown: string, count: string) =>
        `These are the first ${shown} of ${count}; the download has all.`,
      chat: "Chat",
      noChat: "Nothing was written, or what was written has ended.",
      gone: goneWords,
      you: "You",
      somebody: "Somebody",
    },
    ends: {
      title: "When it ends",
      lead: "All that is held about you, the next end first. What has ended is gone within the hour, and from copies as soon as those end.",
      none: "Nothing is held.",
      notBegun: "its time has not begun",
      between: (first: Child, last: Child): Child[] => ["from ", first, " on, the last ", last],
      waiting: (count: string) => `of ${count} the time has not begun`,
    },
  },
  erased: {
    titles: {
      open: "Your account is closed",
      running: "Your data is being erased",
      done: "Your data was erased",
      refused: "This erasure was refused",
      "taken-back": "This erasure was taken back",
    },
    asked: "Asked for",
    due: "Due",
    done: "Done",
    closed: "Closed",
    open: "Nothing about you is used any more. Until the day you can take the request back: sign in, and you are led to the page that does it.",
    signIn: "Sign in to take it back",
    keep: "Keep the address of this page. When your data is gone, the receipt stands here, and nothing else can lead you to it.",
    receipt: "The receipt",
    records: (count: number, said: string): string => `${said} ${count === 1 ? "record" : "records"}`,
    orMore: (records: string): string => `${records} or more`,
    kept: "Kept, since a law says so",
    sealed: (records: string, law: string, span: string | null): string =>
      span === null ? `${records}, sealed: ${law}` : `${records}, sealed: ${law}, for ${span}`,
    years: (count: number): string => `${count} years`,
    days: (count: number): string => `${count} days`,
    download: "Download it, signed",
    check: (command: Child): Child[] => ["Anyone with our public key can check it: ", command],
  },
};

export type HeldWords = typeof heldInEnglish;
