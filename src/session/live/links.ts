// Keeps D5 in what people write: an address is found in a text and shown with the place that it really leads to.

export type TextPart =
  | { kind: "text"; text: string }
  /** `host` is where it leads, in ASCII, so that a look-alike name shows itself. */
  | { kind: "link"; text: string; href: string; host: string };

// Browsers and Node both have it; this project is built without either's types.
declare const URL: {
  canParse(text: string): boolean;
  new (text: string): { href: string; host: string; username: string; password: string };
};

// A direction mark inside an address could turn what is read round: it ends the address.
const ADDRESS = /\bhttps?:\/\/[^\s<>"`\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/giu;

/** Cuts a text into plain parts and http(s) links; joined again, the parts' texts are the text. */
export const splitLinks = (text: string): TextPart[] => {
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const link = asLink(withoutTail(found[0]));
    if (!link) continue;
    if (found.index > from) parts.push({ kind: "text", text: text.slice(from, found.index) });
    parts.push(link);
    from = found.index + link.text.length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
};

/** An address that carries a user name is written to deceive ("https://bank.example@evil.example"): it stays text. */
const asLink = (text: string): TextPart | null => {
  if (!URL.canParse(text)) return null;
  const { href, host, username, password } = new URL(text);
  return username || password ? null : { kind: "link", text, href, host };
};

/** The sentence's own punctuation is not part of the address, nor a bracket that was opened before it. */
const withoutTail = (found: string): string => {
  const spare = { ")": surplus(found, "(", ")"), "]": surplus(found, "[", "]") };
  for (let end = found.length; end > 0; end--) {
    const last = found.charAt(end - 1);
    const bracket = last === ")" || last === "]" ? last : null;
    if (bracket ? spare[bracket]-- <= 0 : !".,;:!?'’”…*_}|".includes(last)) return found.slice(0, end);
  }
  return "";
};
const surplus = (text: string, opens: string, closes: string): number =>
  text.split(closes).length - text.split(opens).length;
