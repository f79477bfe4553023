// Every page with sample data: name of the picture to its whole HTML.
import { correctPages } from "./correct-samples.ts";
import { choicePages } from "./choice-samples.ts";
import type { Kept } from "../../src/web/pages/parts/end.tsx";
import type { FieldProps } from "../../src/web/pages/parts/field.tsx";
import type { Site } from "../../src/web/pages/layout.tsx";
import { AccountPage } from "../../src/web/pages/account-page.tsx";
import { ConsolePage } from "../../src/web/pages/console-page.tsx";
import { DocumentPage } from "../../src/web/pages/document-page.tsx";
import { ErrorPage } from "../../src/web/pages/error-page.tsx";
import { FirstAdministratorPage } from "../../src/web/pages/first-administrator-page.tsx";
import { FrontPage } from "../../src/web/pages/front-page.tsx";
import { JoinCodePage } from "../../src/web/pages/join-code-page.tsx";
import { JoinPage } from "../../src/web/pages/join-page.tsx";
import { MessagePage } from "../../src/web/pages/message-page.tsx";
import { RecordPage } from "../../src/web/pages/record-page.tsx";
import { RegisterPage } from "../../src/web/pages/register-page.tsx";
import { RoomPage, type RoomPageProps } from "../../src/web/pages/room-page.tsx";
import { SignInPage } from "../../src/web/pages/sign-in-page.tsx";
import { accountPages } from "./account-samples.ts";
import { deskPages } from "./desk-samples.ts";
import { germanPages } from "./german-samples.ts";
import { hostile, messages, noon, people } from "./people-samples.ts";
import { outboxPages } from "./outbox-samples.ts";
import { policyChangePages } from "./policy-change-samples.ts";
import { policyPages } from "./policy-samples.ts";
import { reviewPages } from "./review-samples.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const visitor: Site = { name: "Selmo", policyVersion: 3, person: null };
const technician: Site = { ...visitor, person: { name: "mara.lindqvist", role: "technician" } };
const administrator: Site = { ...visitor, person: { name: "grace", role: "administrator" } };

const kept: Kept[] = [
  {
    about: "The name you give, if you give one",
    end: { text: "180 days after the session", days: 180, clause: "keep-3" },
  },
  {
    about: "What is written in the session",
    end: { text: "180 days after the session", days: 180, clause: "keep-4" },
  },
  {
    about: "Start, length, participants and features used",
    end: { text: "2 years after the session", days: 730, clause: "keep-5" },
  },
  {
    about: "The address you come from",
    end: { text: "30 days after the session", days: 30, clause: "keep-6" },
  },
];
const passive: Kept[] = [
  { about: "The address you register from", end: { text: "as long as the account", clause: "keep-1" } },
  { about: "Each page you ask for, with your address", end: { text: "30 days", days: 30, clause: "keep-2" } },
];
const field = (id: string, label: string, more: Partial<FieldProps> = {}): FieldProps => ({
  id,
  label,
  type: "text",
  required: false,
  autocomplete: "off",
  ...more,
});
const fields = [
  field("user-name", "User name", {
    required: true,
    autocomplete: "username",
    hint: "What you sign in with. It need not be your name.",
  }),
  field("password", "Password", {
    type: "password",
    required: true,
    autocomplete: "new-password",
    hint: "At least 10 characters.",
  }),
  field("email", "E-mail", {
    type: "email",
    autocomplete: "email",
    hint: "Without it a forgotten password can't be set anew.",
  }),
  field("name", "Name", { autocomplete: "name", hint: "Without it guests see your user name." }),
  field("company", "Company", {
    autocomplete: "organization",
    hint: "Without it invoices carry your user name alone.",
  }),
  field("location", "Location", {
    autocomplete: "country-name",
    hint: "Without it the rules of the strictest region are yours.",
  }),
];
const wrong = fields.map((one) => {
  if (one.id === "user-name")
    return { ...one, value: hostile.sql, error: "This name is taken. Choose another." };
  if (one.id === "email")
    return { ...one, value: "mara@", error: "An e-mail address looks like name@place.example." };
  return one.id === "name" ? { ...one, value: hostile.rtl } : one;
});
const documents = [
  { title: "Privacy policy", href: "/privacy", version: 3 },
  { title: "Terms of Service", href: "/terms", version: 2 },
];
const code = "RIVER-482-193";
const invite = {
  link: "https://selmo.example/join/Wm9v8sJq2kT4nX7pLr3yBc",
  code,
  joinAt: "selmo.example/join",
  expiresAt: noon + day,
};
export const room: RoomPageProps = {
  site: technician,
  session: { id: "5f0c", state: "live", openedAt: noon },
  live: "/room/5f0c/live/mara",
  me: { id: "mara", role: "technician" },
  technician: "Mara Lindqvist",
  people,
  notice: kept,
  invite,
  leaveAction: "/room/5f0c/leave",
  endAction: "/room/5f0c/end",
  after: { href: "/session/5f0c", label: "See its record" },
};
const guest: RoomPageProps = {
  ...room,
  site: visitor,
  live: "/room/5f0c/live/jonas",
  me: { id: "jonas", role: "guest" },
  invite: undefined,
  endAction: undefined,
  after: { href: "/", label: "Done" },
};
const listed = (id: string, names: string[], ago: number, spoken?: string) => ({
  id,
  href: `/room/${id}`,
  openedAt: noon - ago,
  length: 17 * minute,
  people: names,
  code: spoken,
});
const past = [
  listed("c", ["Jonas"], day),
  listed("d", [], 2 * day),
  listed("e", ["Ada", hostile.emoji, hostile.markup], 3 * day),
  listed("f", [hostile.long], 4 * day),
];
const ends = {
  facts: { text: "2 years after the session", days: 730, at: noon + 730 * day, clause: "keep-5" },
  participants: { text: "180 days after the session", days: 180, at: noon + 180 * day, clause: "keep-3" },
  addresses: { text: "30 days after the session", days: 30, at: noon + 30 * day, clause: "keep-6" },
  log: { text: "180 days after the session", days: 180, at: noon + 180 * day, clause: "keep-4" },
};
const account = { text: "as long as the account", clause: "keep-1" };
const terms = [
  "These terms hold between you and Selmo from the moment you agree to them.",
  "## What you may do",
  "You may use Selmo to help people who asked for it.",
  "- Help those who asked for help.",
  "- Tell them who you are.",
  "## What ends an account",
  "An account that is used to harm people is closed, and the clause that it broke is named.",
];

/** Name to page, rendered when asked for. */
export const pages: Record<string, () => { toString(): string }> = {
  ...accountPages,
  front: () => FrontPage({ site: visitor, kept: [...kept, ...passive.slice(1)] }),
  "front-signed-in": () => FrontPage({ site: technician, kept }),
  register: () =>
    RegisterPage({ site: visitor, action: "/register", fields, passive, documents, errors: [] }),
  "register-errors": () =>
    RegisterPage({
      site: visitor,
      action: "/register",
      fields: wrong,
      passive,
      documents,
      agreement: {
        id: "agree",
        checked: false,
        error: "Without agreeing to both, no account can be opened.",
      },
      errors: [],
    }),
  "sign-in": () =>
    SignInPage({
      site: visitor,
      action: "/sign-in",
      errors: [],
      cookie: { name: "upheld_sign_in", life: "for 30 days" },
    }),
  "sign-in-errors": () =>
    SignInPage({
      site: visitor,
      action: "/sign-in",
      userName: "mara",
      errors: [{ text: "This user name and password do not belong together." }],
      cookie: { name: "upheld_sign_in", life: "for 30 days" },
    }),
  error: () =>
    ErrorPage({
      site: visitor,
      status: 410,
      title: "This link has ended",
      words: "The technician's invitation was open until noon, and the session it led to is over.",
      todo: "Ask the technician for a new link or code.",
      code: "invite-expired",
      rules: ["keep-7"],
    }),
  message: () =>
    MessagePage({
      site: visitor,
      title: "You have left the session",
      words: ["What was said stays in the session's record until 12 June 2027, then it is erased."],
      ways: [
        { href: "/join", label: "Join again" },
        { href: "/", label: "Done" },
      ],
    }),
  console: () =>
    ConsolePage({
      site: technician,
      action: "/console/open",
      live: [listed("a", ["Jonas", hostile.rtl], 17 * minute)],
      waiting: [listed("b", [], 2 * minute, code)],
      past,
      older: "/console?before=1",
    }),
  "console-empty": () =>
    ConsolePage({ site: administrator, action: "/console/open", live: [], waiting: [], past: [] }),
  "join-code": () => JoinCodePage({ site: visitor }),
  "join-code-error": () =>
    JoinCodePage({
      site: visitor,
      value: "RIVER-428-193",
      error: "No session has this code. Ask the technician to say it again.",
    }),
  join: () =>
    JoinPage({
      site: visitor,
      action: "/join/x",
      technician: "Mara Lindqvist",
      notice: kept,
      fields: [
        field("guest-name", "Your name", {
          hint: "Without it the others see “Guest 1”.",
          autocomplete: "nickname",
        }),
      ],
      errors: [],
    }),
  "join-hostile": () =>
    JoinPage({
      site: { ...visitor, name: "SmartErgo" },
      action: "/join/x",
      technician: hostile.rtl,
      notice: kept,
      fields: [
        field("guest-name", "Your name", { value: hostile.long, error: "A name has at most 80 characters." }),
      ],
      errors: [],
    }),
  room: () => RoomPage(room),
  "room-guest": () => RoomPage(guest),
  "room-waiting": () =>
    RoomPage({
      ...room,
      live: "/room/5f0c/waiting/mara",
      session: { ...room.session, state: "waiting" },
      people: people.slice(0, 1),
    }),
  record: () =>
    RecordPage({
      site: technician,
      technician: "Mara Lindqvist",
      openedAt: noon - day,
      endedAt: noon + 9 * minute,
      participants: people.map(({ name, role }, at) => ({
        name,
        role,
        joinedAt: noon - day + at * minute,
        leftAt: at === 1 ? noon : null,
        address: ["203.0.113.7", "2001:db8:85a3:8d3:1319:8a2e:370:7348", null, "198.51.100.23"][at] ?? null,
      })),
      features: ["chat"],
      messages,
      mine: "mara",
      ends,
    }),
  account: () =>
    AccountPage({
      site: technician,
      fields: [
        { label: "User name", value: "mara.lindqvist", end: account },
        { label: "E-mail", value: "mara@lindqvist.example", end: account },
        { label: "Name", value: hostile.rtl, end: account },
        { label: "Company", value: hostile.long.slice(0, 300), end: account },
        { label: "Location", value: null, end: account },
      ],
      registered: { at: noon - 40 * day, address: "203.0.113.7", end: account },
      documents: documents.map((one) => ({ ...one, at: noon - 40 * day, page: "/register" })),
      signIns: [
        {
          at: noon - 5 * minute,
          endedAt: null,
          browser: "Firefox on Linux",
          until: noon + 90 * day,
          current: true,
        },
        {
          at: noon - 3 * day,
          endedAt: noon - 2 * day,
          browser: null,
          until: noon + 87 * day,
          current: false,
        },
      ],
      requests: ["/account", "/console", "/session/5f0c9a52-1b7e-4a53-b7de-5a39cf6b5df2"].map((page, at) => ({
        at: noon - at * minute,
        method: "GET",
        page,
        address: "203.0.113.7",
        until: noon + 30 * day,
      })),
      sessions: past.map(({ href, openedAt, length }, at) => ({ href, openedAt, length, people: at + 1 })),
      ends: {
        signIns: { text: "90 days", days: 90, clause: "keep-8" },
        requests: { text: "30 days", days: 30, clause: "keep-2" },
        sessions: { text: "2 years after the session", days: 730, clause: "keep-5" },
      },
    }),
  ...choicePages,
  ...policyPages,
  ...reviewPages,
  ...correctPages,
  ...germanPages,
  document: () =>
    DocumentPage({
      site: visitor,
      title: "Terms of Service",
      version: 2,
      effective: "2026-12-01",
      text: terms,
      language: "en",
      versions: [
        { version: 2, href: "/terms/v/2", effective: "2026-12-01" },
        { version: 1, href: "/terms/v/1", effective: "2025-03-01" },
      ],
      current: true,
      here: "terms",
    }),
  "first-administrator": () =>
    FirstAdministratorPage({
      site: visitor,
      action: "/first/x",
      errors: [],
      documents: [{ title: "Terms of use of Selmo", href: "/terms", version: 1 }],
      agreement: { id: "agree", checked: false },
      passwordHint: "At least 10 characters.",
    }),
  ...policyChangePages(administrator),
  ...outboxPages,
  ...deskPages,
};
