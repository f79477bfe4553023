// What a password has to be, in one sentence that says how to mend it (K8).
import { badPassword, inEnglish as bad, type BadPassword } from "./bad-passwords.ts";

/** Shortest and longest password, in characters. */
export const passwordLength = { least: 10, most: 128 };

/** What may be wrong with a password, in a language. */
export type PasswordFaults = BadPassword & {
  short: (least: number) => string;
  long: (most: number) => string;
};

export const inEnglish: PasswordFaults = {
  ...bad,
  short: (least) => `Choose a password of at least ${least} characters.`,
  long: (most) => `Choose a password of at most ${most} characters.`,
};

/** What is wrong with a password that somebody chooses, in plain words, or null. */
export const passwordFault = async (
  password: string,
  userName: string,
  words: PasswordFaults = inEnglish,
): Promise<string | null> => {
  if (password.length < passwordLength.least) return words.short(passwordLength.least);
  if (password.length > passwordLength.most) return words.long(passwordLength.most);
  return badPassword(password, userName, words);
};
