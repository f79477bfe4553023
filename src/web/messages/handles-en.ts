// The words of the pages on which people correct what is held and object to a use, in English (R2, R3, R6).
import type { Child } from "hono/jsx";

/** Makes a link, or whatever else stands around a part of a sentence. */
type Around = (text: string) => Child;
type Said = Child[];

export const handlesInEnglish = {
  correct: {
    title: "Correct it",
    notYet: "Not yet: correct it",
    back: "What is held about you",
    lead: "Put right what is wrong, add what is missing, and empty what should not be there. It holds from the moment you save, and no copy that is put back brings the old value back. Whoever got the old value from us is to be told.",
    save: "Save",
    leave: "Leave it as it is",
    changed: (label: string, now: string | null) =>
      `${label}: this was changed while you wrote. It now says ${now === null ? "nothing" : `“${now}”`}. Send it again if yours is right.`,
  },
  object: {
    title: "Object to a use",
    back: "What is held about you",
    lead: (restrict: Around): Said => [
      "A use that rests on your choice ends with your no. One that rests on an interest of ours stops the moment you object. Somebody then weighs it, and answers you by a day that is fixed at once. You can ",
      restrict("restrict every use"),
      " as well.",
    ],
    none: "Nothing here rests on an interest or a choice.",
    now: "done now",
    notNow: "not done now",
    objected: "objected to",
    purpose: (about: string, because: string | null) =>
      because === null ? `To ${about}.` : `To ${about}; the reason is that ${because}.`,
    no: (link: Around): Said => [link("Say no to it"), ": it ends at once."],
    why: "What speaks against it in your case",
    whyHint: "You may leave this empty.",
    send: "Object",
    waits: (at: Child, due: Child): Said => [
      "You objected on ",
      at,
      ", and this use has stopped. You have our answer by ",
      due,
      ".",
    ],
    followed: (at: Child): Said => [
      "We followed your objection on ",
      at,
      ". This use stays stopped until you take the objection back.",
    ],
    stopped: "You objected, and this use has stopped.",
    refused: (at: Child): Said => ["We refused your objection on ", at, ". This use goes on."],
    answer: "Our answer",
    takeBack: "Take it back",
    takeBackAbout: "If you take your objection back, this use goes on.",
    again: "You may object again if something has changed.",
    /** What an objection is called among the choices that somebody made. */
    called: (label: string) => `Objection: ${label}`,
  },
};

export type Handles = typeof handlesInEnglish;
