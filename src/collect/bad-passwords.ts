// Refuses passwords that everybody tries first, and those that hold the user name (K8). Nothing is asked of anybody outside.

/** Some 49,000, read when the first password is chosen. */
let known: Promise<ReadonlySet<string>> | null = null;

const readKnown = async (): Promise<ReadonlySet<string>> => {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"]);
};

const repeats = (text: string): boolean => /^(.{1,4})\1+$/u.test(text);

const isRun = (text: string): boolean => {
  const steps = [...text].slice(1).map((letter, at) => letter.charCodeAt(0) - text.charCodeAt(at));
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
};

/** A shorter name is found by chance in many a good password. */
const shortestHeld = 4;

const holdsName = (plain: string, stem: string, name: string): boolean =>
  plain === name || stem === name || (name.length >= shortestHeld && plain.includes(name));

/** Digits and signs around a word are what everybody adds; without them it is the word that is tried. */
const stemOf = (plain: string): string => plain.replace(/^[\d\W_]+|[\d\W_]+$/gu, "");

/** Why a password is refused, in a language. */
export type BadPassword = { holdsName: string; known: string };

export const inEnglish: BadPassword = {
  holdsName:
    "Choose a password without your user name in it: those are among the first that anybody would try.",
  known: "Choose another password: this one is among the first that anybody would try.",
};

/** What is wrong with a password, in plain words, or null; its length is the form's matter. */
export const badPassword = async (
  password: string,
  userName: string,
  say: BadPassword = inEnglish,
): Promise<string | null> => {
  const plain = password.toLowerCase();
  const stem = stemOf(plain);
  if (userName && holdsName(plain, stem, userName.toLowerCase())) return say.holdsName;
  const words = await (known ??= readKnown());
  const tried = words.has(plain) || words.has(stem) || repeats(plain) || isRun(plain);
  return tried ? say.known : null;
};
