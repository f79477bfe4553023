// The words of the pages on which people look after how they sign in, in German.
import type { WaysIn } from "./ways-in-en.ts";

const leave = "So lassen";

export const waysInGerman: WaysIn = {
  address: {
    title: "Ihre E-Mail-Adresse",
    notYet: "Noch nicht: Ihre E-Mail-Adresse",
    onlyWith:
      "Ohne bestätigte Adresse kann Ihnen niemand ein neues Passwort schicken, und Sie erfahren nicht, wenn jemand ändert, wie Sie sich anmelden.",
    none: "Sie haben keine angegeben.",
    unproved: (email) => ["Sie haben ", email, " angegeben und noch nicht bestätigt."],
    proved: (email, on) => [
      email,
      ", bestätigt am ",
      on,
      ". Wenn Sie sie ändern, geht eine Nachricht an die alte Adresse.",
    ],
    send: "Link dorthin schicken",
    remove: "Adresse aus meinem Konto nehmen",
    leave,
    sent: {
      title: "Eine E-Mail ist unterwegs",
      words: (email) => [
        `Sie geht an ${email}. Ihr Link gilt einmal, und einen Tag lang. Öffnen Sie ihn in einem Browser, in dem Sie angemeldet sind.`,
        "Bis dahin ändert sich nichts. Gab es schon eine andere Adresse, geht auch dorthin eine Nachricht von der Änderung.",
      ],
      back: "Zurück zu Ihrer Anmeldung",
    },
    confirm: {
      title: "Ihre Adresse bestätigen",
      lead: (email) => ["E-Mails zu Ihrem Konto gehen dann an ", email, "."],
      yes: "Ja, diese Adresse nehmen",
      no: "Nein",
    },
  },
  newPasskey: {
    title: "Einen Passkey hinzufügen",
    notYet: "Noch nicht: einen Passkey hinzufügen",
    lead: "Ihr Gerät erstellt ihn, fragt jedes Mal nach Finger, Gesicht oder PIN und zeigt uns nichts davon. Wir behalten verschlossen, woran wir ihn erkennen.",
    label: "Wie Sie ihn nennen",
    hint: "Etwa „Laptop im Büro“, damit Sie ihn unter anderen finden.",
    make: "Passkey erstellen",
    leave,
    refused: "Der Passkey ließ sich nicht prüfen oder kam zu spät. Erstellen Sie ihn noch einmal.",
  },
  codeApp: {
    // A hyphen at which no line ends.
    title: "Eine Code\u2011App einrichten",
    notYet: "Noch nicht: eine Code-App einrichten",
    lead: (link) => [
      "Jede App für Einmalcodes ist recht. Zeigen Sie ihr dieses Bild, oder ",
      link("öffnen Sie es auf diesem Gerät"),
      ".",
    ],
    picture: "Bild für Ihre Code-App; dasselbe in Buchstaben steht darunter",
    type: (secret) => ["Oder geben Sie dort dies ein: ", secret],
    code: "Der Code, den die App jetzt zeigt",
    send: "Zweiten Schritt einschalten",
    leave,
    refused:
      "Dieser Code stimmt nicht. Sehen Sie noch einmal in die App: Jede halbe Minute zeigt sie einen neuen.",
  },
  backupCodes: {
    title: "Ihre Ersatzcodes",
    lead: "Drucken Sie sie jetzt aus, oder schreiben Sie sie auf: Sie werden nur dieses eine Mal gezeigt. Jeder ersetzt einen Code Ihrer App, falls Sie sie verlieren. Frühere Ersatzcodes gelten nicht mehr.",
    without:
      "Ohne App und Codes kommt mit einer E-Mail allein niemand am zweiten Schritt vorbei, auch Sie nicht.",
    have: "Ich habe sie",
  },
};
