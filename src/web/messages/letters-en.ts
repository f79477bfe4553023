// What mails about somebody's requests say, in English (R6, R7).

export const lettersInEnglish = {
  letters: {
    asked: {
      title: (name: string) => `${name}: a request about your data was started for you`,
      kinds: {
        access: "to be shown what we hold about you",
        correction: "to have something corrected that we hold about you",
        restriction: "to have the use of your data restricted; every use but keeping has stopped",
        objection: "to have a use of your data stopped",
        erasure: "to have your data erased; every use has stopped, and until the day it can be taken back",
      },
      text: (what: string) => `Somebody who wrote to us, and whom we recognised as you, asked ${what}.`,
      not: (email: string, link: string) =>
        `If that was not you, write to ${email} at once. What we hold, and what was asked for, you see by ${link}.`,
    },
    objection: {
      title: (name: string) => `${name}: our answer to your objection`,
      followed: (use: string) =>
        `You objected to this use of your data: ${use}. We follow your objection: the use stays stopped until you take the objection back.`,
      refused: (use: string) =>
        `You objected to this use of your data: ${use}. We have weighed it and refuse the objection: the use goes on from now on.`,
      why: "What we say to it:",
      see: (link: string) => `What we hold, and how each use stands, you see by ${link}.`,
      complain:
        "If you do not agree, write to us. You can also turn to the authority that looks after data protection where you live.",
    },
  },
};

export type Letters = typeof lettersInEnglish;
