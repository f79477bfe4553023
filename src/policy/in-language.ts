/** Puts a policy's own words into another language, word by word, so that the statement is whole in it (P1). */
import type { Policy } from "./policy.ts";

/** Words by the name of what they belong to: "categories.email.label", "collect.sign-in.notice". */
export type Words = Readonly<Record<string, string>>;

/** The parts of a policy that people read. */
const spoken = new Set([
  "about",
  "label",
  "hint",
  "notice",
  "because",
  "says",
  "title",
  "when",
  "without",
  "duty",
  "mechanism",
]);
/** Parts that are text in some places and a name in others. */
const spokenIn: Record<string, RegExp> = {
  name: /^(recipients|follows)\./,
  text: /^(covers|covers-not|protection|limits|terms|guidelines)\b/,
};

const isSpoken = (key: string, path: string): boolean =>
  spoken.has(key) || (spokenIn[key]?.test(path) ?? false);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** How a part is named: a rule by its id, whatever it stands in; a part of a rule by the rule and its own name. */
function nameOf(value: Record<string, unknown>, path: string, key: string): string {
  if (typeof value["id"] === "string") return isObject(value["at"]) ? value["id"] : `${path}.${value["id"]}`;
  if (typeof value["category"] === "string") return `${path}.${value["category"]}`;
  return path === "" ? key : `${path}.${key}`;
}

type Change = (name: string, text: string) => string;

function walk(value: unknown, path: string, change: Change): unknown {
  if (Array.isArray(value))
    return value.map((one, i) => (isObject(one) ? walk(one, nameOf(one, path, String(i + 1)), change) : one));
  if (!isObject(value)) return value;
  const made = Object.create(Object.getPrototypeOf(value) as object | null) as Record<string, unknown>;
  for (const [key, part] of Object.entries(value)) {
    if (isSpoken(key, path) && typeof part === "string") made[key] = change(`${path}.${key}`, part);
    else if (isSpoken(key, path) && Array.isArray(part))
      made[key] = part.map((one: string, i) => change(`${path}.${key}.${i + 1}`, one));
    else if (isObject(part)) made[key] = walk(part, nameOf(part, path, key), change);
    else
      made[key] =
        Array.isArray(part) && part.some(isObject)
          ? walk(part, path === "" ? key : `${path}.${key}`, change)
          : part;
  }
  return made;
}

/** Every text of a policy that people read, by its name. */
export function wordsOf(policy: Policy): Record<string, string> {
  const found: Record<string, string> = {};
  walk(policy, "", (name, text) => {
    found[name] = text;
    return text;
  });
  return found;
}

/**
 * The same policy in other words. A text that stands in several places needs its words once; `missing` names those
 * that `words` does not have: they stay as they are.
 */
export function inLanguage(
  policy: Policy,
  language: string,
  words: Words,
): { policy: Policy; missing: string[] } {
  const missing: string[] = [];
  const alike = new Map<string, string | undefined>(
    Object.entries(wordsOf(policy)).flatMap(([name, text]) =>
      Object.hasOwn(words, name) ? [[text, words[name]] as const] : [],
    ),
  );
  const translated = walk(policy, "", (name, text) => {
    const found = Object.hasOwn(words, name) ? words[name] : alike.get(text);
    if (found !== undefined) return found;
    missing.push(name);
    return text;
  }) as Policy;
  return { policy: { ...translated, language }, missing };
}
