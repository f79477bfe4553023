// Refuses passwords that everybody tries first (K8). The bundled list is short; nothing is asked of anybody outside.

const stems =
  "password passwort passw0rd letmein welcome iloveyou qwertyuiop qwertyuiop[] asdfghjkl zxcvbnm 1q2w3e4r5t 1qaz2wsx3edc " +
  "qazwsxedc administrator superman baseball basketball football trustno1 sunshine princess dragon monkey shadow master " +
  "changeme secret starwars whatever freedom computer internet abcdefghij abcdefghijk 0123456789 1234567890 9876543210";

const known = new Set(stems.split(" "));

const repeats = (text: string): boolean => /^(.{1,4})\1+$/u.test(text);

const isRun = (text: string): boolean => {
  const steps = [...text].slice(1).map((letter, at) => letter.charCodeAt(0) - text.charCodeAt(at));
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
};

/** Whether a password is one of those tried first: known words with digits or signs around, runs, repeats, the user name. */
export const isBadPassword = (password: string, userName: string): boolean => {
  const plain = password.toLowerCase();
  const stem = plain.replace(/^[\d\W_]+|[\d\W_]+$/gu, "");
  const name = userName.toLowerCase();
  return (
    known.has(plain) || known.has(stem) || repeats(plain) || isRun(plain) || plain === name || stem === name
  );
};
