// The outbox with sample mails in each of their states.
import type { Site } from "../../src/web/pages/layout.tsx";
import { LetterPage } from "../../src/web/pages/letter-page.tsx";
import { OutboxPage, type ShownMail } from "../../src/web/pages/outbox-page.tsx";
import { hostile, noon } from "./people-samples.ts";

const minute = 60_000;
const site: Site = { name: "Selmo", policyVersion: 3, person: { name: "grace", role: "administrator" } };

const mail = (number: number, more: Partial<ShownMail> = {}): ShownMail => ({
  id: `5f0c9a52-1b7e-4a53-b7de-5a39cf6b5d0${number}`,
  kind: "reset-password",
  purpose: "Your account",
  state: "queued",
  dueAt: noon,
  nextTryAt: noon,
  sentAt: null,
  tried: 0,
  why: null,
  ...more,
});
const counts = { queued: 3, failed: 2, refused: 1, sent: 214 };
const failed = mail(4, { state: "failed", tried: 6, why: "ETIMEDOUT", kind: "download-ready" });

export const outboxPages = {
  outbox: () =>
    OutboxPage({
      site,
      sends: true,
      state: "queued",
      counts,
      mails: [
        mail(1),
        mail(2, { tried: 1, nextTryAt: noon + minute, why: "EENVELOPE 451", purpose: "Your rights" }),
        mail(3, { tried: 4, nextTryAt: noon + 120 * minute, why: "EAUTH 535", kind: "erasure-is-due" }),
      ],
    }),
  "outbox-failed": () =>
    OutboxPage({
      site,
      sends: true,
      state: "failed",
      counts,
      mails: [failed, mail(5, { state: "failed", tried: 1, why: "EENVELOPE 550" })],
    }),
  "outbox-sent": () =>
    OutboxPage({
      site,
      sends: true,
      state: "sent",
      counts,
      mails: [mail(6, { state: "sent", tried: 1, sentAt: noon + minute })],
    }),
  "outbox-no-server": () =>
    OutboxPage({
      site,
      sends: false,
      state: "queued",
      counts: { queued: 0, failed: 0, refused: 0, sent: 0 },
      mails: [],
    }),
  letter: () =>
    LetterPage({
      site,
      mail: failed,
      to: "mara.lindqvist@lindqvist.example",
      title: "What we hold about you is ready",
      text: "Hello,\n\nwhat we hold about you is ready. Follow this link within a day:\n\nhttps://selmo.example/review/Wm9v8sJq2kT4nX7pLr3yBcWm9v8sJq2kT4nX7pLr3yBc\n\nSelmo",
    }),
  "letter-hostile": () =>
    LetterPage({ site, mail: mail(1), to: hostile.rtl, title: hostile.sql, text: hostile.long }),
};
