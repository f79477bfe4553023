// What is held about somebody, with sample data: much of it, little of it, and what people type.
import type { Site } from "../../src/web/pages/layout.tsx";
import {
  DataRequestPage,
  OpenLinkPage,
  type DataRequestPageProps,
} from "../../src/web/pages/data-request-page.tsx";
import { CorrectPage, type CorrectPageProps } from "../../src/web/pages/correct-page.tsx";
import { DownloadPage, type DownloadPageProps } from "../../src/web/pages/download-page.tsx";
import { ReviewPage, type ReviewPageProps } from "../../src/web/pages/review-page.tsx";
import { ReviewRowsPage, ReviewSessionPage } from "../../src/web/pages/review-rows-page.tsx";
import type { ShownRow } from "../../src/web/pages/parts/held-rows.tsx";
import { hostile, messages, noon } from "./people-samples.ts";

const day = 86_400_000;
const visitor: Site = { name: "Selmo", policyVersion: 3, person: null };
const technician: Site = { ...visitor, person: { name: "mara.lindqvist", role: "technician" } };
const account = { text: "while your account is open", clause: "keep-1" };
const days = (number: number, at: number) => ({
  text: `${number} days after we got it`,
  days: number,
  at: at + number * day,
  clause: "keep-2",
});

const request = (number: number): ShownRow => ({
  at: noon - number * 60_000,
  mine: true,
  by: null,
  end: days(30, noon),
  values: [
    { label: "Pages", end: days(30, noon), text: number % 3 === 0 ? "/sessions/:id" : "/account" },
    { label: "Internet address", end: days(30, noon), text: "2001:db8:85a3:8d3:1319:8a2e:370:7348" },
    {
      label: "Browser",
      end: days(30, noon),
      text: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0",
    },
  ],
  beside: [
    { label: "Method", end: null, text: "GET" },
    { label: "Status", end: null, text: "200" },
  ],
});

const letter: ShownRow = {
  at: noon - day,
  mine: true,
  by: null,
  end: days(30, noon - day),
  values: [
    { label: "E-mail", end: days(30, noon), text: "mara@lindqvist.example" },
    {
      label: "Our mails",
      end: days(30, noon),
      parts: [
        { label: "Title", text: "Your new password" },
        { label: "Text", text: "Somebody asked for a new password.\n\nIf that was you, open the link." },
      ],
    },
  ],
  beside: [
    { label: "Purpose", end: null, text: "Your account" },
    { label: "State", end: null, text: "sent" },
    { label: "Sent at", end: null, at: noon - day + 1000 },
  ],
};

const fact = {
  label: "E-mail",
  about: "your e-mail address",
  end: account,
  purposes: [
    { label: "Your account", about: "run your account and let you sign in", now: true },
    { label: "News", about: "write to you about specials and new products of ours", now: false },
  ],
  recipients: [{ name: "our mail carrier", because: "we write to you" }],
};

const correct = "/account/data/correct/profile/details#name";

const review: ReviewPageProps = {
  site: technician,
  by: "account",
  ways: [
    { href: "/account/data/download", to: "download" },
    { href: "/account/choices", to: "choices" },
  ],
  sources: [
    {
      id: "technician-registration",
      label: "Register as a technician",
      from: null,
      parts: [
        {
          id: "profile",
          title: "User name, Name, E-mail, Company",
          fixed: null,
          count: 1,
          href: "",
          single: true,
          newest: [
            {
              at: noon - 40 * day,
              mine: true,
              by: null,
              end: account,
              values: [
                { label: "User name", end: account, text: "mara.lindqvist", correct },
                { label: "Name", end: account, text: hostile.rtl, correct },
                { label: "E-mail", end: account, text: "mara@lindqvist.example", correct },
                { label: "Company", end: account, text: hostile.long.slice(0, 300), correct },
              ],
              beside: [],
            },
          ],
          facts: [fact, { ...fact, label: "Name", about: "your name", recipients: [] }],
        },
        {
          id: "credential",
          title: "Password",
          fixed: "secret",
          count: 1,
          href: "",
          single: false,
          newest: [
            {
              at: noon - 40 * day,
              mine: true,
              by: null,
              end: account,
              values: [{ label: "Password", end: account, hidden: true }],
              beside: [{ label: "Provider", end: null, text: "credential" }],
            },
          ],
          facts: [],
        },
      ],
    },
    {
      id: "page-request",
      label: "Any page",
      from: null,
      parts: [
        {
          id: "request",
          title: "Pages, Internet address, Browser",
          fixed: "record",
          count: 12_408,
          href: "/account/data/kinds/request",
          single: false,
          newest: [request(1), request(2), request(3)],
          facts: [fact],
        },
      ],
    },
    {
      id: "letter",
      label: "When we write to you",
      from: null,
      parts: [
        {
          id: "mail",
          title: "E-mail, Our mails",
          fixed: "record",
          count: 1,
          href: "",
          single: false,
          newest: [letter],
          facts: [fact],
        },
      ],
    },
  ],
  nothing: ["Invoices", "Requests"],
  handed: [{ name: "our mail carrier", categories: ["E-mail", "Our mails"], count: 3, last: noon - day }],
  handedHref: "/account/data/kinds/disclosure",
};

const dataRequest: DataRequestPageProps = {
  site: visitor,
  action: "/data-request",
  field: {
    id: "email",
    label: "E-mail",
    type: "email",
    required: true,
    autocomplete: "email",
    hint: "One address at a time. If we may have several of you, ask once for each.",
  },
  notice: "That you asked is kept for 7 days, so that the link that we send you can open what is held.",
  errors: [],
  contact: { email: "privacy@selmo.example", post: ["Selmo", "12 Harbour Street", "10000 Exampleton"] },
};

const back = "/account/data";

export const correction: CorrectPageProps = {
  site: technician,
  title: "Name, E-mail, Company",
  action: "/account/data/correct/profile/details",
  back: "/account/data",
  seen: "x",
  fields: [
    { id: "name", label: "Name", type: "text", required: false, autocomplete: "name", value: hostile.rtl },
    { id: "phone", label: "Phone", type: "tel", required: false, autocomplete: "tel", value: "+49 40 1234" },
    {
      id: "company",
      label: "Company",
      type: "text",
      required: false,
      autocomplete: "organization",
      hint: "Without it guests do not see your company.",
      value: hostile.long.slice(0, 200),
    },
  ],
};

const archive = (number: number, state: DownloadPageProps["downloads"][number]["state"]) => ({
  id: `a${number}`,
  action: `/account/data/download/a${number}`,
  askedAt: noon - number * day,
  endsAt: noon + (7 - number) * day,
  state,
  total: 1_204_812,
  done: state === "ready" ? 0 : 411_003,
});

export const download: DownloadPageProps = {
  site: technician,
  action: "/account/data/download",
  back: "/account/data",
  downloads: [],
  mails: true,
};

export const reviewPages = {
  download: () => DownloadPage(download),
  "download-links": () =>
    DownloadPage({
      ...download,
      downloads: [archive(0, "ready"), archive(1, "running"), archive(2, "broken"), archive(3, "whole")],
    }),
  review: () => ReviewPage(review),
  "review-corrected": () => ReviewPage({ ...review, corrected: 1 }),
  correct: () => CorrectPage(correction),
  "correct-errors": () =>
    CorrectPage({
      ...correction,
      fields: correction.fields.map((field) => ({
        ...field,
        error: `${field.label}: this was changed while you wrote. It now says “${hostile.long.slice(0, 120)}”. Send it again if yours is right.`,
      })),
    }),
  "review-guest": () =>
    ReviewPage({
      ...review,
      site: visitor,
      sources: review.sources.slice(1, 2),
      handed: [],
      handedHref: null,
      until: noon,
    }),
  "data-request": () => DataRequestPage(dataRequest),
  "data-request-errors": () =>
    DataRequestPage({
      ...dataRequest,
      field: { ...dataRequest.field, value: hostile.long, error: "E-mail: use at most 200 characters." },
    }),
  "data-request-open": () => OpenLinkPage({ site: visitor, action: "/data-request/x" }),
  "review-rows": () =>
    ReviewRowsPage({
      site: technician,
      title: "Pages, Internet address, Browser",
      back,
      count: 12_408,
      rows: Array.from({ length: 12 }, (_, at) => request(at)),
      paged: { from: 51, to: 62, of: 12_408, before: "?page=1", after: "?page=3" },
    }),
  "review-session": () =>
    ReviewSessionPage({
      site: visitor,
      back,
      me: "jonas",
      messages,
      paged: { from: 1, to: 200, of: 401, before: null, after: "?page=2" },
      parts: [
        {
          title: "Participants, Name in the session",
          count: 2,
          rows: [
            {
              at: noon,
              mine: true,
              by: null,
              end: days(180, noon),
              values: [{ label: "Name in the session", end: days(180, noon), text: "Jonas" }],
              beside: [{ label: "Role", end: null, text: "guest" }],
            },
            {
              at: noon,
              mine: false,
              by: hostile.rtl,
              end: days(180, noon),
              values: [],
              beside: [{ label: "Role", end: null, text: "the technician" }],
            },
          ],
        },
      ],
    }),
};
