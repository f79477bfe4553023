// The words of the doors beside the password, in English: passkeys, the second step, a new password by mail (C3, K8).
import type { Child } from "hono/jsx";

/** Makes a link, or whatever else stands around a part of a sentence. */
type Around = (text: string) => Child;
type Said = Child[];

export const doorsInEnglish = {
  passkey: {
    signIn: "Sign in with a passkey",
    instead: "Use a passkey in place of a password",
    made: "Your device has made a passkey for this account. It is kept once the account is open.",
    needsScript:
      "A passkey needs this site's own script, which your browser does not run. The password works without.",
    missing:
      "This browser has no passkeys, or not at this address: they need https. The password works without.",
    notMade: "No passkey was made. Try again, or use a password.",
    notGiven: "No passkey came. Try again, or use your password.",
    refused:
      "This passkey is not right for any account here, or came too late. Try again, or use your password.",
    refusedNew: "Your device's passkey could not be checked. Try again, or choose a password.",
  },
  secondStep: {
    title: "The second step",
    notYet: "Not yet: the second step",
    lead: "Your password was right. Now type the code that your app shows, or one of your backup codes.",
    code: "Code",
    hint: "Each code works once. If your app's code was just used, wait for the next.",
    send: "Sign in",
    refused: "This code is not right, or was used already. Wait for the next one, or use a backup code.",
    over: "That took too long, so your password is asked for again.",
    lost: (contact: Around): Said => [
      "You have neither app nor backup codes? ",
      contact("Write to us"),
      "; a mail alone does not get anybody past the second step.",
    ],
  },
  newPassword: {
    forgotten: "Forgot your password?",
    title: "A new password by mail",
    lead: "Type the address that you have confirmed for your account. A mail with a link comes to it; the link works once, and for an hour.",
    without:
      "Without a confirmed address this can't be done. A passkey still opens your account, and so does the password.",
    send: "Send the link",
    sent: "If that address is confirmed for an account, a mail is on its way",
    sentWords: [
      "The answer here is the same for every address, so that nobody learns who has an account.",
      "Nothing has come after some minutes? See among the unwanted mail, or whether you have confirmed another address.",
    ],
    choose: "Choose a new password",
    for: (userName: Child): Said => ["For the account ", userName, "."],
    ends: "Every browser that is signed in with this account is then signed out.",
    change: "Change the password",
    done: "Your password is changed",
    doneWords: ["Every browser that was signed in is signed out. The link does not work again."],
  },
};

export type Doors = typeof doorsInEnglish;
