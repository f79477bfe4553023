/** Another language: the statement is whole in it, and only words differ. */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Ask } from "./ask.ts";
import { compile } from "./compile.ts";
import { decide } from "./decide.ts";
import { explain } from "./explain.ts";
import { inLanguage, wordsOf } from "./in-language.ts";
import { de } from "./messages/de.ts";
import { en } from "./messages/en.ts";
import { parsePolicy } from "./parse-policy.ts";
import { parseWords } from "./parse-words.ts";
import { personStops } from "./person-stops.ts";
import type { Policy } from "./policy.ts";
import { acts } from "./speak.ts";
import { statement } from "./statement.ts";

const folder = new URL("../../policies/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");

function policyOf(name: string): Policy {
  const { policy } = parsePolicy(read(`${name}.yaml`), name);
  if (policy === null) throw new Error(name);
  return policy;
}

describe("German", () => {
  for (const file of readdirSync(new URL("words/", folder))) {
    const policy = policyOf(file.split(".")[0] ?? "");
    const { policy: german, issues } = parseWords(read(`words/${file}`), file, policy);

    it(`${file} has words for every text, and none too many`, () => {
      expect(issues).toEqual([]);
      expect(german?.language).toBe("de");
    });

    it(`${file} leaves no English sentence in the statement`, () => {
      const texts = (one: Policy, m: typeof en): string[] =>
        statement(one, m).sections.flatMap(({ title, clauses, tables = [] }) => [
          title,
          ...clauses.map(({ text }) => text),
          ...tables.flatMap(({ heads }) => heads),
        ]);
      const english = new Set(texts(policy, en));
      // What is alike in both: an address, and words that German took over.
      const alike = texts(german!, de).filter(
        (text) => english.has(text) && !/^(Cookies|Name|(E-Mail|Post): .*)$/.test(text),
      );
      expect(alike).toEqual([]);
      expect(texts(german!, de).join(" ")).not.toMatch(/\b(the|your|we|and|with|what)\b/);
    });

    it(`${file} changes no decision and no clause's address`, () => {
      const [before, after] = [compile(policy), compile(german!)];
      const tables = ({ cells, voices, persons, policy, purposes }: typeof before) => ({
        cells,
        stops: [...purposes.keys()].map((purpose) =>
          acts.map((act) => persons.map((person) => personStops(policy, act, purpose, person))),
        ),
        voices: voices.map(({ permits, refuses }) => [
          permits.map(({ rule }) => rule.id),
          refuses.map(({ id }) => id),
        ]),
      });
      expect(tables(after)).toEqual(tables(before));
      const ids = (one: Policy, m: typeof en): string[] =>
        statement(one, m).sections.flatMap(({ clauses }) => clauses.map(({ id }) => id));
      expect(ids(german!, de)).toEqual(ids(policy, en));
    });
  }
});

it("writes German nouns large within a sentence, and what stands before them small", () => {
  for (const [label, within] of [
    ["Genutzte Funktionen", "genutzte Funktionen"],
    ["Unsere E-Mails", "unsere E-Mails"],
    ["Ihre Wahl", "Ihre Wahl"],
    ["Netz und Land", "Netz und Land"],
    ["E-Mail", "E-Mail"],
  ] as const)
    expect(de.thing(label)).toBe(within);
});

describe("a decision in German", () => {
  const own = policyOf("selmo");
  const policy = parseWords(read("words/selmo.de.yaml"), "w", own).policy!;
  const compiled = compile(policy);
  const say = (ask: Ask): string =>
    explain(compiled, ask, decide(compiled, ask), de).replace(/Zeile \d+/g, "Zeile N");

  it("says in one sentence what is allowed, and by which rules", () => {
    expect(
      say({ act: "use", category: "user-name", purpose: "manage-account", status: "active", region: "US" }),
    ).toBe(
      "Das dürfen wir verwenden, um Ihr Konto zu führen und Sie anzumelden: Ihr Benutzername (use.manage-account, Zeile N; purposes.manage-account, Zeile N).",
    );
  });

  it("says in one sentence what is refused, whom it would have reached, and why", () => {
    const ask = { act: "look", role: "engineer", category: "ip-address", purpose: "diagnosis" } as const;
    expect(say({ ...ask, status: "restricted" })).toMatch(
      /^Das dürfen wir nicht zeigen \(die Technik\), um Fehler zu finden.*, denn dieser Mensch will nicht, dass wir seine Daten verwenden: Ihre Internetadresse/,
    );
    expect(say({ ...ask, category: "shoe-size", status: "active" })).toMatch(
      /denn diese Art von Daten kennt die Richtlinie nicht: "shoe-size"\.$/,
    );
  });
});

describe("words", () => {
  const policy = policyOf("smallest");
  const file = (words: string): string => `policy: smallest\nversion: 1\nlanguage: de\nwords:\n${words}`;

  it("are named by what they belong to", () => {
    expect(wordsOf(policy)).toMatchObject({
      "categories.email.about": "your e-mail address",
      "collect.contact-page.offer.email.hint": "Without it you cannot get an answer by mail.",
      "terms.text.1": "Use this site kindly.",
    });
  });

  it("stand once for a text that stands in several places", () => {
    const { policy: made, missing } = inLanguage(policy, "de", { "categories.question.label": "Frage" });
    expect(made.collect[0]?.require[0]?.label).toBe("Frage");
    expect(missing).not.toContain("collect.contact-page.require.question.label");
    expect(missing).toContain("categories.email.label");
    expect(policy.collect[0]?.require[0]?.label).toBe("Question");
  });

  it("that belong to nothing are an error, with the near name", () => {
    const { policy: made, issues } = parseWords(
      file("  categories.emial.about: Ihre Adresse\n"),
      "w.yaml",
      policy,
    );
    expect(made).toBeNull();
    expect(issues).toMatchObject([
      {
        code: "unknown-word",
        severity: "error",
        line: 5,
        column: 3,
        remedy: 'Did you mean "categories.email.about"?',
      },
    ]);
  });

  it("that lack are a warning each", () => {
    const { policy: made, issues } = parseWords(
      file("  categories.email.about: Ihre Adresse\n"),
      "w.yaml",
      policy,
    );
    expect(made?.categories["email"]?.about).toBe("Ihre Adresse");
    expect(issues.length).toBeGreaterThan(5);
    expect(new Set(issues.map(({ severity }) => severity))).toEqual(new Set(["warning"]));
  });

  it("of another policy, of another version, or in no form at all, are refused", () => {
    expect(parseWords(file("  a: b\n").replace("version: 1", "version: 2"), "w.yaml", policy)).toMatchObject({
      policy: null,
      issues: [
        { code: "wrong-value", line: 2, remedy: 'Go through what has changed, then write "version: 1".' },
      ],
    });
    expect(parseWords(file("  a: b\n").replace("smallest", "other"), "w.yaml", policy)).toMatchObject({
      policy: null,
      issues: [{ code: "wrong-value" }],
    });
    for (const text of ["", "[", "words: 7", "policy: smallest"])
      expect(parseWords(text, "w.yaml", policy).policy).toBeNull();
  });
});
