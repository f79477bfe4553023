/** The sentences of the statement in German: short, so that anyone can read them (P1). */
import type { Explained, Messages } from "./messages.ts";

const list = (items: readonly string[], last = "und"): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;

type Noun = { one: string; many: string; dative: string };
const hour: Noun = { one: "Stunde", many: "Stunden", dative: "Stunden" };
const day: Noun = { one: "Tag", many: "Tage", dative: "Tagen" };
const workingDay: Noun = { one: "Werktag", many: "Werktage", dative: "Werktagen" };
const month: Noun = { one: "Monat", many: "Monate", dative: "Monaten" };
const year: Noun = { one: "Jahr", many: "Jahre", dative: "Jahren" };

const counted = (count: number, { one, many, dative }: Noun, isDative = false): string =>
  `${count} ${count === 1 ? one : isDative ? dative : many}`;

/** Whole units where the days come from whole units; the dative stands after "nach" and "von". */
function time(days: number, isDative = false): string {
  if (days <= 0) return counted(0, day, isDative);
  if (days < 1) return counted(Math.round(days * 24), hour, isDative);
  const months = Math.floor((days * 12) / 365.2425 + 0.001);
  if (days <= 180 || Math.ceil((months * 365.2425) / 12) !== days) return counted(days, day, isDative);
  return months % 12 === 0 ? counted(months / 12, year, isDative) : counted(months, month, isDative);
}

/** After "nach" and a time: the event that the time runs from. */
const events: Record<string, string> = {
  collected: "dem Eingang",
  "sign-out": "dem Abmelden",
  "session-end": "dem Ende der Sitzung",
  "invoice-issued": "der Rechnung",
  "case-closed": "dem Abschluss des Falls",
  "choice-withdrawn": "der Rücknahme Ihres Ja",
  "agreement-end": "dem Ende der Vereinbarung",
  erasure: "der Löschung",
};

/** "bis zum Ende der Sitzung", "bis zur Löschung". */
const until = (event: string): string =>
  `bis zu ${events[event] ?? event}`.replace(/^bis zu dem /, "bis zum ").replace(/^bis zu der /, "bis zur ");

const countries: Record<string, string> = {
  US: "die USA",
  GB: "das Vereinigte Königreich",
  DE: "Deutschland",
};
const inCountry: Record<string, string> = { US: "in den USA", DE: "in Deutschland" };
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Each stands after "denn". */
const reasons: Record<NonNullable<Explained["because"]>, string> = {
  "unknown-act": "eine solche Handlung kennt die Richtlinie nicht",
  "unknown-category": "diese Art von Daten kennt die Richtlinie nicht",
  "unknown-purpose": "diesen Zweck kennt die Richtlinie nicht",
  "unknown-target": "diesen Ort, diese Rolle oder diesen Empfänger nennt die Richtlinie nicht",
  "unknown-state": "wie es um den Menschen steht, wurde nicht in Worten gesagt, die die Richtlinie kennt",
  "no-rule": "keine Regel erlaubt es",
  "refused-by-rule": "eine Regel verbietet es",
  restricted: "dieser Mensch will nicht, dass wir seine Daten verwenden",
  deactivated: "das Konto ist geschlossen und wartet auf die Löschung",
  erased: "die Daten dieses Menschen sind gelöscht",
  "too-young": "dieser Mensch ist zu jung",
  "age-unknown": "wie alt dieser Mensch ist, ist nicht bekannt",
  "no-ground": "dort, wo dieser Mensch lebt, gibt es keine Grundlage dafür",
  "not-opted-in": "dieser Mensch hat nicht zugestimmt",
  "opted-out": "dieser Mensch hat Nein gesagt",
  objected: "dieser Mensch hat widersprochen",
  "not-told": "dieser Mensch wurde noch nicht gefragt",
  "no-evidence": "der Nachweis dafür wurde nicht gezeigt",
};

function explain({ act, data, purpose, who, because, rules }: Explained): string {
  const verbs = {
    collect: "erheben",
    use: "verwenden",
    look: "zeigen",
    share: "weitergeben",
    keep: "behalten",
  };
  const verb = `${act === null ? "tun" : verbs[act]}${who === null ? "" : ` (${who})`}`;
  const named = rules.map(({ id, line }) => (line > 0 ? `${id}, Zeile ${line}` : id)).join("; ");
  const by = named === "" ? "" : ` (${named})`;
  const why = because === null ? "" : `, denn ${reasons[because]}`;
  return `Das dürfen wir ${because === null ? "" : "nicht "}${verb}, um ${purpose}${why}: ${data}${by}.`;
}

export const de: Messages = {
  language: "de",
  list,
  time: (days) => time(days),
  country: (code) => countries[code] ?? code,
  title: (name) => `${name}: Datenschutzerklärung`,
  // Before a noun stands an adjective or "unsere", and within a sentence these are small; "Ihre" is not.
  thing: (label) => (/^(?!Ihre?\b)\p{Lu}\p{Ll}+ \p{Lu}/u.test(label) ? lower(label) : label),
  sections: {
    who: "Wer wir sind",
    collect: "Was wir erheben",
    use: "Wofür wir es verwenden",
    choose: "Was Sie wählen können",
    look: "Wer von uns es sehen darf",
    share: "Wer es sonst bekommt",
    keep: "Wie lange wir es behalten",
    cookies: "Cookies",
    rights: "Was Sie verlangen können",
    children: "Kinder",
    protect: "Wie wir es schützen",
    transfer: "Andere Länder",
    change: "Wenn sich diese Erklärung ändert",
    contact: "Wie Sie uns erreichen",
  },
  heads: {
    name: "Name",
    meaning: "Was gemeint ist",
    life: "Wie lange",
    purpose: "Wofür",
    who: "Wer",
    what: "Was",
    why: "Warum",
    data: "Was",
    where: "Von wo",
    end: "Wann es endet",
    law: "Nach dem Gesetz",
  },
  controller: (name) => `Für diese Erklärung steht ${name} ein.`,
  follows: (name, about) => `Wir folgen „${name}“: ${about}.`,
  agree: (title, version) =>
    `Wer sich registriert, stimmt dieser Erklärung zu und unseren „${title}“, Fassung ${version}.`,
  guideline: (title, version) => `Auch unsere „${title}“, Fassung ${version}, gelten.`,
  everything: "alles, was wir über Sie haben",
  anything: "irgendetwas über Sie",
  required: (label, what) => `${label}. Wir brauchen: ${list(what)}.`,
  offered: (label, what) => `${label}. Sie können angeben oder weglassen: ${list(what)}.`,
  passive: (label, what) => `${label}. Wir zeichnen auf: ${list(what)}.`,
  from: (label, who, what) => `${label}. Andere geben uns vielleicht (${who}): ${list(what)}.`,
  notice: (label, text) => `${label}. ${text}`,
  use: (purpose, what) => `Um ${purpose}, verwenden wir: ${list(what)}.`,
  grounds: {
    contract: "Sie haben darum gebeten, und es geht nicht ohne.",
    "opt-in": "Das tun wir nur, wenn Sie Ja sagen.",
    "explicit-opt-in": "Das tun wir nur, wenn Sie zu genau diesem Ja sagen.",
    "opt-out": "Das tun wir, solange Sie nicht Nein sagen.",
    "legal-obligation": "Das Gesetz verlangt es.",
    "legitimate-interest": "Wir haben einen guten Grund.",
    "vital-interest": "Ein Leben kann davon abhängen.",
    never: "Das tun wir nie.",
  },
  because: (reason) => `Der Grund: ${reason}.`,
  inRegion: (region, text) => `Für Menschen dort (${region}) gilt: ${text}`,
  statistics: (about, smallest) =>
    `${about}. Keine Zahl, die wir weitergeben, steht für weniger als ${smallest} Menschen.`,
  refuse: (act, what, regions, because) => {
    const verbs = {
      collect: "erheben",
      use: "verwenden",
      look: "zeigen unseren Leuten",
      share: "teilen",
      keep: "behalten",
    };
    const where = regions.length === 0 ? "" : ` (${list(regions, "oder")})`;
    const reason = because === null ? "" : ` Der Grund: ${because}.`;
    return `Wir ${act === null ? "verwenden und teilen" : verbs[act]} nicht${where}: ${list(what)}.${reason}`;
  },
  neverUse: (what, purposes) => `Nie verwenden wir dies, um ${list(purposes, "oder um")}: ${list(what)}.`,
  onlyFor: (what, purposes) =>
    `Nur hierfür verwenden wir dies (${list(what)}): um ${purposes.join("; um ")}.`,
  neverShare: (what, who) =>
    who.length === 0
      ? `Niemand außerhalb bekommt je: ${list(what)}.`
      : `Nie bekommen dies (${list(who, "oder")}): ${list(what)}.`,
  neverFromChildren: (limit) => `Von Kindern unter ${limit} Jahren nehmen wir nichts, von dem wir wissen.`,
  resolved: (given, holds) => `Wir haben gesagt: ${given}. Es gilt dies. ${holds}`,
  choice: (label, about, where) =>
    `${label}: ${about}. Ja oder Nein sagen können Sie ${list(where, "oder")}.`,
  unlessChosen: {
    "opt-in": "Wer nicht wählt, hat Nein gesagt.",
    "explicit-opt-in": "Wer nicht wählt, hat Nein gesagt.",
    "opt-out": "Wer es offen lässt, von dem nehmen wir ein Ja an, und wir zeigen es als angenommen.",
    "legitimate-interest": "Wer nicht wählt, bei dem dürfen wir es tun.",
  },
  places: {
    profile: "in Ihrem Profil",
    mail: "per E-Mail",
    letter: "per Brief",
    "one-click": "mit einem Klick in jeder Mail",
    signal: "mit einem Signal Ihres Browsers",
    "cookie-page": "auf der Cookie-Seite",
  },
  place: (label) => `bei „${label}“`,
  signal: (labels) =>
    `Schickt Ihr Browser das Signal „Global Privacy Control“, so ist das ein Nein zu ${list(labels.map((one) => `„${one}“`))}.`,
  look: (who, about, what, when) =>
    `${who}: ${about}. Sehen darf diese Rolle${when === null ? "" : `, nur ${when}`}: ${list(what)}.`,
  shareNothing: "Wir geben nichts über Sie weiter.",
  shareNothingElse: "Wir geben nichts über Sie weiter, außer in den Fällen hier.",
  share: (who, what, why) => `Bekommen kann (${who}): ${list(what)}. Warum: ${why}.`,
  shareGrounds: {
    consent: "Sie haben Ja gesagt",
    "requested-service": "was Sie verlangt haben, braucht es",
    processor: "sie arbeiten für uns und dürfen es für nichts anderes verwenden",
    "legal-process": "das Gesetz verlangt es",
    "terms-breach": "unsere Bedingungen wurden gebrochen",
    "rights-and-safety": "Rechte oder Sicherheit stehen auf dem Spiel",
    "business-transfer": "das Geschäft wechselt den Besitzer",
    "within-firm": "Sie haben es innerhalb unserer Firma erlaubt",
    offers: "Sie haben zu Angeboten Ja gesagt",
    aggregate: "nur als Zahlen",
  },
  shareCounts: (who, smallest) =>
    `Nur Zahlen, und nie eine für weniger als ${smallest} Menschen, bekommen: ${who}.`,
  keepFor: (days, from) =>
    days > 0
      ? `${time(days)} nach ${events[from] ?? from}`
      : from === "collected"
        ? "nicht gespeichert"
        : until(from),
  keepUntil: until,
  keepFrom: (points) => points.map((one) => `„${one}“`).join(", "),
  keep: (what, end, where) =>
    `Wir behalten dies${where === null ? "" : ` (von ${where})`} ${end.startsWith("bis") ? end : `bis ${end}`}: ${list(what)}.`,
  keepNot: (what) => `Wir speichern nicht: ${list(what)}.`,
  duty: (law) => `Das bleibt, auch wenn Sie die Löschung verlangen. Wir müssen es behalten: ${law}.`,
  backup: (days, about) =>
    `${about}. Eine Kopie kann Gelöschtes noch bis zu ${time(days, true)} enthalten. Dann endet auch sie.`,
  noCookies: "Wir setzen keine Cookies.",
  cookieIntro:
    "Ein Cookie ist eine kurze Notiz, die eine Website in Ihrem Browser ablegt. Nur diese Website kann sie lesen, und sie kann nichts ausführen.",
  cookieChoice:
    "Sie können Ihrem Browser sagen, dass er alle Cookies nimmt, keine nimmt oder Sie fragt. Seine Hilfeseite sagt, wie.",
  cookiesNeeded: "Wir setzen nur Cookies, ohne die der Dienst nicht geht.",
  cookie: (name, about, holds) =>
    `${name}: ${about}. ${{ random: "Es enthält eine Zufallszahl.", choice: "Es enthält Ihre Wahl.", supplied: "Es enthält nur, was Sie uns gegeben haben." }[holds]}`,
  without: (what) => `Ohne es gilt: ${what}.`,
  stored: {
    cookie: null,
    "local-storage": "Es ist kein Cookie: Es bleibt in Ihrem Browser und geht nicht mit jeder Seite an uns.",
    "session-storage":
      "Es ist kein Cookie: Es bleibt in diesem einen Tab und geht nicht mit jeder Seite an uns.",
  },
  browserCloses: "bis Sie den Browser schließen",
  tabCloses: "bis Sie den Tab schließen",
  rights: {
    see: "Sie können alles sehen, was wir über Sie haben, und es mitnehmen.",
    correct: "Sie können es berichtigen lassen.",
    restrict: "Sie können uns sagen, dass wir es von nun an nicht mehr verwenden.",
    erase: "Sie können es löschen lassen.",
  },
  answer: (days) => `Wir antworten innerhalb von ${time(days, true)}.`,
  erase: (amount, unit, calendar) => {
    const units = { "business-days": workingDay, days: day, hours: hour };
    const where =
      calendar === null ? "" : ` (wie man sie ${inCountry[calendar] ?? `dort (${calendar})`} zählt)`;
    return `Wenn Sie es verlangen, schließen wir Ihr Konto sofort. Nach ${counted(amount, units[unit], true)}${where} löschen wir Ihre Daten. Bis dahin können Sie es sich anders überlegen.`;
  },
  eraseBecause: (why) => `Warum wir warten: ${why}.`,
  hold: (about, days) => `${about} kann das aufschieben, höchstens ${time(days)}. Sie sehen es dann.`,
  holdOfChild: (kept) => `Von den Daten eines Kindes behält es nur dies: ${kept}. Alles andere geht sofort.`,
  askAgain: (minutes) =>
    `Nach ${counted(minutes, { one: "Minute", many: "Minuten", dative: "Minuten" })} fragen wir noch einmal nach Ihrem Passwort, bevor wir zeigen, was in Ihrem Konto ist.`,
  transfer: (from, to, mechanism, about) =>
    `Daten von Menschen von dort (${list(from, "oder")}) können in andere Länder gehen: ${to}. Die Regel dafür: ${mechanism}. ${upper(about)}.`,
  changes: (days, by, about) =>
    `${about}. ${time(days)} vorher sagen wir es Ihnen ${list(by.map((way) => (way === "mail" ? "per E-Mail" : "bei Ihrem nächsten Besuch")))}. Eine weitere Verwendung Ihrer Daten wartet darauf.`,
  mail: (address) => `E-Mail: ${address}`,
  complaints: (address) =>
    `Wenn Sie meinen, dass wir diese Erklärung gebrochen haben, schreiben Sie an ${address}.`,
  post: (lines) => `Post: ${lines.join(", ")}`,
  optOut: (address, subject) =>
    `Um Nein zu sagen zu dem, was wir Ihnen schicken, schreiben Sie an ${address}, mit „${subject}“ im Betreff.`,
  letters: "Ein Brief tut es auch.",
  explain,
};
