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
  security: {
    title: "How you sign in",
    /** What was just done, by its code. */
    done: {
      password: "Your password is changed, and every other browser is signed out.",
      passkey: "The passkey is added.",
      "passkey-removed":
        "The passkey is removed. Delete it on your device too, or it will go on offering it.",
      "only-way":
        "This passkey is your only way to sign in, so it stays. Choose a password or add another one first.",
      "code-app-removed": "The second step is turned off.",
      address: "The address is confirmed, and mails about your account go to it.",
      "address-removed": "The address is taken out of your account.",
      "no-code-app": "Set up a code app first: backup codes stand in for it.",
    },
    password: {
      title: "Password",
      have: "You have one.",
      none: "You have none: a passkey opens your account.",
      change: "Change it",
      choose: "Choose one",
    },
    passkeys: {
      title: "Passkeys",
      lead: "A passkey stays on your device, or with whoever keeps your passwords, and asks for your finger, face or PIN. It takes the place of password and code.",
      none: "You have none.",
      /** One that was given no name. */
      unnamed: "Passkey",
      of: (label: Child, on: Child): Said => [label, " of ", on],
      unused: "not used yet",
      used: (at: Child): Said => ["last used ", at],
      remove: "Remove",
      /** Which of them, for whoever hears the button alone. */
      which: (label: string) => ` ${label || "this passkey"}`,
      add: "Add a passkey",
    },
    secondStep: {
      title: "Second step",
      on: (since: Child, left: string): Said => [
        "After your password, a code of your app is asked for, since ",
        since,
        `. ${left} of your backup codes are left.`,
      ],
      off: "With a code app, whoever has your password still can't sign in. A passkey needs no second step: it is two in one.",
      codes: "New backup codes",
      another: "Set up another app",
      turnOff: "Turn it off",
      setUp: "Set up a code app",
    },
    address: {
      title: "E-mail address",
      confirmed: (email: Child): Said => [email, " is confirmed."],
      unconfirmed: (email: Child): Said => [email, " is not confirmed yet."],
      name: "Name one",
      change: "Change it",
      confirm: "Confirm or change it",
    },
    signIns: {
      title: "Where you are signed in",
      /** `kept`: a browser's family as it is kept, such as "Firefox on Linux". */
      browser: (kept: string | null) => kept ?? "A browser",
      current: "this one",
      since: (at: Child, proved: Child): Said => ["since ", at, ", last proved ", proved],
      end: "Sign out",
      which: (kept: string | null) => ` ${kept ?? "this browser"}`,
      endOthers: "Sign out everywhere else",
    },
  },
  ownPassword: {
    choose: "Choose a password",
    change: "Change your password",
    notYet: (title: string) => `Not yet: ${title}`,
    lead: "Every other browser that is signed in with your account is then signed out.",
    leave,
  },
  prove: {
    title: "Is it still you?",
    notYet: "Not yet: is it still you?",
    lead: (name: Child, minutes: string, clause: Child): Said => [
      "You are signed in as ",
      name,
      `. Before anything of an account is shown or changed, the policy asks again after ${minutes} minutes, and sooner where you change how you sign in `,
      clause,
      ".",
    ],
    password: "Password",
    go: "Go on",
    goPasskey: "Go on with a passkey",
    /** Where a form was sent, and waits for the proof. */
    send: "Go on and send it",
    sendPasskey: "Send it with a passkey",
    kept: "What you sent is kept in this page, but for passwords, and goes on with your proof.",
    signOut: "It is not me: sign out",
    wrongPassword: "The password is not right.",
    wrongPasskey: "This passkey is not right for your account, or came too late.",
    nothing: "Prove it by your password or a passkey.",
  },
  backupCodes: {
    title: "Your backup codes",
    lead: "Print them or write them down now: they are shown this once. Each stands in for one code of your app, if you have lost it. Earlier backup codes do not work any more.",
    without: "Without app and codes, nobody gets past the second step by a mail alone, and neither do you.",
    have: "I have them",
  },
};

export type WaysIn = typeof waysInEnglish;
