// What a visitor sees, in German, with the real policy and its German words.
import { readFileSync } from "node:fs";
import { changesBetween } from "../../src/changes.ts";
import { enforcementOf } from "../../src/enforcement.ts";
import { compile, statement, type Policy, type Statement } from "../../src/policy/core.ts";
import { parsePolicy } from "../../src/policy/parse-policy.ts";
import { parseWords } from "../../src/policy/parse-words.ts";
import { textsOf } from "../../src/policy-file.ts";
import { sayChanges } from "../../src/say-changes.ts";
import { formFields, pointOf, shownFields } from "../../src/web/form-fields.ts";
import { keptAt } from "../../src/web/kept.ts";
import { livePathsOf } from "../../src/web/live-paths.ts";
import { de } from "../../src/web/messages/de.ts";
import { en } from "../../src/web/messages/en.ts";
import { CookiePage } from "../../src/web/pages/cookie-page.tsx";
import { DocumentPage } from "../../src/web/pages/document-page.tsx";
import { ErrorPage } from "../../src/web/pages/error-page.tsx";
import { FirstAdministratorPage } from "../../src/web/pages/first-administrator-page.tsx";
import { FrontPage } from "../../src/web/pages/front-page.tsx";
import { JoinCodePage } from "../../src/web/pages/join-code-page.tsx";
import { JoinPage } from "../../src/web/pages/join-page.tsx";
import type { Site } from "../../src/web/pages/layout.tsx";
import { RegisterPage } from "../../src/web/pages/register-page.tsx";
import { SeePage } from "../../src/web/pages/see-page.tsx";
import { SignInPage } from "../../src/web/pages/sign-in-page.tsx";
import { StatementPage } from "../../src/web/pages/statement-page.tsx";
import { readForm } from "../../src/collect/read-form.ts";
import type { Reading } from "../../src/web/reading.ts";
import { withLanguage } from "../../src/web/reading.ts";
import { sourceLines } from "../../src/web/source-lines.ts";
import { CorrectPage } from "../../src/web/pages/correct-page.tsx";
import { DownloadPage } from "../../src/web/pages/download-page.tsx";
import { ObjectPage } from "../../src/web/pages/object-page.tsx";
import { erasurePages } from "./erasure-samples.ts";
import { germanAccountPages } from "./german-account-samples.ts";
import { germanHeldPages } from "./german-held-samples.ts";
import { germanWaysPages } from "./german-ways-samples.ts";
import { objecting } from "./correct-samples.ts";
import { noon } from "./people-samples.ts";
import { correction, download } from "./review-samples.ts";

const file = "policies/selmo.yaml";
const text = readFileSync(file, "utf8");
const own = parsePolicy(text, file).policy;
const policy =
  own && parseWords(readFileSync("policies/words/selmo.de.yaml", "utf8"), "selmo.de.yaml", own).policy;
if (!own || !policy) throw new Error(`${file} has no German words that fit`);

const reading: Reading = {
  language: "de",
  words: de,
  to: (path) => withLanguage(path, "de"),
  choices: [en, de].map((words, at) => {
    const language = ["en", "de"][at] ?? "";
    return { language, name: words.name, href: `?language=${language}` };
  }),
  address: "https://selmo.example/privacy",
  named: true,
};
const site: Site = { name: "Selmo", policyVersion: 1, person: null, reading };
const signedIn: Site = { ...site, person: { name: "mara.lindqvist", role: "technician" } };
const german = { policy, statement: statement(policy, de.statement), words: de };
const point = "technician-registration";
const typed = { "user-name": "mara", email: "mara@" };
const { errors } = readForm(formFields(policy, point), typed, de.faults);
const texts = textsOf(policy);
const documents = [
  { title: german.statement.title, href: "/privacy", version: 1 },
  { title: texts[0]?.title ?? "", href: "/terms", version: 1 },
];
const versions = [{ version: 1, href: "/privacy/v/1", effective: "2026-11-22" }];
const refused = de.refusals["invite-expired"];

const register = (values: Record<string, string>, wrong: Record<string, string>) =>
  RegisterPage({
    site,
    action: "/register",
    fields: shownFields(policy, point, values, wrong, { password: de.register.password.hint(10) }),
    passive: keptAt(german, [point], ["passive"]),
    documents,
    errors: [],
  });

const cookies = (read: Site, { sections }: Statement) => {
  const section = sections.find(({ id }) => id === "cookies");
  if (!section) throw new Error("no section on cookies");
  return CookiePage({ site: read, section });
};

/** Some time later: more for marketing, less of sign-ins. */
const later: Policy = {
  ...policy,
  version: 2,
  use: policy.use.map((rule) =>
    rule.for.includes("direct-marketing") ? { ...rule, data: [...rule.data, "phone"] } : rule,
  ),
  keep: policy.keep.map((rule) => (rule.data.includes("sign-ins") ? { ...rule, days: 30 } : rule)),
};

const see = (id: string, ranAt: number | null) => {
  const section = german.statement.sections.find(({ clauses }) => clauses.some((one) => one.id === id));
  const clause = section?.clauses.find((one) => one.id === id);
  if (!section || !clause) throw new Error(`no clause ${id}`);
  const enforced = enforcementOf(compile(policy), de);
  return SeePage({
    site,
    clause,
    section,
    file: "selmo.yaml",
    language: "en",
    rules: clause.rule.map(({ path, line }) => ({
      path,
      line,
      ...sourceLines(text, line),
      points: enforced(path),
    })),
    live: clause.rule.flatMap(({ path }) => livePathsOf(policy, path, de)),
    promises: clause.promises.map((one) => ({
      id: one,
      promise: "each collection point is declared in the policy",
      standing: ranAt === null ? "not yet tested" : "kept",
      tests:
        ranAt === null ? [] : [{ name: "a field that is not declared is not taken in", status: "passed" }],
    })),
    ranAt,
  });
};

const germanUse = (id: string) => {
  const { label = id, about = id, because = null } = policy.purposes[id] ?? {};
  return { label, about, because };
};

export const germanPages: Record<string, () => { toString(): string }> = {
  "german-front": () =>
    FrontPage({ site, kept: keptAt(german, ["page-request", "session-join", "session"], ["passive"]) }),
  "german-register": () => register({}, {}),
  "german-register-errors": () => register(typed, errors ?? {}),
  "german-sign-in": () =>
    SignInPage({
      site,
      action: "/sign-in",
      errors: [{ text: de.signIn.refused }],
      notice: pointOf(policy, "sign-in").notice ?? undefined,
      cookie: { name: "upheld-sign-in", life: de.statement.browserCloses },
    }),
  "german-join-code": () => JoinCodePage({ site, value: "RIVER-1", error: de.code.unknown }),
  "german-join": () =>
    JoinPage({
      site,
      action: "/join/x",
      technician: "Mara Lindqvist",
      notice: keptAt(german, ["session-join", "session"], ["passive"]),
      words: pointOf(policy, "session-join").notice ?? undefined,
      fields: shownFields(policy, "session-join"),
      errors: [],
    }),
  "german-first": () =>
    FirstAdministratorPage({
      site,
      action: "/first/x",
      errors: [],
      documents,
      agreement: { id: "agree", checked: false },
      passwordHint: de.register.password.hint(10),
    }),
  "german-error": () =>
    ErrorPage({
      site,
      status: 410,
      title: refused.title,
      words: refused.words,
      todo: refused.remedy,
      code: "invite-expired",
      rules: ["keep-chat-log"],
    }),
  "german-statement": () => StatementPage({ site, statement: german.statement, versions }),
  "german-statement-in-english": () => StatementPage({ site, statement: statement(own), versions }),
  "german-see": () => see("collect-technician-registration-need", noon),
  "german-see-no-results": () => see("choose-news", null),
  "german-statement-changed": () => {
    const changes = changesBetween(policy, later, de.statement);
    return StatementPage({
      site: { ...site, policyVersion: 2 },
      statement: statement(later, de.statement),
      changed: {
        language: "de",
        from: 1,
        groups: sayChanges(policy, later, changes, de),
        clauses: changes.clauses,
      },
      versions: [{ version: 2, href: "/privacy/v/2", effective: "2026-12-22" }, ...versions],
    });
  },
  "german-object": () =>
    ObjectPage({
      ...objecting,
      site,
      uses: objecting.uses.map((use) => ({ ...use, ...germanUse(use.purpose) })),
    }),
  "german-correct": () => CorrectPage({ ...correction, site, title: "Name, E-Mail, Firma" }),
  "german-download": () => DownloadPage({ ...download, site }),
  ...germanHeldPages({ ...german, site }),
  ...germanAccountPages({ ...german, site: signedIn }),
  ...germanWaysPages({ ...german, site: signedIn }),
  ...erasurePages("german-", { policy, site: signedIn }),
  ...erasurePages("", { policy: own, site: { ...signedIn, reading: undefined } }),
  "german-cookies": () => cookies(site, german.statement),
  cookies: () => cookies({ ...site, reading: undefined }, statement(own)),
  "german-document": () =>
    DocumentPage({
      site,
      title: texts[0]?.title ?? "",
      version: 1,
      effective: "2026-11-22",
      text: texts[0]?.body.split("\n\n") ?? [],
      language: "de",
      versions,
      current: true,
      here: "terms",
    }),
};
