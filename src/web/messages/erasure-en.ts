// The words of the pages on which people restrict the use of their data, ask for its erasure and take that back, in English (R3, R4, R5).
import type { Child } from "hono/jsx";

/** Makes a link, or whatever else stands around a part of a sentence. */
type Around = (text: string) => Child;
type Said = Child[];

export const erasureInEnglish = {
  erasure: {
    title: "Erase your data",
    asked: "Your data is going to be erased",
    /** By an account, or by a link of one's own. */
    lead: {
      account: (due: Child, clause: Child): Said => [
        "If you ask for it now, your account closes at once, and on ",
        due,
        " everything goes ",
        clause,
        ".",
      ],
      link: (due: Child, clause: Child): Said => [
        "If you ask for it now, every use of your data stops at once, and on ",
        due,
        " everything goes ",
        clause,
        ".",
      ],
    },
    untilThen: "Until then",
    /** Purposes in the policy's words. */
    goesOn: (purposes: readonly string[]) =>
      `Nothing about you is used, from the moment you ask, except to: ${purposes.join("; ")}.`,
    meanwhile: {
      account:
        "You are signed out everywhere. You can sign in again to take the request back, and to see and take along what is held.",
      link: "If you sit in a session, your seat ends. With a link to your data you can take the request back.",
    },
    because: (why: string) => `The delay is there because ${why}.`,
    heldTitle: "What holds it up",
    held: (by: string, at: Child, end: Child): Said => [
      `Set by ${by} on `,
      at,
      ". It ends on ",
      end,
      " at the latest, and the erasure follows then.",
    ],
    askedAt: (at: Child, due: Child): Said => ["You asked for it on ", at, ". It is done on ", due, "."],
    counted: (calendar: string) => `Counted by: ${calendar}.`,
    fixed: (link: Around): Said => [
      "The day was fixed when you asked, and does not move. What became of it stands ",
      link("on a page of its own"),
      ": keep its address, for all else of yours will be gone.",
    ],
    running: "Its day has come, and it is being done now. It can’t be taken back any more.",
    takeBack: { account: "Take it back and open my account", link: "Take it back" },
    goesTitle: "What goes on the day",
    keys: "The keys under which all of it is sealed go first: from then on nobody can read it, wherever a copy may lie. What you wrote in sessions goes from the others’ logs too; their own words stay.",
    backups: (days: string) =>
      `Backups, which nobody can read then, are overwritten within ${days} ${days === "1" ? "day" : "days"}.`,
    keptTitle: "What a law makes us keep",
    kept: (what: string, law: string, span: string | null) =>
      `${what}: ${law}${span === null ? "" : `, for ${span}`}. It stays sealed.`,
    holdsTitle: "What can hold it up",
    hold: (about: string, days: string) => `${about}, for ${days} ${days === "1" ? "day" : "days"} at most`,
    ask: { account: "Close my account and erase my data", link: "Erase my data" },
    leave: { account: "No, back to my account", link: "No, back to what is held" },
  },
  use: {
    title: "Use of your data",
    lead: (clause: Child): Said => [
      "You can tell us to keep your data and to use it for nothing. It holds from that moment, and until you lift it ",
      clause,
      ".",
    ],
    restricted: (state: Around, since: Child): Said => [
      state("Restricted"),
      " since ",
      since,
      ". We keep your data, and use it for nothing but what is said below.",
    ],
    wouldStop: { title: "What would stop", lead: "We would no longer use your data to:" },
    hasStopped: { title: "What has stopped", lead: "We do not use your data to:" },
    seats:
      "A session that you hold ends, and in one that you take part in your seat does. What you wrote is not shown to the others for as long as the restriction lasts.",
    goesOn: { title: "What goes on", lead: "We still use it to:" },
    restrict: "Restrict the use",
    lift: "Lift the restriction",
    back: { account: "Back to your account", link: "Back to what is held" },
  },
};

export type ErasureWords = typeof erasureInEnglish;
