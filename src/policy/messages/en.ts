/** The sentences of the statement in English: short, so that anyone can read them (P1). */
import type { Messages } from "./messages.ts";

const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

const plural = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

function time(days: number): string {
  if (days === 0) return "no time at all";
  if (days < 1) return plural(Math.round(days * 24), "hour");
  const years = days / 365.2425;
  if (days > 700 && Math.abs(years - Math.round(years)) < 0.01) return plural(Math.round(years), "year");
  return plural(days, "day");
}

const events: Record<string, string> = {
  collected: "we got it",
  "sign-out": "you sign out",
  "session-end": "the session ends",
  "invoice-issued": "the invoice is written",
  "case-closed": "your case is closed",
  "choice-withdrawn": "you take your choice back",
  "agreement-end": "the agreement ends",
  erasure: "you ask us to erase it",
};

export const en: Messages = {
  language: "en",
  list,
  time,
  title: (name) => `${name}: privacy statement`,
  sections: {
    who: "Who we are",
    collect: "What we collect",
    use: "What we use it for",
    choose: "What you can choose",
    share: "Who else gets it",
    keep: "How long we keep it",
    cookies: "Cookies",
    rights: "What you can ask for",
    children: "Children",
    protect: "How we protect it",
    transfer: "Other countries",
    change: "When this statement changes",
    contact: "How to reach us",
  },
  heads: {
    name: "Name",
    life: "How long",
    purpose: "What for",
    who: "Who",
    what: "What they get",
    why: "Why",
    data: "What",
    end: "When it ends",
    law: "Kept by law",
  },
  controller: (name) => `${name} answers for this statement.`,
  follows: (name, about) => `We follow ${name.toLowerCase()}: ${about}.`,
  agree: (title, version) =>
    `When you sign up you agree to this statement and to our ${title} (version ${version}).`,
  guideline: (title, version) => `There are also our ${title} (version ${version}).`,
  everything: "all that we hold about you",
  required: (what) => `We need ${list(what)}.`,
  offered: (what) => `You may give us ${list(what)}, or leave it out.`,
  passive: (what) => `We also record ${list(what)}.`,
  from: (who) => `This comes from ${who}.`,
  use: (purpose, what) => `To ${purpose}, we use ${list(what)}.`,
  grounds: {
    contract: "You asked for it, and we cannot do it without.",
    "opt-in": "We do this only if you say yes.",
    "explicit-opt-in": "We do this only if you clearly say yes to this very thing.",
    "opt-out": "We do this unless you say no. We show it as assumed, not as given.",
    "legal-obligation": "The law asks us to.",
    "legitimate-interest": "We have a good reason to.",
    "vital-interest": "Someone's life may depend on it.",
    never: "We never do this.",
  },
  because: (reason) => `The reason: ${reason}.`,
  inRegion: (region, ground) =>
    `If you live in ${region}: ${ground.charAt(0).toLowerCase()}${ground.slice(1)}`,
  choice: (label, about, where) => `${label}: ${about}. You can change this ${list(where)}.`,
  places: {
    profile: "in your profile",
    mail: "by e-mail",
    letter: "by letter",
    "one-click": "with one click in each mail",
    signal: "with a signal from your browser",
    "cookie-page": "on the cookie page",
  },
  place: (label) => `at "${label}"`,
  signal: "We take the Global Privacy Control signal of your browser as a no.",
  shareNothing: "We share nothing about you, but for the cases below.",
  share: (who, what, about) => `${who} may get ${list(what)}${about === null ? "" : ` if ${about}`}.`,
  aggregate: (who, smallest) => `${who} may get counts only, and no count of fewer than ${smallest} people.`,
  recipient: (name, about) => `${name}: ${about}.`,
  keepFor: (days, from) => (days === 0 ? "not stored" : `${time(days)} after ${events[from] ?? from}`),
  keepUntil: (event) =>
    event === "erasure" ? "until your data is erased" : `until ${events[event] ?? event}`,
  keep: (what, end) => `We keep ${list(what)}: ${end}.`,
  duty: (law) => `We must keep this by law, even if you ask us to erase your data: ${law}.`,
  backup: (days, about) => `${about}. A copy may hold erased data for up to ${time(days)}. Then it goes too.`,
  cookie: (name, about) => `${name}: ${about}.`,
  cookieIntro:
    "A cookie is a small note that a site leaves in your browser, and that only this site can read.",
  cookieChoice:
    "You can tell your browser to take all cookies, to take none, or to ask each time. Its help page says how.",
  without: (name, what) => `Without ${name}, ${what}.`,
  browserCloses: "until you close the browser",
  rights: [
    "You can see all that we hold about you.",
    "You can have it put right.",
    "You can tell us not to use it from now on.",
    "You can have it erased.",
  ],
  answer: (days) => `We answer within ${time(days)}.`,
  erase: (amount, unit, calendar) => {
    const units = { "business-days": "working day", days: "day", hours: "hour" } as const;
    const where = calendar === null ? "" : ` (calendar: ${calendar})`;
    return `If you ask us to, we close your account at once and erase it after ${plural(amount, units[unit])}${where}.`;
  },
  eraseBecause: (why) => `Why we wait: ${why}.`,
  hold: (about, days) =>
    `${about.charAt(0).toUpperCase()}${about.slice(1)} can put this off, for ${time(days)} at most.`,
  age: (about) => `${about}.`,
  askAgain: (minutes) =>
    `We ask for your password again after ${plural(minutes, "minute")}, before you see what is in your account.`,
  transfer: (from, to, mechanism, about) =>
    `Data of people in ${list(from)} may go to ${to}, under ${mechanism}: ${about}.`,
  changes: (days, by, about) =>
    `${about.charAt(0).toUpperCase()}${about.slice(1)}. We tell you ${time(days)} before, ${list(by.map((way) => (way === "mail" ? "by e-mail" : "when you next come by")))}.`,
  mail: (address) => `E-mail: ${address}`,
  post: (lines) => `Post: ${lines.join(", ")}`,
  optOut: (address, subject) =>
    `To say no to what we may send you, write to ${address} with "${subject}" in the subject.`,
  letters: "You can also write us a letter.",
};
