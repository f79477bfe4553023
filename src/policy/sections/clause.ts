/** A clause: one thing that the statement says, with the rules it comes from and the promises it keeps (P1). */
import type { Messages } from "../messages/messages.ts";
import type { About, Act, Policy, Rule } from "../policy.ts";

export type Clause = {
  /** Stays the same from version to version as long as its rule has its name, so that it can be linked to. */
  id: string;
  text: string;
  /** Promise ids, without the seed sentences. */
  promises: string[];
  rule: { path: string; line: number }[];
};

export type Table = { id: string; heads: string[]; rows: string[][] };
export type Section = { id: string; title: string; clauses: Clause[]; tables?: Table[] };

/** What is spoken of, and in which language. */
export type Say = { policy: Policy; m: Messages };

const isPromise = (id: string): boolean => /^[A-Z]\d+$/.test(id);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The name of a rule as it can stand in an address: "keep.chat-log.2" is "keep-chat-log-2". */
export const anchor = ({ id }: Rule): string => id.toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** The section in which a rule about an act is said. */
export const sectionOf = (act: Act | null): "collect" | "use" | "share" =>
  act === "collect" || act === "share" ? act : "use";

/** Parts of a text that are there, as one. */
export const joined = (...parts: (string | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== "").join(" ");

/** A clause with these rules behind it. */
export function clause(id: string, text: string, ...rules: Rule[]): Clause {
  const promises = [...new Set(rules.flatMap(({ keeps }) => keeps.filter(isPromise)))];
  return { id, text, promises, rule: rules.map((rule) => ({ path: rule.id, line: rule.at.line })) };
}

/** Kinds of data by their labels, each once: short words, whose meaning a table of the statement gives. */
export const named = ({ policy, m }: Say, ids: readonly string[]): string[] =>
  [...new Set(ids)].map((id) => m.thing(policy.categories[id]?.label ?? id));

/** What rules are about: one that is about everything is said in one word. */
export const things = (say: Say, rules: readonly About[]): string[] =>
  rules.some(({ everything }) => everything)
    ? [say.m.everything]
    : named(
        say,
        rules.flatMap(({ data }) => data),
      );

export const purposes = ({ policy }: Say, ids: readonly string[]): string[] =>
  ids.map((id) => policy.purposes[id]?.about ?? id);

export const recipients = ({ policy }: Say, ids: readonly string[]): string[] =>
  ids.map((id) => policy.recipients[id]?.name ?? id);
