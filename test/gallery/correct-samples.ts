// The pages around ages, reports of a child and objections, with sample data.
import type { Site } from "../../src/web/pages/layout.tsx";
import { AgePage, type AgePageProps } from "../../src/web/pages/age-page.tsx";
import { ChildReportPage, type ChildReportPageProps } from "../../src/web/pages/child-report-page.tsx";
import { ChildrenPage } from "../../src/web/pages/children-page.tsx";
import { ObjectPage, type ObjectPageProps } from "../../src/web/pages/object-page.tsx";
import { PreferencesPage } from "../../src/web/pages/preferences-page.tsx";
import { TellingsPage } from "../../src/web/pages/tellings-page.tsx";
import { hostile, noon } from "./people-samples.ts";

const visitor: Site = { name: "SmartErgo", policyVersion: 1, person: null };
const officer: Site = { ...visitor, person: { name: "officer", role: "administrator", desk: true } };

const age: AgePageProps = {
  site: visitor,
  action: "/register/age",
  typed: { day: "", month: "", year: "" },
  wrong: false,
  late: false,
  kept: {},
};

const report: ChildReportPageProps = { site: visitor, action: "/child-report", who: "", words: "" };

const day = 86_400_000;

const use = {
  purpose: "keep-site-running",
  label: "Running the site",
  about: "keep the site safe and running",
  because: "the site must be safe and stay up",
  choice: null,
  allowed: true,
  stopped: false,
  objection: null,
};
const objection = {
  at: noon,
  due: noon + 14 * day,
  state: "waits",
  answeredAt: null,
  answer: "",
} as const;

export const objecting: ObjectPageProps = {
  site: visitor,
  action: "/mine/x/object",
  back: "/mine/x",
  restrict: "/mine/x/use",
  uses: [
    use,
    { ...use, purpose: "diagnosis", label: "Finding faults", allowed: false, stopped: true, objection },
    {
      ...use,
      ...{ purpose: "tuning", label: "Tuning", allowed: false, stopped: true },
      objection: { ...objection, state: "followed", answeredAt: noon + day },
    },
    {
      ...{ ...use, purpose: "protect", label: "Protection" },
      objection: {
        ...objection,
        state: "refused",
        answeredAt: noon + day,
        answer: hostile.long.slice(0, 2000),
      },
    },
    {
      ...use,
      ...{ purpose: "direct-marketing", label: "News and offers", because: null, allowed: false },
      choice: "/mine/x/choices#news",
    },
  ],
};

export const correctPages = {
  age: () => AgePage(age),
  "age-wrong": () => AgePage({ ...age, typed: { day: "31", month: "2", year: "1985" }, wrong: true }),
  "age-late": () => AgePage({ ...age, late: true, kept: { company: hostile.long } }),
  "child-report": () => ChildReportPage(report),
  "child-report-errors": () =>
    ChildReportPage({
      ...report,
      who: "",
      whoError: "User name of the account: please fill this in.",
      words: hostile.long,
      wordsError: "What makes you think so: use at most 2000 characters.",
    }),
  "child-report-known": () => ChildReportPage({ ...report, who: null }),
  children: () =>
    ChildrenPage({
      site: officer,
      reports: [
        { id: "a", name: hostile.rtl, place: "contact-page", reportedAt: noon, words: hostile.long },
        { id: "b", name: null, place: "session", reportedAt: noon - day, words: "" },
      ],
      typed: "nobody",
      error: "Nobody goes by this user name. Check how it is written.",
    }),
  "children-none": () => ChildrenPage({ site: officer, reports: [], typed: "" }),
  preferences: () =>
    PreferencesPage({
      site: { ...visitor, preferences: true },
      action: "/preferences",
      languages: [
        { id: "en", name: "English" },
        { id: "de", name: "Deutsch" },
      ],
      language: "de",
      theme: null,
      saved: true,
    }),
  tellings: () =>
    TellingsPage({
      site: officer,
      tellings: [
        { id: "a", recipient: "our mail carrier", about: ["E-mail"], name: hostile.rtl, owedAt: noon },
        {
          id: "b",
          recipient: hostile.long.slice(0, 200),
          about: ["Name", "Company"],
          name: null,
          owedAt: noon,
        },
      ],
    }),
  object: () => ObjectPage(objecting),
};
