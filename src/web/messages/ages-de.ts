// The words around the question of age, in German (C11).
import type { Ages } from "./ages-en.ts";

export const agesInGerman: Ages = {
  age: {
    title: "Wann sind Sie geboren?",
    notYet: "Noch nicht: Wann sind Sie geboren?",
    lead: "Das fragen wir alle, vor allem anderen. Das Datum selbst behalten wir nicht, nur die Altersgruppe, in die es fällt.",
    legend: "Ihr Geburtsdatum",
    day: "Tag",
    month: "Monat",
    year: "Jahr",
    hint: "Zum Beispiel 27 3 1985",
    send: "Weiter",
    wrong: "Ihr Geburtsdatum: Schreiben Sie Tag, Monat und Jahr in Zahlen, zum Beispiel 27 3 1985.",
    over: "Es hat zu lange gedauert, darum fragen wir noch einmal, wann Sie geboren sind. Was Sie eingegeben hatten, ist noch da, nur das Passwort nicht.",
    refusedTitle: "Wir können Ihre Angaben nicht annehmen",
    refused: [
      "Nach Ihrer Antwort können wir hier mit Ihnen nicht weitermachen.",
      "Wir haben nichts behalten: nicht Ihre Antwort, nicht Ihre Adresse, und keine Zeile darüber in unserem Protokoll.",
      "Was allen offensteht, steht auch Ihnen weiter offen.",
    ],
    home: "Zur Startseite",
  },
  preferences: {
    title: "Sprache und Aussehen",
    lead: "Ihre Wahl bleibt in diesem Browser, in einem Cookie, das nichts anderes enthält.",
    leadAccount:
      "Ihre Wahl bleibt in diesem Browser und bei Ihrem Konto: Wo immer Sie sich anmelden, ist sie wieder da.",
    saved: "So bleibt es.",
    language: "Sprache",
    theme: "Aussehen",
    browsers: "Wie Ihr Browser es will",
    light: "Hell",
    dark: "Dunkel",
    send: "So behalten",
  },
  childReport: {
    title: "Daten eines Kindes melden",
    notYet: "Noch nicht: Daten eines Kindes melden",
    lead: "Jemand von uns sieht es sich an, und was einem Kind gehört, wird sofort gelöscht.",
    who: "Benutzername des Kontos",
    whoHint:
      "So, wie er hier steht. Sie meinen einen Gast einer Sitzung? Sagen Sie es der Fachkraft, oder öffnen Sie die eigene Seite des Gastes.",
    words: "Woran Sie das merken",
    send: "Abschicken",
    sent: "Danke, es ist angekommen",
    sentWords: [
      "Wenn es so ein Konto gibt, sieht es sich jetzt jemand von uns an. Ob es eines gibt, wird hier nicht gesagt.",
    ],
    link: "Daten eines Kindes?",
  },
};
