// Every refusal a person may meet: one frozen registry of codes, each with its status, its words and what to do.

export const refusals = Object.freeze({
  "not-found": {
    status: 404,
    title: "There is nothing here",
    words: "The address leads nowhere.",
    remedy: "Check the address, or start from the front page.",
  },
  "sign-in-needed": {
    status: 401,
    title: "Please sign in",
    words: "This page belongs to an account.",
    remedy: "Sign in and open it again.",
  },
  "ask-again": {
    status: 401,
    title: "Is it still you?",
    words: "Before anything of an account is shown, the policy asks again who it is after a while.",
    remedy: "Prove it and go on where you were.",
  },
  "not-yours": {
    status: 403,
    title: "This is not open to you",
    words: "The policy opens this page to others only.",
    remedy: "If you should see it, sign in with the account it belongs to.",
  },
  "no-such-choice": {
    status: 404,
    title: "There is no such choice here",
    words: "The policy does not offer this choice on this page, so nothing was changed.",
    remedy: "Open your choices again and answer one of those that are shown.",
  },
  "use-restricted": {
    status: 403,
    title: "You have restricted this use",
    words: "You told us to use your data for nothing but your own rights, so this page does nothing for now.",
    remedy: "Lift the restriction on the page of your account, if you want to go on.",
  },
  "account-closed": {
    status: 403,
    title: "This account is closed",
    words: "You asked for its erasure, so nothing in it is used any more.",
    remedy: "Until the day of the erasure you can take that back on its page.",
  },
  "invite-unknown": {
    status: 404,
    title: "This invitation is not known",
    words: "The link or code leads to no session.",
    remedy: "Ask your technician to send the link again, or to say the code once more.",
  },
  "invite-expired": {
    status: 410,
    title: "This invitation has expired",
    words: "An invitation holds for a day, and this one is older.",
    remedy: "Ask your technician for a new one.",
  },
  "session-ended": {
    status: 410,
    title: "This session has ended",
    words: "Nobody can join it any more.",
    remedy: "Ask your technician to open a new one.",
  },
  "session-full": {
    status: 409,
    title: "This session is full",
    words: "As many people as a session takes are in it already.",
    remedy: "Ask your technician to let somebody go, or to open another session.",
  },
  "too-many-tries": {
    status: 429,
    title: "Too many tries",
    words: "Somebody tried too often from here.",
    remedy: "Wait a few minutes, then try again.",
  },
  "from-elsewhere": {
    status: 403,
    title: "Sent from another site",
    words: "This form was not sent from one of our own pages, so nothing was done.",
    remedy: "Open the page here and send it again.",
  },
  "too-large": {
    status: 413,
    title: "That is too much at once",
    words: "What was sent is larger than this page takes, so nothing was stored.",
    remedy: "Shorten it and send it again.",
  },
  "unreadable-form": {
    status: 400,
    title: "This form can't be read",
    words: "What was sent is no form, or was cut off on its way, so nothing was done.",
    remedy: "Open the page again, fill it in and send it.",
  },
  "link-over": {
    status: 410,
    title: "This link does not work, or not any more",
    words: "It was used already, is older than it may be, or did not arrive whole. Nothing was changed.",
    remedy: "Ask for a new one. Each link that we mail works once.",
  },
  "link-used": {
    status: 410,
    title: "This link has been used, or has expired",
    words: "It works once, and only until the service is started again.",
    remedy: "If no administrator could be made with it, start the service again for a new one.",
  },
  "review-link-over": {
    status: 410,
    title: "This link opens nothing",
    words: "It was used before, its time is over, what it led to has ended, or it is not whole.",
    remedy: "Ask for a new one under “What do you hold about me?”, at the foot of each page.",
  },
  "not-correctable": {
    status: 404,
    title: "Nothing can be corrected here",
    words:
      "What you gave us yourself can be corrected. What was noted as it happened cannot, and what has ended is not there any more.",
    remedy: "Open what is held about you again, and follow “Correct” beside what is wrong.",
  },
  "no-room": {
    status: 503,
    title: "There is no room left here",
    words: "The disk of this service is full, so what you sent was not stored, or not all of it.",
    remedy: "Try again later. Whoever runs this service is told in its log.",
  },
  "download-over": {
    status: 410,
    title: "This download link works no more",
    words: "Its time is over, so nothing was downloaded.",
    remedy: "Make a new one where you came from.",
  },
  "download-running": {
    status: 409,
    title: "An archive is on its way already",
    words: "Only one at a time goes out to each person.",
    remedy: "Wait until it is there, or stop it where you came from, if it got stuck.",
  },
  "downloads-busy": {
    status: 503,
    title: "Too many archives are going out",
    words: "Only a few go out at once, so that enough is left for the sessions.",
    remedy: "Try again in a few minutes. Your link goes on working.",
  },
  fault: {
    status: 500,
    title: "Something broke here",
    words: "The fault is ours. What you sent may not have been stored.",
    remedy: "Try again in a moment. If it stays, tell us the code below.",
  },
} as const);

export type RefusalCode = keyof typeof refusals;

/** Thrown by a handler to answer with a registered refusal. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}
