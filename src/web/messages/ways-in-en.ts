// The words of the pages on which people look after how they sign in, in English (C3, K8, O6).
import type { Child } from "hono/jsx";

/** Makes a link, or whatever else stands around a part of a sentence. */
type Around = (text: string) => Child;
type Said = Child[];

/** Leads back with nothing changed. */
const leave = "Leave it as it is";

export const waysInEnglish = {
  address: {
    title: "Your e-mail address",
    notYet: "Not yet: your e-mail address",
    /** What only a confirmed address can do; said wherever there is none. */
    onlyWith:
      "Without a confirmed address nobody can send you a new password, and you are not told when somebody changes how you sign in.",
    none: "You have named none.",
    unproved: (email: Child): Said => ["You named ", email, ", and have not confirmed it."],
    proved: (email: Child, on: Child): Said => [
      email,
      ", confirmed on ",
      on,
      ". If you change it, a mail to the old one says so.",
    ],
    send: "Send a link to it",
    remove: "Take the address out of my account",
    leave,
    sent: {
      title: "A mail is on its way",
      words: (email: string): string[] => [
        `It goes to ${email}. Its link works once, and for a day; follow it in a browser in which you are signed in.`,
        "Until then nothing is changed. Where there was another address, that one is told of the change.",
      ],
      back: "Back to how you sign in",
    },
    confirm: {
      title: "Confirm your address",
      lead: (email: Child): Said => ["Mails about your account go to ", email, " from now on."],
      yes: "Yes, use this address",
      no: "No",
    },
  },
  newPasskey: {
    title: "Add a passkey",
    notYet: "Not yet: add a passkey",
    lead: "Your device makes it, asks for your finger, face or PIN each time, and shows us nothing of them. We keep what it takes to recognise it, sealed.",
    label: "What you call it",
    hint: "Such as “work laptop”, so that you know it among others.",
    make: "Make the passkey",
    leave,
    refused: "The passkey could not be checked, or came too late. Make it again.",
  },
  codeApp: {
    title: "Set up a code app",
    notYet: "Not yet: set up a code app",
    lead: (link: Around): Said => [
      "Any app for one-time codes will do. Show it this picture, or ",
      link("open it on this device"),
      ".",
    ],
    picture: "Picture for your code app; the same in letters stands below",
    type: (secret: Child): Said => ["Or type this into it: ", secret],
    code: "The code that it shows now",
    send: "Turn the second step on",
    leave,
    refused: "This code is not right. Look at the app again: it shows a new one every half minute.",
  },
  backupCodes: {
    title: "Your backup codes",
    lead: "Print them or write them down now: they are shown this once. Each stands in for one code of your app, if you have lost it. Earlier backup codes do not work any more.",
    without: "Without app and codes, nobody gets past the second step by a mail alone, and neither do you.",
    have: "I have them",
  },
};

export type WaysIn = typeof waysInEnglish;
