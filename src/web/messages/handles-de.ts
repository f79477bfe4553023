// The words of the pages on which people correct what is held and object to a use, in German.
import type { Handles } from "./handles-en.ts";

export const handlesInGerman: Handles = {
  correct: {
    title: "Berichtigen",
    notYet: "Noch nicht: berichtigen",
    back: "Was über Sie gespeichert ist",
    lead: "Stellen Sie richtig, was nicht stimmt, ergänzen Sie, was fehlt, und leeren Sie, was nicht dort stehen soll. Es gilt, sobald Sie speichern, und keine Sicherungskopie bringt den alten Wert zurück. Wer den alten Wert von uns hat, wird unterrichtet.",
    save: "Speichern",
    leave: "So lassen",
    changed: (label, now) =>
      `${label}: Das wurde geändert, während Sie schrieben. Jetzt steht dort ${now === null ? "nichts" : `„${now}“`}. Senden Sie es noch einmal, wenn Ihres stimmt.`,
  },
  object: {
    title: "Einer Nutzung widersprechen",
    back: "Was über Sie gespeichert ist",
    lead: (restrict) => [
      "Eine Nutzung, die auf Ihrer Wahl beruht, endet mit Ihrem Nein. Eine, die auf einem Interesse von uns beruht, hört in dem Augenblick auf, in dem Sie widersprechen. Dann wägt jemand ab und antwortet Ihnen bis zu einem Tag, der sofort feststeht. Sie können auch ",
      restrict("jede Nutzung einschränken"),
      ".",
    ],
    none: "Hier beruht nichts auf einem Interesse oder einer Wahl.",
    now: "geschieht zurzeit",
    notNow: "geschieht zurzeit nicht",
    objected: "widersprochen",
    purpose: (about, because) => (because === null ? `${about}.` : `${about}. Der Grund: ${because}.`),
    no: (link) => [link("Nein dazu sagen"), ": Es endet sofort."],
    why: "Was in Ihrem Fall dagegen spricht",
    whyHint: "Sie können das leer lassen.",
    send: "Widersprechen",
    waits: (at, due) => [
      "Sie haben am ",
      at,
      " widersprochen, und diese Nutzung hat aufgehört. Unsere Antwort haben Sie bis zum ",
      due,
      ".",
    ],
    followed: (at) => [
      "Am ",
      at,
      " sind wir Ihrem Widerspruch gefolgt. Diese Nutzung bleibt aus, bis Sie den Widerspruch zurücknehmen.",
    ],
    stopped: "Sie haben widersprochen, und diese Nutzung hat aufgehört.",
    refused: (at) => ["Am ", at, " haben wir Ihren Widerspruch abgelehnt. Diese Nutzung geht weiter."],
    answer: "Unsere Antwort",
    takeBack: "Zurücknehmen",
    takeBackAbout: "Nehmen Sie den Widerspruch zurück, geht diese Nutzung weiter.",
    again: "Hat sich etwas geändert, können Sie noch einmal widersprechen.",
    called: (label) => `Widerspruch: ${label}`,
  },
};
