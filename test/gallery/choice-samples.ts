// Choices in each of their states, and what a new version says to somebody who knows the one before.
import type { Site } from "../../src/web/pages/layout.tsx";
import { ChangesPage } from "../../src/web/pages/changes-page.tsx";
import { ChoicesPage, type ShownChoice } from "../../src/web/pages/choices-page.tsx";
import { StaffPage } from "../../src/web/pages/staff-page.tsx";
import { noon } from "./people-samples.ts";

const day = 86_400_000;
const site: Site = {
  name: "Selmo",
  policyVersion: 4,
  person: { name: "mara.lindqvist", role: "technician" },
  news: { version: 4, from: noon + 30 * day },
};

const choice = (id: string, label: string, state: ShownChoice["state"], allowed: boolean): ShownChoice => ({
  id,
  label,
  about: "we may write to you about what is new",
  state,
  here: true,
  purposes: [{ label: "News and offers", about: "write to you", allowed }],
  history: [
    { state, at: noon, place: "in your profile" },
    { state: "refused", at: noon - 9 * day, place: "by e-mail" },
  ],
});

export const choicePages = {
  choices: () =>
    ChoicesPage({
      site,
      base: "/account",
      regions: [
        { id: "EEA", label: "the EEA, Switzerland or the UK", own: true },
        { id: "US", label: "the United States", own: false },
      ],
      choices: [
        choice("news", "News and offers", "given", true),
        choice("research", "Research", "refused", false),
        choice("advertising", "Advertising that fits", "assumed", true),
        { ...choice("pass-on", "Handing over", "unset", false), history: [], here: false },
      ],
    }),
  changes: () =>
    ChangesPage({
      site,
      version: 4,
      from: noon + 30 * day,
      consents: ["News and offers"],
      changed: {
        from: 3,
        language: "en",
        groups: [
          {
            id: "allowed",
            title: "What is newly allowed",
            items: [
              {
                text: "To write to you about specials and new products of ours:",
                parts: ["use phone"],
                who: "Concerns people in the EEA, who have said yes.",
                first: "Waits for each person’s own yes.",
              },
            ],
          },
        ],
        clauses: [
          { id: "use-direct-marketing", before: "We use: e-mail.", after: "We use: e-mail and phone." },
        ],
      },
      documents: [
        { title: "Privacy statement of Selmo", href: "/privacy", version: 4 },
        { title: "Terms of use of Selmo", href: "/terms", version: 2 },
      ],
      agreed: false,
    }),
  staff: () =>
    StaffPage({
      site: { ...site, news: null, person: { name: "grace", role: "administrator", desk: true } },
      roles: [
        { id: "privacy-officer", label: "the privacy officer" },
        { id: "support", label: "support" },
      ],
      staff: [
        {
          id: "1",
          name: "olga.officer-with-a-name-that-is-rather-long",
          role: "the privacy officer",
          givenAt: noon,
        },
        { id: "2", name: null, role: "support", givenAt: noon - 90 * day },
      ],
      typed: "nobody",
      error: "Nobody here has this user name. Check how it is written.",
    }),
};
