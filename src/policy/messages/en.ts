/** The sentences of the statement in English: short, so that anyone can read them (P1). */
import type { Explained, Messages } from "./messages.ts";

const list = (items: readonly string[], last = "and"): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;

const plural = (count: number, one: string): string => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

/** Whole units where the days come from whole units: 731 days are two years, 761 are 25 months. */
function time(days: number): string {
  if (days <= 0) return "no time at all";
  if (days < 1) return plural(Math.round(days * 24), "hour");
  const months = (days * 12) / 365.2425;
  const whole = Math.floor(months + 0.001);
  if (days > 180 && Math.ceil((whole * 365.2425) / 12) === days)
    return whole % 12 === 0 ? plural(whole / 12, "year") : plural(whole, "month");
  return plural(days, "day");
}

const events: Record<string, string> = {
  collected: "we got it",
  "sign-out": "you sign out",
  "session-end": "the session ends",
  "invoice-issued": "the invoice is written",
  "case-closed": "the case is closed",
  "choice-withdrawn": "you take your yes back",
  "agreement-end": "the agreement ends",
  erasure: "your data is erased",
};

const countries: Record<string, string> = { US: "the United States", GB: "the United Kingdom" };

const reasons: Record<NonNullable<Explained["because"]>, string> = {
  "unknown-act": "the policy knows no such act",
  "unknown-category": "the policy does not know this kind of data",
  "unknown-purpose": "the policy does not know this purpose",
  "unknown-target": "the policy does not name this place, role or recipient",
  "unknown-state": "the person's state was not said in words that the policy knows",
  "no-rule": "no rule allows it",
  "refused-by-rule": "a rule refuses it",
  restricted: "the person asked us not to use their data",
  deactivated: "the account is closed and waits to be erased",
  erased: "the person's data was erased",
  "too-young": "the person is below the age limit",
  "age-unknown": "the person's age is not known",
  "no-ground": "there is no ground for it where the person lives",
  "not-opted-in": "the person has not agreed to it",
  "opted-out": "the person said no to it",
  objected: "the person objected to it",
  "not-told": "the person has not been asked yet",
  "no-evidence": "what it needs as evidence was not shown",
};

function explain({ act, data, purpose, who, because, rules }: Explained): string {
  const verbs = { collect: "collect", use: "use", look: "let someone see", share: "share", keep: "keep" };
  const verb = act === null ? "handle" : verbs[act];
  const to = who === null ? "" : act === "share" ? ` with ${who}` : ` (${who})`;
  const named = rules.map(({ id, line }) => (line > 0 ? `${id}, line ${line}` : id)).join("; ");
  const by = named === "" ? "" : ` (${named})`;
  return because === null
    ? `We may ${verb} ${data}${to} to ${purpose}${by}.`
    : `We may not ${verb} ${data}${to} to ${purpose}, because ${reasons[because]}${by}.`;
}

export const en: Messages = {
  language: "en",
  list,
  time,
  country: (code) => countries[code] ?? code,
  title: (name) => `${name}: privacy statement`,
  thing: (label) =>
    /^[A-Z][a-z]/.test(label) || label === "E-mail" ? label.charAt(0).toLowerCase() + label.slice(1) : label,
  sections: {
    who: "Who we are",
    collect: "What we collect",
    use: "What we use it for",
    choose: "What you can choose",
    look: "Who of us may see it",
    share: "Who else gets it",
    keep: "How long we keep it",
    cookies: "Cookies",
    rights: "What you can ask for",
    children: "Children",
    protect: "How we keep it safe",
    transfer: "Other countries",
    change: "When this statement changes",
    contact: "How to reach us",
  },
  heads: {
    name: "Name",
    meaning: "What it means",
    life: "How long",
    purpose: "What for",
    who: "Who",
    what: "What they get",
    why: "Why",
    data: "What",
    where: "From where",
    end: "When it ends",
    law: "Kept by law",
  },
  controller: (name) => `${name} answers for this statement.`,
  follows: (name, about) => `We follow “${name}”: ${about}.`,
  agree: (title, version) =>
    `When you sign up, you agree to this statement and to our “${title}”, version ${version}.`,
  guideline: (title, version) => `Our “${title}”, version ${version}, hold too.`,
  everything: "all that we hold about you",
  anything: "anything about you",
  required: (label, what) => `${label}. We need: ${list(what)}.`,
  offered: (label, what) => `${label}. You may give, or leave out: ${list(what)}.`,
  passive: (label, what) => `${label}. We record: ${list(what)}.`,
  from: (label, who, what) => `${label}. From ${who} we may get: ${list(what)}.`,
  notice: (label, text) => `${label}. ${text}`,
  use: (purpose, what) => `To ${purpose}, we use: ${list(what)}.`,
  grounds: {
    contract: "You asked for it, and it cannot be done without.",
    "opt-in": "We do this only if you say yes.",
    "explicit-opt-in": "We do this only if you say yes to just this.",
    "opt-out": "We do this unless you say no.",
    "legal-obligation": "The law asks us to.",
    "legitimate-interest": "We have a good reason.",
    "vital-interest": "A life may depend on it.",
    never: "We never do this.",
  },
  because: (reason) => `The reason: ${reason}.`,
  inRegion: (region, text) => `If you live in ${region}: ${text.charAt(0).toLowerCase()}${text.slice(1)}`,
  statistics: (about, smallest) =>
    `${about}. No count that leaves us stands for fewer than ${smallest} people.`,
  refuse: (act, what, regions, because) =>
    `We do not ${act === "look" ? "show to our staff" : (act ?? "use or share")}${regions.length === 0 ? "" : ` of people in ${list(regions, "or")}`}: ${list(what)}.${because === null ? "" : ` The reason: ${because}.`}`,
  neverUse: (what, purposes) => `We never use these to ${list(purposes, "or to")}: ${list(what)}.`,
  onlyFor: (what, purposes) => `We use ${list(what)} for these ends alone: to ${purposes.join("; to ")}.`,
  neverShare: (what, who) =>
    who.length === 0
      ? `Nobody outside ever gets: ${list(what)}.`
      : `${who.map((one) => one.charAt(0).toUpperCase() + one.slice(1)).join(", ")} never get: ${list(what)}.`,
  neverFromChildren: (limit) => `We take nothing from children under ${limit} that we know of.`,
  resolved: (given, holds) => `We have said that ${given}. What holds is this. ${holds}`,
  choice: (label, about, where) => `${label}: ${about}. You can say yes or no ${list(where, "or")}.`,
  unlessChosen: {
    "opt-in": "If you do not choose, it is a no.",
    "explicit-opt-in": "If you do not choose, it is a no.",
    "opt-out": "If you leave it open, we take it as a yes, and we show it as assumed.",
    "legitimate-interest": "If you do not choose, we may do so.",
  },
  places: {
    profile: "in your profile",
    mail: "by e-mail",
    letter: "by letter",
    "one-click": "with one click in each mail",
    signal: "with a signal from your browser",
    "cookie-page": "on the cookie page",
  },
  place: (label) => `at “${label}”`,
  signal: (labels) =>
    `If your browser sends the Global Privacy Control signal, that is a no to ${list(labels.map((one) => `“${one}”`))}.`,
  look: (who, about, what, when) =>
    `${who} ${about}. May see${when === null ? "" : `, only ${when}`}: ${list(what)}.`,
  shareNothing: "We share nothing about you.",
  shareNothingElse: "We share nothing about you, but for the cases below.",
  share: (who, what, why) =>
    `${who} may get: ${list(what)}. Why: ${why.charAt(0).toLowerCase()}${why.slice(1)}.`,
  shareGrounds: {
    consent: "you said yes",
    "requested-service": "what you asked for needs it",
    processor: "they work for us, and may use it for nothing else",
    "legal-process": "the law demands it",
    "terms-breach": "our terms were broken",
    "rights-and-safety": "rights or safety are at stake",
    "business-transfer": "the business changes hands",
    "within-firm": "you permitted it within our firm",
    offers: "you said yes to offers",
    aggregate: "only as counts",
  },
  shareCounts: (who, smallest) => `${who} may get counts, and never one of fewer than ${smallest} people.`,
  keepFor: (days, from) =>
    days > 0
      ? `${time(days)} after ${events[from] ?? from}`
      : from === "collected"
        ? "not stored"
        : `until ${events[from] ?? from}`,
  keepUntil: (event) => `until ${events[event] ?? event}`,
  keepFrom: (points) => points.map((one) => `“${one}”`).join(", "),
  keep: (what, end, where) =>
    `${where === null ? "We keep" : `From ${where} we keep`} ${end.startsWith("until") ? end : `for ${end}`}: ${list(what)}.`,
  keepNot: (what) => `We do not store: ${list(what)}.`,
  duty: (law) => `This stays even if you ask us to erase your data. We must keep it: ${law}.`,
  backup: (days, about) => `${about}. A copy may hold erased data for up to ${time(days)}. Then it ends too.`,
  noCookies: "We set no cookies.",
  cookieIntro:
    "A cookie is a short note that a site leaves in your browser. Only that site can read it, and it can run nothing.",
  cookieChoice:
    "You can tell your browser to take all cookies, to take none, or to ask you. Its help page says how.",
  cookiesNeeded: "We set only cookies that the service cannot do without.",
  cookie: (name, about, holds) =>
    `${name}: ${about}. ${{ random: "It holds a random number.", choice: "It holds what you chose.", supplied: "It holds only what you gave us." }[holds]}`,
  without: (what) => `Without it, ${what}.`,
  stored: {
    cookie: null,
    "local-storage": "It is no cookie: it stays in your browser, and is not sent to us with each page.",
    "session-storage": "It is no cookie: it stays in this one tab, and is not sent to us with each page.",
  },
  browserCloses: "until you close the browser",
  tabCloses: "until you close the tab",
  rights: {
    see: "You can see all that we hold about you, and take it with you.",
    correct: "You can have it put right.",
    restrict: "You can tell us not to use it from now on.",
    erase: "You can have it erased.",
  },
  answer: (days) => `We answer within ${time(days)}.`,
  erase: (amount, unit, calendar) => {
    const units = { "business-days": "working day", days: "day", hours: "hour" } as const;
    const where = calendar === null ? "" : ` (as they count in ${countries[calendar] ?? calendar})`;
    return `When you ask, we close your account at once. We erase your data after ${plural(amount, units[unit])}${where}. Until then you can change your mind.`;
  },
  eraseBecause: (why) => `Why we wait: ${why}.`,
  hold: (about, days) => `${about} can put this off, for ${time(days)} at most. You see it when it does.`,
  holdOfChild: (kept) => `Of a child’s data it keeps no more than this: ${kept}. All else goes at once.`,
  askAgain: (minutes) =>
    `After ${plural(minutes, "minute")} we ask for your password again before we show what is in your account.`,
  transfer: (from, to, mechanism, about) =>
    `Data of people in ${list(from, "or")} may go to ${to}, under ${mechanism}. ${about.charAt(0).toUpperCase()}${about.slice(1)}.`,
  changes: (days, by, about) =>
    `${about}. We tell you ${time(days)} before, ${list(by.map((way) => (way === "mail" ? "by e-mail" : "when you next come by")))}. A wider use of your data waits for that.`,
  mail: (address) => `E-mail: ${address}`,
  complaints: (address) => `If you think that we broke this statement, write to ${address}.`,
  post: (lines) => `Post: ${lines.join(", ")}`,
  optOut: (address, subject) =>
    `To say no to what we send you, write to ${address} with “${subject}” in the subject.`,
  letters: "A letter does as well.",
  explain,
};
