// The words of the pages in English; their type is the form that every other language fills (P1).
import type { Child } from "hono/jsx";
import { inEnglish as passwordFaults } from "../../collect/password.ts";
import { inEnglish as faults } from "../../collect/read-form.ts";
import { inEnglish as nameFaults } from "../../collect/user-name.ts";
import { refusals, type RefusalCode } from "../../http/errors.ts";
import { accountInEnglish } from "./account-en.ts";
import { agesInEnglish } from "./ages-en.ts";
import { doorsInEnglish } from "./doors-en.ts";
import { downloadInEnglish } from "./download-en.ts";
import { erasureInEnglish } from "./erasure-en.ts";
import { handlesInEnglish } from "./handles-en.ts";
import { heldInEnglish } from "./held-en.ts";
import { lettersInEnglish } from "./letters-en.ts";
import { publishedInEnglish } from "./published-en.ts";
import { waysInEnglish } from "./ways-in-en.ts";
import { en as statement } from "../../policy/messages/en.ts";

/** Makes a link, or whatever else stands around a part of a sentence. */
export type Around = (text: string) => Child;
/** A sentence with links in it. */
export type Said = Child[];

/** A place in the program, and what it does there. */
export type Point = readonly [where: string, text: string];

type RefusalWords = { title: string; words: string; remedy: string };

const refusalWords: Record<RefusalCode, RefusalWords> = refusals;

export const en = {
  /** How the language calls itself. */
  name: "English",
  /** For dates and numbers. */
  locale: "en-GB",
  statement,
  ...doorsInEnglish,
  ...accountInEnglish,
  ...agesInEnglish,
  ...downloadInEnglish,
  ...erasureInEnglish,
  ...handlesInEnglish,
  ...heldInEnglish,
  ...lettersInEnglish,
  ...publishedInEnglish,
  ...waysInEnglish,
  refusals: refusalWords,
  faults,
  frame: {
    skip: "Skip to the content",
    site: "Site",
    join: "Join a session",
    signIn: "Sign in",
    console: "Console",
    desk: "Desk",
    accountOf: "Account of ",
    signOut: "Sign out",
    policy: "Policy and terms",
    privacy: "Privacy",
    cookies: "Cookies",
    terms: "Terms",
    dataRequest: "What do you hold about me?",
    runBy: (version: number, link: Around): Said => [
      "Run by its privacy policy, ",
      link(`version ${version}`),
      ".",
    ],
  },
  dataRequest: {
    title: "What do you hold about me?",
    lead: "Type the e-mail address that we may have of you. If we hold anything under it, a mail with a link goes there. Here nobody learns whether we do.",
    address: "E-mail",
    hint: "One address at a time. If we may have several of you, ask once for each.",
    send: "Send me the link",
    otherWays: "Other ways",
    account: (link: Around): Said => ["You have an account? ", link("It is all in your account"), "."],
    guest:
      "You were a guest in a session? The address of your own page was shown in the session, and opens it without a mail.",
    write: (mail: Child): Said => ["Or write to us: ", mail],
    asked: {
      title: "Your question has come in",
      words: [
        "If we hold anything under this address, a mail with a link is on its way there. The link works once, for a day.",
        "If nothing comes, we hold nothing under it, or the mail lies with what is taken for advertising. Whether we hold something is said in that mail alone.",
      ],
      done: "Done",
      again: "Ask for another address",
    },
    openTitle: "Open what is held about you",
    openLead: "The link that led you here works once. Open it where nobody looks over your shoulder.",
    open: "Open it now",
  },
  news: {
    title: "A new version of our privacy statement",
    words: (version: number, day: Child): Said => [
      `Our privacy statement has a new version ${version}. What it allows anew begins for you on `,
      day,
      ".",
    ],
    see: "See what changes",
  },
  front: {
    title: "A technician helps you, live. Nothing is kept but what the policy says.",
    tagline: (name: string) =>
      `${name} is where a technician and you meet online to solve something together.`,
    lead: "It is run by its privacy policy: what the policy does not name is not recorded, and what it names has an end.",
    helped: "Someone is helping you",
    noAccount: "No account. Before you join you read what would be recorded.",
    helping: "You help people",
    technician:
      "Open a session, say a code on the telephone, and your customer is there. A user name is enough, with a password or a passkey.",
    register: "Open an account",
    signIn: "Sign in",
    signedIn: "You are signed in. Your sessions, waiting, live and past, are in your console.",
    console: "Go to your console",
    kept: "What is kept, and until when",
    readFrom: (link: Around): Said => [
      "This list is read from the ",
      link("policy that runs"),
      ", not written beside it.",
    ],
  },
  code: {
    label: "Your code",
    hint: "The technician tells it to you, for instance RIVER-482-193.",
    send: "Join with this code",
    expired: "This code has expired. Ask your technician for a new one.",
    unknown: "No open session has this code. Check it with your technician.",
  },
  joinCode: {
    title: "Join a session",
    notYet: "Not yet: join a session",
    lead: "You need no account and no program. You read what would be recorded before you decide.",
    link: "You were sent a link? Open it: it leads to the same door.",
  },
  join: {
    title: "Before you join",
    nothingYet: "Nothing of this session is recorded yet",
    heading: (technician: Child): Said => ["A session with ", technician],
    recorded: "If you join, this is recorded",
    from: (version: number, link: Around): Said => [
      "From the ",
      link(`privacy policy, version ${version}`),
      ". Nothing of the session beyond this is kept.",
    ],
    send: "Join",
    no: "No thanks",
  },
  form: {
    wrong: "Wrong: ",
    optional: "optional",
    oneWrong: "One thing is not right yet",
    someWrong: "Some things are not right yet",
    agree: (texts: Child[]): Said => ["I agree to ", ...listed(texts), "."],
    text: (title: string, version: number) => `${title}, version ${version}`,
  },
  end: {
    until: "until",
    clause: "Clause ",
    notStored: "not stored",
  },
  register: {
    title: "Open an account",
    notYet: "Not yet: open an account",
    lead: "For technicians. A user name is enough, with a password or a passkey; whoever you help needs no account.",
    needed: "What is needed",
    optional: "What you may leave empty",
    passive: "Recorded without asking",
    send: "Open the account",
    haveOne: (link: Around): Said => ["You have one already? ", link("Sign in"), "."],
    password: {
      ...passwordFaults,
      hint: (least: number) => `At least ${least} characters; several words do well.`,
    },
    disagreed: "Tick the box if you agree; without it no account can be opened.",
    taken: "This user name is taken. Choose another.",
    name: nameFaults,
  },
  browser: {
    title: "Your browser is out of date",
    words: (browser: string) =>
      `It says that it is ${browser}. Whoever makes it has mended faults since that others can use against you, so bring it up to date when you can. Nothing here is closed to you because of it, and we keep no note of this.`,
  },
  signIn: {
    title: "Sign in",
    notYet: "Not yet: sign in",
    userName: "User name",
    password: "Password",
    changes: "What signing in changes",
    notAnonymous: "From then on you are not anonymous here: what you do is tied to your account.",
    seen: (link: Around): Said => [
      "Everything that is tied to it can be seen on your ",
      link("account page"),
      ".",
    ],
    cookie: (name: Child, life: string): Said => [
      "Signing in needs one cookie, ",
      name,
      `: a random number, kept ${life}. If your browser refuses it, you cannot be signed in; every page that needs no account still works.`,
    ],
    noAccount: (register: Around, join: Around): Said => [
      "No account yet? ",
      register("Open one"),
      ". Being helped needs none: ",
      join("join with a code"),
      ".",
    ],
    refused: "The user name or the password is not right.",
  },
  first: {
    title: "The first administrator",
    isNew: (name: string) => `${name} is new`,
    heading: "Who looks after it?",
    lead: (name: string) =>
      `This link came from the terminal in which ${name} was started. It works once: the account that you open with it is the administrator's.`,
    send: "Open the administrator's account",
  },
  error: {
    status: (code: number) => `Status ${code}`,
    decided: "The policy decided this:",
    front: (name: string) => `To ${name}'s front page`,
    code: "If you write to us about it, name this code:",
  },
};

/** Items as a list in a sentence. */
const listed = (items: Child[]): Child[] =>
  items.flatMap((item, at) => (at === 0 ? [item] : [at === items.length - 1 ? " and " : ", ", item]));

export type PageWords = typeof en;
