// The pages of an account in German, in the words of the real policy.
import type { Policy, Statement } from "../../src/policy/core.ts";
import { formFields } from "../../src/web/form-fields.ts";
import { endingOf } from "../../src/web/kept.ts";
import type { PageWords } from "../../src/web/messages/en.ts";
import { AccountPage } from "../../src/web/pages/account-page.tsx";
import { ChoicesPage } from "../../src/web/pages/choices-page.tsx";
import type { Site } from "../../src/web/pages/layout.tsx";
import { hostile, noon } from "./people-samples.ts";

const day = 86_400_000;
const minute = 60_000;

type German = { site: Site; policy: Policy; statement: Statement; words: PageWords };

const values: Readonly<Record<string, string>> = {
  "user-name": "mara.lindqvist",
  email: "mara@lindqvist.example",
  name: hostile.rtl,
  company: hostile.long.slice(0, 200),
};

const account = (german: German) => {
  const point = "technician-registration";
  return AccountPage({
    site: german.site,
    fields: formFields(german.policy, point)
      .filter(({ category }) => category !== "password")
      .map(({ category, label }) => ({
        label,
        value: values[category] ?? null,
        end: endingOf(german, category, point),
      })),
    registered: { at: noon - 40 * day, address: "203.0.113.7", end: endingOf(german, "ip-address", point) },
    documents: [
      { title: german.statement.title, href: "/privacy/v/1", version: 1, at: noon - day, page: "/register" },
    ],
    signIns: [
      { at: noon, endedAt: null, browser: "Firefox on Linux", until: noon + 90 * day, current: true },
      { at: noon - 3 * day, endedAt: noon, browser: null, until: noon + 87 * day, current: false },
    ],
    requests: ["/account", "/sessions/:id"].map((page, at) => ({
      at: noon - at * minute,
      method: "GET",
      page,
      address: "2001:db8:85a3:8d3:1319:8a2e:370:7348",
      until: noon + 30 * day,
    })),
    sessions: [0, 17 * minute, 65 * minute].map((length, at) => ({
      href: `/sessions/${at}`,
      openedAt: noon - at * day,
      length,
      people: at + 1,
    })),
    ends: {
      signIns: endingOf(german, "sign-ins", "sign-in"),
      requests: endingOf(german, "ip-address", "page-request"),
      sessions: endingOf(german, "session-times", "session"),
    },
  });
};

const choices = ({ site, policy, words }: German) => {
  const { places } = words.statement;
  const states = ["given", "refused", "assumed", "unset"] as const;
  return ChoicesPage({
    site,
    base: "/account",
    regions: Object.entries(policy.regions).map(([id, { label }], at) => ({ id, label, own: at === 0 })),
    choices: Object.entries(policy.choices).map(([id, { label, about }], number) => {
      const state = states[number % states.length] ?? "unset";
      return {
        ...{ id, label, about, state, here: number !== 3 },
        purposes: Object.values(policy.purposes)
          .filter(({ choice }) => choice === id)
          .map((purpose) => ({ ...purpose, allowed: state === "given" })),
        history: ["profile", "one-click"].map((place, at) => ({
          state,
          at: noon - at * day,
          place: places[place] ?? "",
        })),
      };
    }),
  });
};

export const germanAccountPages = (german: German): Record<string, () => { toString(): string }> => ({
  "german-account": () => account(german),
  "german-choices": () => choices(german),
  "german-account-empty": () =>
    AccountPage({
      site: german.site,
      fields: [],
      registered: { at: noon, address: null, end: endingOf(german, "ip-address", "sign-in") },
      documents: [],
      signIns: [],
      requests: [],
      sessions: [],
      ends: {
        signIns: endingOf(german, "sign-ins", "sign-in"),
        requests: endingOf(german, "ip-address", "page-request"),
        sessions: endingOf(german, "session-times", "session"),
      },
    }),
});
