/** What the check finds: one example for each code that there is, and nothing in what is right. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { issueCodes } from "../issue.ts";
import type { IssueCode } from "../issue.ts";
import { parsePolicy } from "../parse-policy.ts";
import type { Manifest } from "./check-manifest.ts";
import { checkPolicy } from "./check-policy.ts";

const smallest = readFileSync(new URL("../../../policies/smallest.yaml", import.meta.url), "utf8");

/** The smallest policy with words put in place of others, and sections added at its end. */
function policy(changes: Record<string, string>, more = ""): string {
  let text = smallest;
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`nothing to change: ${from}`);
    text = text.replace(from, () => to);
  }
  return `${text}\n${more}`;
}

const answer = '{ dpv: "dpv:CustomerCare", ground: contract,';
const recipients = (kind: string, more = ""): string =>
  `recipients:\n  other: { name: Other, about: does things, dpv: "dpv:ThirdParty", kind: ${kind}${more} }\n`;
const share = (ground: string, more = ""): string =>
  `share:\n  - { to: other, data: email, for: answer, ground: ${ground}${more} }\n`;
const choice = (where: string): string =>
  `choices:\n  mail: { label: Mail, about: we may write, where: [${where}] }\n`;
const byChoice = { [answer]: '{ dpv: "dpv:CustomerCare", ground: opt-in, choice: mail,' };
const region = "regions:\n  EEA: { label: Europe, countries: [DE] }\n";
const never = (scope: string): string => `never:\n  - { id: no, ${scope} }\n`;
const may = (scope: string): string => `may:\n  - { id: yes, ${scope} }\n`;
const resolve = (between: string, follow: string): string =>
  `resolve:\n  - { between: [${between}], follow: ${follow}, says: so it is }\n`;
const agreed = ", agreement: { signed: 2026-01-01, review: 2027-01-01, for: answer }";

/** For each code a text that has it, and where it has it. */
const examples: Partial<Record<IssueCode, [text: string, at: string][]>> = {
  "not-yaml": [[policy({ "  after": "\tafter" }), "\tafter"]],
  "too-large": [["#".repeat(1_000_001), "#"]],
  "too-deep": [["[".repeat(100), "["]],
  "too-many": [
    [
      policy({ "for: 90 days }": `for: 90 days, keeps: [${"K99, ".repeat(300)}K6] }` }),
      "- { data: [email, question], for: 90",
    ],
  ],
  alias: [
    [
      policy({ "{ data: [email, question], for: answer }": "&all { data: [email, question], for: answer }" }),
      "- &all",
    ],
  ],
  "duplicate-key": [[policy({}, "policy: again"), "policy: again"]],
  "unknown-word": [[policy({ "answer: 14 days": "answers: 14 days" }), "answers: 14"]],
  missing: [[policy({ "  email: privacy@example.org\n": "" }), "controller:"]],
  "wrong-type": [[policy({ "name: Example Ltd": "name: 7" }), "name: 7"]],
  "wrong-value": [[policy({ "ground: contract": "ground: wish" }), "answer: {"]],
  "unknown-category": [
    [
      policy({ "for: 90": "for: 90" }).replace("keep:\n", "keep:\n  - { data: shoe-size, for: 1 day }\n"),
      "- { data: shoe",
    ],
  ],
  "unknown-purpose": [
    [policy({ "use:\n": "use:\n  - { data: email, for: fun }\n" }), "- { data: email, for: fun"],
  ],
  "unknown-recipient": [[policy({}, share("processor")), "- { to: other"]],
  "unknown-region": [
    [
      policy({ [answer]: '{ dpv: "dpv:CustomerCare", region: { Mars: never }, ground: contract,' }),
      "answer: {",
    ],
  ],
  "unknown-choice": [[policy(byChoice), "answer: {"]],
  "unknown-role": [[policy({}, "refuse:\n  - { data: email, by: nobody }\n"), "- { data: email, by"]],
  "unknown-point": [
    [policy({ "for: 90 days }": "for: 90 days, at: nowhere }" }), "- { data: [email, question], for: 90"],
  ],
  "unknown-place": [[policy(byChoice, choice("pub")), "mail: { label"]],
  "unknown-claim": [
    [policy({}, never("act: share") + may("act: use") + resolve("no, what", "no")), "- { between"],
    [policy({}, never("act: use") + may("act: use") + resolve("no, yes", "maybe")), "- { between"],
  ],
  "unknown-promise": [[policy({ "after: 3 days": "after: 3 days\n  keeps: [R99]" }), "keeps: [R99]"]],
  "unknown-term": [
    [policy({ "pd:EmailAddress": "pd:EMailAddress" }), "email: { dpv"],
    [policy({ "dpv:CustomerCare": "dpv:CustomerCaring" }), "answer: {"],
  ],
  "duplicate-rule": [
    [
      policy({ "collect:\n": "collect:\n  - { at: contact-page, for: answer, offer: email }\n" }),
      "- at: contact-page",
    ],
    [
      policy({
        "use:\n":
          "use:\n  - { id: a, data: email, for: answer }\n  - { id: a, data: question, for: answer }\n",
      }),
      "- { id: a, data: question",
    ],
  ],
  "no-end": [
    [policy({ "keep:\n  - { data: [email, question]": "keep:\n  - { data: [email]" }), "- at: contact-page"],
  ],
  "two-ends": [
    [
      policy({ "keep:\n": "keep:\n  - { data: email, for: 10 days }\n" }),
      "- { data: [email, question], for: 90",
    ],
  ],
  "no-purpose": [
    [policy({ "use:\n  - { data: [email, question]": "use:\n  - { data: [email]" }), "- at: contact-page"],
  ],
  "not-collected": [
    [policy({ "    require: [question]\n": "" }), "- { data: [email, question], for: answer }"],
  ],
  "beyond-use": [
    [
      policy(
        {
          "categories:\n": 'categories:\n  phone: { dpv: "pd:TelephoneNumber", about: your phone }\n',
          "require: [question]": "require: [question, phone]",
          "for: 90 days": "for: 90 days",
          "keep:\n": "keep:\n  - { data: phone, for: 1 day }\n",
        },
        "roles:\n  desk:\n    label: Desk\n    about: answers\n    look:\n      - { data: phone, for: answer }\n",
      ),
      "- { data: phone, for: answer",
    ],
  ],
  "no-reason": [
    [policy({ "ground: contract": "ground: legitimate-interest" }), "answer: {"],
    [policy({ "ground: contract": "ground: legal-obligation" }), "answer: {"],
  ],
  "no-choice": [
    [policy({ "ground: contract": "ground: opt-out" }), "answer: {"],
    [policy(byChoice, choice("contact-page")), "- at: contact-page"],
    [policy(byChoice, choice("signal")), "mail: { label"],
  ],
  "choice-changes-nothing": [[policy({}, choice("profile")), "mail: { label"]],
  "no-address": [
    [policy(byChoice, choice("mail")), "mail: { label"],
    [policy(byChoice, choice("letter")), "mail: { label"],
  ],
  "no-agreement": [[policy({}, recipients("processor") + share("processor")), "- { to: other"]],
  "no-evidence": [
    [policy({}, recipients("advertiser") + share("aggregate")), "- { to: other"],
    [policy({}, recipients("party") + share("consent")), "- { to: other"],
    [policy({}, recipients("party") + share("legal-process")), "- { to: other"],
  ],
  "no-transfer": [
    [
      policy(
        {},
        region +
          recipients("processor", `, country: US${agreed}`) +
          share("processor") +
          'transfers:\n  - { from: EEA, to: CA, mechanism: a treaty, dpv: "eu-gdpr:AdequacyDecision", about: it holds }\n',
      ),
      "- { to: other",
    ],
    [
      policy({}, region + recipients("processor", `, country: US${agreed}`) + share("processor")),
      "- { to: other",
    ],
  ],
  "special-ground": [
    [policy({ '"pd:Communication",': '"pd:Communication", sensitivity: special,' }), "question: { dpv"],
  ],
  "cookie-ground": [
    [
      policy({}, "cookies:\n  - { name: c, life: 1 day, purpose: answer, about: counts, holds: random }\n"),
      "- { name: c",
    ],
  ],
  "never-decides": [
    [policy({}, "refuse:\n  - { data: email, act: share }\n"), "- { data: email, act"],
    [
      policy({
        "purposes:\n": 'purposes:\n  idle: { dpv: "dpv:Marketing", ground: contract, about: idle }\n',
      }),
      "idle: {",
    ],
    [policy({}, recipients("party")), "other: { name"],
    [
      policy({}, "refuse:\n  - { act: use, data: question }\n").replace(
        "for: answer }\n",
        "for: answer }\n  - { id: two, data: question, for: answer }\n",
      ),
      "- { id: two",
    ],
    [policy({}, never("act: share") + may("act: use") + resolve("no, yes", "no")), "- { between"],
  ],
  "never-broken": [
    [policy({}, never("act: use, data: email")), "- { id: no"],
    [policy({}, never("act: keep, status: deactivated")), "- { id: no"],
  ],
  "may-broken": [
    [policy({}, may("act: share")), "- { id: yes"],
    [policy({}, may("act: use, status: erased")), "- { id: yes"],
  ],
  contradiction: [[policy({}, never("act: use, data: email") + may("for: answer")), "- { id: yes"]],
  "resolved-contradiction": [
    [
      policy({}, never("act: use, data: email") + may("for: answer") + resolve("no, yes", "yes")),
      "- { between",
    ],
  ],
};

/** What only a manifest can show. */
const manifests: [Manifest, IssueCode, RegExp][] = [
  [{ points: { "contact-page": ["email", "question"] } }, "not-enforced", /^$/],
  [{ points: {} }, "not-enforced", /"contact-page", and no running code/],
  [{ points: { "contact-page": ["email", "question"], basement: [] } }, "not-declared", /"basement"/],
  [{ points: { "contact-page": ["email", "question", "blood"] } }, "not-declared", /takes in blood/],
  [{ points: { "contact-page": ["question"] } }, "not-enforced", /collects email/],
  [{ stores: { letter: ["email", "smell"] } }, "not-declared", /holds smell/],
  [{ purposes: [] }, "not-enforced", /purpose "answer"/],
  [{ purposes: ["answer", "gossip"] }, "not-declared", /"gossip"/],
  [{ cookies: ["crumb"] }, "not-declared", /cookie "crumb"/],
  [{ promises: [] }, "not-enforced", /promise "C6"/],
];

const lineOf = (text: string, at: string): number => text.slice(0, text.indexOf(at)).split("\n").length;

describe("the check", () => {
  it("finds nothing in the smallest policy", () => {
    expect(parsePolicy(smallest, "p.yaml").issues).toEqual([]);
  });

  for (const [code, cases] of Object.entries(examples))
    cases.forEach(([text, at], i) =>
      it(`finds ${code}${cases.length > 1 ? ` (${i + 1})` : ""}`, () => {
        const { policy: read, issues } = parsePolicy(text, "p.yaml");
        const found = issues.filter((issue) => issue.code === code);
        expect(issues.map((issue) => issue.code)).toContain(code);
        expect(found.map(({ line }) => line)).toContain(lineOf(text, at));
        if (found.some(({ severity }) => severity === "error")) expect(read).toBeNull();
      }),
    );

  manifests.forEach(([manifest, code, message], i) =>
    it(`compares with the running code (${i + 1}: ${code})`, () => {
      const text = policy({ "for: 90 days": "for: 90 days, keeps: [C6]" });
      const { policy: read } = parsePolicy(text, "p.yaml");
      const found = checkPolicy(read!, manifest).map((issue) => `${issue.code} ${issue.message}`);
      if (message.source === "^$") expect(found).toEqual([]);
      else expect(found.some((one) => one.startsWith(code) && message.test(one))).toBe(true);
    }),
  );

  it("has an example for every code", () => {
    const shown = new Set([...Object.keys(examples), ...manifests.map(([, code]) => code)]);
    expect(Object.keys(issueCodes).filter((code) => !shown.has(code))).toEqual([]);
  });
});

describe("a claim", () => {
  const codes = (text: string): string[] => parsePolicy(text, "p.yaml").issues.map(({ code }) => code);

  it("that is given up by a resolution need not hold; the one that is followed must", () => {
    const claims = never("act: use, data: email") + may("for: answer, act: use, data: email");
    expect(codes(policy({}, claims + resolve("no, yes", "yes")))).toEqual(["resolved-contradiction"]);
    expect(codes(policy({}, claims + resolve("no, yes", "no")))).toEqual([
      "never-broken",
      "resolved-contradiction",
    ]);
  });

  it("is not broken by what it excepts", () => {
    expect(codes(policy({}, never("act: use, data: email, except: { for: answer }")))).toEqual([]);
    expect(codes(policy({}, never("act: use, except: { data: [email, question] }")))).toEqual([]);
  });

  it("about a ground is broken by a share on that ground alone", () => {
    const shared = recipients("processor", agreed) + share("processor");
    expect(codes(policy({}, shared + never("act: share, ground: consent")))).toEqual([]);
    expect(codes(policy({}, shared + never("act: share, except: { ground: processor }")))).toEqual([]);
    expect(codes(policy({}, shared + never("act: share, ground: processor")))).toEqual(["never-broken"]);
  });

  it("does not contradict another that it never meets", () => {
    expect(codes(policy({}, never("act: share, data: email") + may("act: use, data: email")))).toEqual([]);
    expect(codes(policy({}, never("act: use, status: erased") + may("act: use, status: active")))).toEqual(
      [],
    );
  });
});
