// The words of the download and of the archive that comes of it, in English (R1).
import type { Child } from "hono/jsx";

export const downloadInEnglish = {
  download: {
    title: "Take it along",
    lead: "One archive with all that is held about you: a page to read, and the same as JSON for programs, with the chat logs of your sessions, who looked at your data, who received some of it, and what the ledger says of you.",
    how: [
      "The archive is put together while it goes out to you, and a copy of it stays nowhere here. If it is cut off on its way, it does not open: download it again for as long as its link works.",
      "It is yours alone, and not locked: keep it where you would keep your letters.",
    ],
    make: "Make a link",
    mailed: "If we have an e-mail address of yours, we write to it that the link is there.",
    linksTitle: "Your links",
    none: "There is no link now. One works for a while, and you can make another at any time.",
    asked: (at: Child): Child[] => ["Made on ", at],
    until: (at: Child): Child[] => ["works until ", at],
    records: (count: string) => `about ${count} records`,
    states: {
      ready: "not downloaded yet",
      running: "going out now",
      whole: "downloaded whole",
      broken: "cut off: that file does not open",
    },
    progress: (done: string, total: string) => `${done} of about ${total} records are out`,
    look: "See how far it is",
    fetch: "Download",
    again: "Download again",
    stop: "Stop it",
    back: "What is held about you",
    letter: (name: string, link: string, until: string, from: string) => ({
      title: `${name}: your archive is ready to download`,
      text: [
        `Somebody, probably you, asked ${name} for an archive of all that is held about you. Until ${until} UTC it can be downloaded here:`,
        link,
        "If you did not ask, somebody else may be in your account: change your password, and write to us.",
        from,
      ].join("\n\n"),
    }),
    letterByLink: (name: string, link: string, until: string, from: string) => ({
      title: `${name}: your archive is ready to download`,
      text: [
        `Whoever opened the link that we mailed you asked ${name} for an archive of all that is held about you. Until ${until} UTC it can be downloaded here, without a password, so keep this mail to yourself:`,
        link,
        from,
      ].join("\n\n"),
    }),
  },
  archive: {
    title: (name: string) => `What ${name} holds about you`,
    made: (at: string, version: number) =>
      `As it was on ${at}, under version ${version} of the privacy policy. All times are in UTC.`,
    json: (data: string, schema: string) =>
      `The same for programs is in ${data}, in the form that ${schema} describes.`,
    stands: (region: string, status: string, age: string) =>
      `You stand here as: region ${region}, ${status}, age ${age}.`,
    contents: "Contents",
    cameIn: "Came in at",
    from: (name: string) => `from ${name}`,
    itself: "Kept by the service itself",
    facts: "What it serves, who may get it, when it ends",
    ends: "Ends",
    serves: "Serves",
    to: (about: string) => `to ${about}`,
    notNow: "not now",
    mayGoTo: "May go to",
    nobody: "nobody",
    many: (count: string) => `${count} of them, in parts:`,
    part: (number: number) => `Part ${number}`,
    before: "The part before",
    after: "The next part",
    whole: "To the contents",
    you: "You",
    somebody: "somebody else",
    of: "of",
    until: "until",
    hidden: "kept sealed, and shown to nobody",
    gone: "This has ended, or was erased.",
    session: (at: string) => `Session of ${at}`,
    sessionGone: "A session whose own record has ended",
    nothing: "Nothing is held of",
    noKind: "How you stand here",
    ledger: "What the ledger says of you",
    ledgerAbout:
      "The ledger notes what was done and under which rule, and holds nothing that anybody gave. You stand in it under a name that only your own key can make.",
    others: (count: number) => `and ${count} other people`,
    columns: {} as Readonly<Record<string, string>>,
  },
};

export type DownloadWords = typeof downloadInEnglish;
