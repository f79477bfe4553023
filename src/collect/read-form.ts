// Reads a form by its collection point in the policy: what the policy does not declare is not taken in (C2, C3).

export type FormField = { category: string; label: string; required: boolean };

export type FormRead =
  | { values: Record<string, string>; errors: null }
  | { values: Record<string, string>; errors: Record<string, string> };

/** Longest value of one field, in characters. */
export const longestValue = 200;

const emailForm = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What may be wrong with a field, in a language. */
export type FormFaults = {
  missing: (label: string) => string;
  long: (label: string, most: number) => string;
  invisible: (label: string) => string;
  /** `required`: it can't be left empty. */
  email: (label: string, required: boolean) => string;
};

export const inEnglish: FormFaults = {
  missing: (label) => `${label}: please fill this in.`,
  long: (label, most) => `${label}: use at most ${most} characters.`,
  invisible: (label) => `${label}: remove the invisible control characters.`,
  email: (label, required) =>
    `${label}: write it like name@example.org${required ? "" : ", or leave it empty"}.`,
};

const faultOf = (
  { category, label, required }: FormField,
  value: string,
  words: FormFaults,
): string | null => {
  if (!value) return required ? words.missing(label) : null;
  if ([...value].length > longestValue) return words.long(label, longestValue);
  // Control characters and those that turn the direction of what follows can make one name look like another.
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(value)) return words.invisible(label);
  return category === "email" && !emailForm.test(value) ? words.email(label, required) : null;
};

/**
 * Values by category, tidied; passwords are taken as typed.
 * @param typed everything the browser sent; names that are no field of the collection point are dropped
 */
export const readForm = (
  fields: readonly FormField[],
  typed: Readonly<Record<string, unknown>>,
  words: FormFaults = inEnglish,
): FormRead => {
  const values: Record<string, string> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const raw = typed[field.category];
    const text = typeof raw === "string" ? raw : "";
    const value = field.category === "password" ? text : text.normalize("NFC").trim();
    if (value) values[field.category] = value;
    const fault = field.category === "password" ? null : faultOf(field, value, words);
    if (fault) errors[field.category] = fault;
  }
  return { values, errors: Object.keys(errors).length > 0 ? errors : null };
};
