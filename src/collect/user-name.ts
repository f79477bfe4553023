// User names: what is allowed, and when two are the same (C3).

export const userNameLength = { least: 2, most: 40 };

/** The name as it is kept: trimmed, in one Unicode form. */
export const tidyName = (typed: string): string => typed.normalize("NFKC").trim().replace(/\s+/gu, " ");

/** Under which two names are the same name: case does not tell them apart. */
export const userNameKey = (typed: string): string => tidyName(typed).toLowerCase();

/** What may be wrong with a user name, in a language. */
export type NameFaults = {
  short: (least: number) => string;
  long: (most: number) => string;
  letters: string;
};

export const inEnglish: NameFaults = {
  short: (least) => `Choose a name of at least ${least} letters.`,
  long: (most) => `Choose a name of at most ${most} letters.`,
  letters: "Use letters, digits, blanks and . _ @ + ' - only.",
};

/** What is wrong with a user name, in plain words, or null. */
export const userNameFault = (name: string, words: NameFaults = inEnglish): string | null => {
  const letters = [...name].length;
  if (letters < userNameLength.least) return words.short(userNameLength.least);
  if (letters > userNameLength.most) return words.long(userNameLength.most);
  return /^[\p{L}\p{M}\p{N} ._@+'-]+$/u.test(name) ? null : words.letters;
};
