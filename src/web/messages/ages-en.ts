// The words around the question of age, in English; they give no hint of which answer is wanted (C11).
export const agesInEnglish = {
  age: {
    title: "When were you born?",
    notYet: "Not yet: when were you born?",
    lead: "We ask everybody this before anything else. The date itself is not kept, only the age group that it falls in.",
    legend: "Your date of birth",
    day: "Day",
    month: "Month",
    year: "Year",
    hint: "For instance 27 3 1985",
    send: "Go on",
    wrong: "Your date of birth: write day, month and year in numbers, for instance 27 3 1985.",
    over: "It took too long, so we ask once more when you were born. What you had typed is still there, but for the password.",
    refusedTitle: "We can't take your details",
    refused: [
      "From what you answered we can't go on with you here.",
      "We have kept nothing: not your answer, not your address, and no line in our log about it.",
      "What is open to everybody stays open to you.",
    ],
    home: "To the front page",
  },
  preferences: {
    title: "Language and look",
    lead: "Your choice is kept in this browser, in a cookie that holds nothing else.",
    leadAccount:
      "Your choice is kept in this browser, and with your account: wherever you sign in, it is there again.",
    saved: "It is kept.",
    language: "Language",
    theme: "Look",
    browsers: "As your browser asks",
    light: "Light",
    dark: "Dark",
    send: "Keep it so",
  },
  childReport: {
    title: "Tell us of a child's data",
    notYet: "Not yet: tell us of a child's data",
    lead: "Somebody of ours looks at it, and what is a child's is erased at once.",
    who: "User name of the account",
    whoHint:
      "As it is written here. You mean a guest of a session? Say so to your technician, or open the guest's own page.",
    words: "What makes you think so",
    send: "Send it",
    sent: "Thank you, it has come in",
    sentWords: [
      "If there is such an account, somebody of ours looks at it now. Whether there is one is not said here.",
    ],
    link: "A child's data?",
  },
};

export type Ages = typeof agesInEnglish;
