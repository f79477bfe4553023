// The desk's pages with sample data: requests, somebody who wrote in, looks, and what ends when; and what of one's own does.
import type { Site } from "../../src/web/pages/layout.tsx";
import { DeskPage } from "../../src/web/pages/desk-page.tsx";
import { EndsPage, type ShownUpcoming } from "../../src/web/pages/ends-page.tsx";
import { LooksPage } from "../../src/web/pages/looks-page.tsx";
import { OwnEndsPage } from "../../src/web/pages/own-ends-page.tsx";
import { FindPage, PersonPage, type PersonPageProps } from "../../src/web/pages/people-page.tsx";
import { RequestsPage } from "../../src/web/pages/requests-page.tsx";
import { hostile, noon } from "./people-samples.ts";

const day = 86_400_000;
const officer: Site = {
  name: "Selmo",
  policyVersion: 3,
  person: { name: "olga.officer", role: "technician", desk: true },
};

const ending = (table: string, kinds: string[], days: number, counts: Partial<ShownUpcoming> = {}) => ({
  table,
  kinds,
  rule: `for ${days} days`,
  clause: `keep-${days}`,
  earlier: false,
  next: noon + days * day,
  overdue: 0,
  day: 0,
  week: 12,
  month: 1204,
  more: false,
  ...counts,
});

const hold = {
  id: "h1",
  about: "an open dispute",
  by: "the privacy officer",
  setAt: noon - day,
  endsAt: noon + 30 * day,
  hiddenUntil: noon + day,
  reason: "The invoice of May is disputed; the court has it.",
};

const request = {
  id: "r1",
  kind: "erasure",
  state: "open",
  place: "profile",
  name: hostile.rtl,
  href: "/desk/people/1",
  askedAt: noon - 12 * day,
  due: { at: noon + day, zone: "America/New_York" },
  late: false,
  holds: [hold],
};

const choices = (...ids: string[]) => ids.map((id) => ({ id, label: id }));

const person: PersonPageProps = {
  site: officer,
  action: "/desk/people/1",
  name: "mara.lindqvist",
  status: "active",
  cases: [
    {
      kind: "access",
      state: "open",
      askedAt: noon - 15 * day,
      due: { at: noon - day, zone: "UTC" },
      late: true,
    },
  ],
  parts: [
    {
      title: "User name, E-mail",
      count: 1,
      rows: [
        {
          at: noon - 40 * day,
          mine: true,
          by: null,
          end: { text: "while your account is open", clause: "keep-1" },
          values: [
            { label: "User name", end: null, text: "mara.lindqvist" },
            { label: "E-mail", end: null, text: "mara@lindqvist.example" },
          ],
          beside: [],
        },
      ],
    },
  ],
  kinds: choices("to be shown what is held", "to have their data erased: every use stops at once"),
  places: choices("mail", "letter", "phone", "in person"),
  uses: choices("what their words say", "Running the site"),
  typed: { kind: "", place: "letter", how: "", words: hostile.markup, use: "Running the site" },
  faults: [{ field: "how", text: "Say by what you recognised them; without that nothing is started." }],
};

export const deskPages = {
  desk: () =>
    DeskPage({
      site: { ...officer, person: { name: "grace", role: "administrator" } },
      places: [
        { path: "/desk/requests", label: "Requests" },
        { path: "/desk/people", label: "Somebody who wrote in" },
        { path: "/desk/looks", label: "Looks" },
        { path: "/desk/outbox", label: "Outbox" },
        { path: "/desk/staff", label: "Roles" },
        { path: "/desk/ends", label: "What ends when" },
      ],
      overdue: 3,
      policy: {
        file: "policies/selmo.yaml",
        version: 3,
        effective: "2026-12-01",
        digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        rules: 128,
      },
      ledger: {
        entries: 48_213,
        verifies: true,
        checkedAt: noon,
        checkpoint: { seq: 48_102, at: noon - 600_000 },
      },
      walls: [
        { name: "Register", holds: true, about: "14 tables, 96 columns, all declared" },
        { name: "Rows", holds: true, about: "row security forced on 11 tables" },
        { name: "Seal", holds: false, about: "the vault can't be reached" },
      ],
      machine: [
        "The clock of this machine says 2027-12-01T11:00:00.000Z, and was last believed at 2026-12-01T11:00:00.000Z. " +
          "Nothing is ended by it, and no copy removed. Set it right; or, if it is right, run: npx upheld clock --right",
      ],
      copies: {
        last: { at: noon - 3_600_000, megabytes: 41.7 },
        since: noon - 35 * day,
        rehearsedAt: null,
        warnings: ["No restore was rehearsed in the last month. Run: npx upheld rehearse"],
      },
      keys: {
        rewrapping: { done: 412_000, all: 1_000_000 },
        rewrappedAt: noon - day,
        copy: { at: noon - 60_000, trouble: null },
      },
      mail: { queued: 3, failed: 1, sends: false },
    }),
  requests: () =>
    RequestsPage({
      site: officer,
      action: "/desk/requests",
      requests: [
        request,
        {
          ...request,
          id: "r2",
          kind: "access",
          place: "letter",
          late: true,
          holds: [],
          name: null,
          href: null,
        },
        {
          ...request,
          ...{ id: "r3", kind: "objection", holds: [], weighed: true },
          said: "Running the site: my employer reads your log.",
        },
      ],
      others: [{ name: "jonas", holds: [hold] }],
      answered: { id: "r3", text: "", fault: "Say why the objection is refused: the person reads it." },
      more: true,
      reasons: [{ id: "dispute", about: "an open dispute", days: 180 }],
      typed: { person: "nobody", kind: "dispute", days: "many", reason: "", hiddenDays: "" },
      faults: [{ field: "days", text: "Give whole days, from 1 to 180." }],
    }),
  "desk-ends": () =>
    EndsPage({
      site: officer,
      most: 10_000,
      ends: [
        ending("request", ["Pages", "Internet address", "Browser"], 30, {
          overdue: 3,
          next: noon,
          more: true,
        }),
        ending("sign_in", ["Browser"], 30, { earlier: true }),
        ending("message", ["Chat"], 180),
        ending("hold", ["Holds"], 30, { next: null, week: 0, month: 0 }),
      ],
    }),
  looks: () =>
    LooksPage({
      site: officer,
      action: "/desk/looks",
      days: 30,
      sums: [
        {
          staff: "s1",
          name: hostile.rtl,
          role: "support",
          page: "/desk/people",
          looks: 1204,
          people: 1,
          last: noon,
        },
        {
          staff: "s2",
          name: null,
          role: "the technician",
          page: "session record",
          looks: 1,
          people: 3,
          last: noon - day,
        },
      ],
      rows: [
        {
          staff: "s1",
          name: hostile.rtl,
          role: "support",
          page: "/desk/people",
          at: noon,
          categories: ["User name", "E-mail", "Requests"],
        },
      ],
      only: "s1",
      before: null,
      after: "?page=2",
    }),
  "find-person": () => FindPage({ site: officer, action: "/desk/people", typed: "", found: [] }),
  "find-person-several": () =>
    FindPage({
      site: officer,
      action: "/desk/people",
      typed: "both@shared.example",
      error: "Nobody here has exactly this address or name.",
      found: [
        { href: "/desk/people/1", name: hostile.long.slice(0, 200) },
        { href: "/desk/people/2", name: null },
      ],
    }),
  person: () => PersonPage(person),
  "person-no-case": () =>
    PersonPage({
      ...person,
      name: null,
      cases: [],
      parts: [],
      faults: [],
      typed: { ...person.typed, words: "" },
    }),
  "own-ends": () =>
    OwnEndsPage({
      site: officer,
      back: "/account/data",
      ends: [
        {
          title: "Pages, Internet address, Browser",
          href: "/account/data/kinds/request",
          count: 12_408,
          end: { text: "for 30 days", days: 30, clause: "keep-2" },
          first: noon,
          last: noon + 29 * day,
          waiting: 0,
        },
        {
          title: "Chat",
          href: "/account/data/kinds/message",
          count: 12,
          end: { text: "180 days after the session", days: 180, clause: "keep-3" },
          first: null,
          last: null,
          waiting: 12,
        },
        {
          title: "User name, E-mail, Name",
          href: "/account/data/kinds/profile",
          count: 1,
          end: { text: "while your account is open", clause: "keep-1" },
          first: null,
          last: null,
          waiting: 0,
        },
      ],
    }),
};
