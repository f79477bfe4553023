// User names: what is allowed, and when two are the same (C3).

export const userNameLength = { least: 2, most: 40 };

/** The name as it is kept: trimmed, in one Unicode form. */
export const tidyName = (typed: string): string => typed.normalize("NFKC").trim().replace(/\s+/gu, " ");

/** Under which two names are the same name: case does not tell them apart. */
export const userNameKey = (typed: string): string => tidyName(typed).toLowerCase();

/** What is wrong with a user name, in plain words, or null. */
export const userNameFault = (name: string): string | null => {
  const letters = [...name].length;
  if (letters < userNameLength.least) return `Choose a name of at least ${userNameLength.least} letters.`;
  if (letters > userNameLength.most) return `Choose a name of at most ${userNameLength.most} letters.`;
  if (!/^[\p{L}\p{M}\p{N} ._@+'-]+$/u.test(name)) return "Use letters, digits, blanks and . _ @ + ' - only.";
  return null;
};
