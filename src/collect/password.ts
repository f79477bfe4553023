// What a password has to be, in one sentence that says how to mend it (K8).
import { badPassword } from "./bad-passwords.ts";

/** Shortest and longest password, in characters. */
export const passwordLength = { least: 10, most: 128 };

/** What is wrong with a password that somebody chooses, in plain words, or null. */
export const passwordFault = async (password: string, userName: string): Promise<string | null> => {
  if (password.length < passwordLength.least)
    return `Choose a password of at least ${passwordLength.least} characters.`;
  if (password.length > passwordLength.most)
    return `Choose a password of at most ${passwordLength.most} characters.`;
  return badPassword(password, userName);
};
