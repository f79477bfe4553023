// What mails about an account say: a link and what it does, or what was changed and what to do if it was somebody else (K8).
import type { Policy } from "../policy/core.ts";

type Written = { title: string; text: string };

/** What was changed about how somebody signs in. */
export type Changed =
  | "password"
  | "passkey-added"
  | "passkey-removed"
  | "second-step-on"
  | "second-step-off"
  | "address"
  | "address-removed"
  | "user-name";

export type AccountLetters = {
  newPassword(userName: string, ticket: string): Written;
  confirmAddress(userName: string, ticket: string): Written;
  changed(userName: string, what: Changed): Written;
};

const done: Readonly<Record<Changed, string>> = {
  password: "The password was changed, and every other browser was signed out.",
  "passkey-added": "A passkey was added.",
  "passkey-removed": "A passkey was removed.",
  "second-step-on": "The second step was turned on.",
  "second-step-off": "The second step was turned off.",
  address: "The e-mail address was changed. Mails about this account go to another address from now on.",
  "user-name": "The user name was changed. Whoever signs in types the new one from now on.",
  "address-removed": "The e-mail address was taken out. This account gets no more mails.",
};

/** @param origin address that people reach the service by */
export const accountLetters = ({ controller }: Policy, origin: () => string): AccountLetters => {
  const name = controller.product ?? controller.name;
  const from = [controller.name, ...controller.post, controller.email].join("\n");
  const write = (title: string, ...parts: string[]): Written => ({
    title: `${name}: ${title}`,
    text: [...parts, from].join("\n\n"),
  });
  return {
    newPassword: (userName, ticket) =>
      write(
        "a new password",
        `Somebody, probably you, asked for a new password for the account "${userName}" at ${name}.`,
        "With this link you choose one. It works once, and for an hour:",
        `${origin()}/new-password/${ticket}`,
        "If you did not ask, you need not do anything: your password stays as it is.",
      ),
    confirmAddress: (userName, ticket) =>
      write(
        "confirm your address",
        `The account "${userName}" at ${name} names this e-mail address. With this link its owner confirms that mails reach them here. It works once, and for a day:`,
        `${origin()}/account/address/${ticket}`,
        "If this is not your account, you need not do anything: without this link the address is used for nothing.",
      ),
    changed: (userName, what) =>
      write(
        "your account was changed",
        `The account "${userName}" at ${name} was changed just now. ${done[what]}`,
        `If that was you, you need not do anything. If not, choose a new password at ${origin()}/new-password, look through what is set at ${origin()}/account/security, and write to us.`,
      ),
  };
};
