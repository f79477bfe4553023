// The words of the pages on which people look after how they sign in, in German.
import type { WaysIn } from "./ways-in-en.ts";

const leave = "So lassen";

/** Browsers are kept as "Firefox on Linux". */
const browser = (kept: string | null): string => kept?.replace(" on ", " unter ") ?? "Ein Browser";

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
  security: {
    title: "Wie Sie sich anmelden",
    done: {
      password: "Ihr Passwort ist geändert, und jeder andere Browser ist abgemeldet.",
      passkey: "Der Passkey ist hinzugefügt.",
      "passkey-removed":
        "Der Passkey ist entfernt. Löschen Sie ihn auch auf Ihrem Gerät, sonst bietet es ihn weiter an.",
      "only-way":
        "Ohne diesen Passkey könnten Sie sich nicht mehr anmelden, darum bleibt er. Wählen Sie zuerst ein Passwort, oder fügen Sie einen anderen hinzu.",
      "code-app-removed": "Der zweite Schritt ist ausgeschaltet.",
      address: "Die Adresse ist bestätigt, und E-Mails zu Ihrem Konto gehen dorthin.",
      "address-removed": "Die Adresse ist aus Ihrem Konto genommen.",
      "no-code-app": "Richten Sie zuerst eine Code-App ein: Ersatzcodes gibt es nur dazu.",
    },
    password: {
      title: "Passwort",
      have: "Sie haben eines.",
      none: "Sie haben keines: Ein Passkey öffnet Ihr Konto.",
      change: "Ändern",
      choose: "Eines wählen",
    },
    passkeys: {
      title: "Passkeys",
      lead: "Ein Passkey bleibt auf Ihrem Gerät oder dort, wo Ihre Passwörter liegen, und fragt nach Finger, Gesicht oder PIN. Er ersetzt Passwort und Code.",
      none: "Sie haben keinen.",
      unnamed: "Passkey",
      of: (label, on) => [label, " vom ", on],
      unused: "noch nicht benutzt",
      used: (at) => ["zuletzt benutzt am ", at],
      remove: "Entfernen",
      which: (label) => `: ${label || "dieser Passkey"}`,
      add: "Passkey hinzufügen",
    },
    secondStep: {
      title: "Zweiter Schritt",
      on: (since, left) => [
        "Nach Ihrem Passwort fragen wir nach einem Code Ihrer App, seit ",
        since,
        `. Von Ihren Ersatzcodes sind noch ${left} übrig.`,
      ],
      off: "Mit einer Code-App kann sich niemand anmelden, der nur Ihr Passwort hat. Ein Passkey braucht keinen zweiten Schritt: Er ist beides in einem.",
      codes: "Neue Ersatzcodes",
      another: "Andere App einrichten",
      turnOff: "Ausschalten",
      setUp: "Code-App einrichten",
    },
    address: {
      title: "E-Mail-Adresse",
      confirmed: (email) => [email, " ist bestätigt."],
      unconfirmed: (email) => [email, " ist noch nicht bestätigt."],
      name: "Eine angeben",
      change: "Ändern",
      confirm: "Bestätigen oder ändern",
    },
    signIns: {
      title: "Wo Sie angemeldet sind",
      browser,
      current: "dieser hier",
      since: (at, proved) => ["seit ", at, ", zuletzt bestätigt am ", proved],
      end: "Abmelden",
      which: (kept) => `: ${browser(kept)}`,
      endOthers: "Überall sonst abmelden",
    },
  },
  ownPassword: {
    choose: "Passwort wählen",
    change: "Passwort ändern",
    notYet: (title) => `Noch nicht: ${title}`,
    lead: "Danach ist jeder andere Browser abgemeldet, der mit Ihrem Konto angemeldet ist.",
    leave,
  },
  prove: {
    title: "Sind Sie es noch?",
    notYet: "Noch nicht: Sind Sie es noch?",
    lead: (name, minutes, clause) => [
      "Sie sind angemeldet als ",
      name,
      `. Bevor etwas aus einem Konto gezeigt oder geändert wird, fragen wir nach ${minutes} Minuten noch einmal, und früher, wenn Sie ändern, wie Sie sich anmelden `,
      clause,
      ".",
    ],
    password: "Passwort",
    go: "Weiter",
    goPasskey: "Weiter mit einem Passkey",
    send: "Weiter und absenden",
    sendPasskey: "Mit einem Passkey absenden",
    kept: "Was Sie abgeschickt haben, ist auf dieser Seite noch da, außer Passwörtern. Es geht mit Ihrer Bestätigung hinaus.",
    signOut: "Das bin ich nicht: abmelden",
    wrongPassword: "Das Passwort stimmt nicht.",
    wrongPasskey: "Dieser Passkey passt nicht zu Ihrem Konto oder kam zu spät.",
    nothing: "Zeigen Sie es mit Ihrem Passwort oder einem Passkey.",
  },
  backupCodes: {
    title: "Ihre Ersatzcodes",
    lead: "Drucken Sie sie jetzt aus, oder schreiben Sie sie auf: Sie werden nur dieses eine Mal gezeigt. Jeder ersetzt einen Code Ihrer App, falls Sie sie verlieren. Frühere Ersatzcodes gelten nicht mehr.",
    without:
      "Ohne App und Codes kommt mit einer E-Mail allein niemand am zweiten Schritt vorbei, auch Sie nicht.",
    have: "Ich habe sie",
  },
};
