// The words of the account's own page, and of the choices that are made there, in German.
import type { AccountWords } from "./account-en.ts";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const accountInGerman: AccountWords = {
  account: {
    title: "Ihr Konto",
    lead: "Wer angemeldet ist, ist hier nicht anonym. Hier steht alles, was zu Ihnen gehört, und wann es endet.",
    ways: {
      data: "Alles, was über Sie gespeichert ist",
      choices: "Ihre Wahl",
      use: "Nutzung Ihrer Daten",
      erasure: "Ihre Daten löschen",
      security: "Wie Sie sich anmelden",
    },
    details: "Ihre Angaben",
    leftEmpty: "leer gelassen",
    notKept: "nichts gespeichert",
    registered: "Registriert",
    at: (at, address) => (address === null ? [at] : [at, " von ", address]),
    agreed: "Dem haben Sie zugestimmt",
    text: (title, version) => `${title}, Fassung ${version}`,
    agreedAt: (at, page) => [at, " auf ", page],
    sessions: "Sitzungen",
    noSessions: "Sie haben noch keine gehalten.",
    sessionOf: "Sitzung vom ",
    people: (count) => (count === 1 ? "1 Person" : `${count} Personen`),
    shorter: "unter einer Minute",
    signIns: "Anmeldungen",
    // Browsers are kept as "Firefox on Linux".
    signedIn: (at, browser) => (browser === null ? [at] : [at, ` mit ${browser.replace(" on ", " unter ")}`]),
    thisOne: "diese hier",
    ended: (at) => [", beendet am ", at],
    requests: "Seitenaufrufe",
    requested: (at, address, until) => [at, " von ", address, ", bis ", until],
    none: "Davon ist nichts verzeichnet.",
  },
  choices: {
    title: "Ihre Wahl",
    lead: "Was Sie hier wählen, gilt sofort. Sie können es jederzeit ändern, und nichts anderes hängt davon ab.",
    none: "Die Datenschutzerklärung lässt hier nichts zur Wahl.",
    region: {
      title: "Wo Sie leben",
      lead: "Für Sie gelten die Regeln Ihrer Region. Wir haben sie dem Land Ihrer Internetadresse entnommen, als Sie zu uns kamen. Sagte die Adresse nichts, legt die Datenschutzerklärung fest, welche Region gilt. Stimmt sie nicht, berichtigen Sie sie hier.",
      label: "Ihre Region",
      save: "Speichern",
    },
    states: {
      given: "Sie haben Ja gesagt",
      refused: "Sie haben Nein gesagt",
      assumed: "Angenommen: Sie haben weder Ja noch Nein gesagt",
      unset: "Sie haben noch nichts gesagt",
    },
    ifYes: (about) => `Ihr Ja heißt: ${capital(about)}.`,
    allowed: "zurzeit erlaubt",
    notDone: "geschieht zurzeit nicht",
    yes: "Ja",
    no: "Nein",
    yesTo: (label) => `Ja zu: ${label}`,
    noTo: (label) => `Nein zu: ${label}`,
    elsewhere: "Das wird anderswo gewählt: dort, wo danach gefragt wird.",
    history: (count) => `Wie es dazu kam (${count})`,
  },
};
