// The words of the pages on which people read what is held about them, and what became of an erasure, in German.
import type { HeldWords } from "./held-en.ts";

export const heldInGerman: HeldWords = {
  held: {
    title: "Was über Sie gespeichert ist",
    leads: {
      account:
        "Das ist alles, was zu Ihrem Konto gehört: wo es erhoben wurde, wozu es dient, wer es erhalten darf und wann es endet.",
      mail: "Das ist alles, was über den Menschen gespeichert ist, für den diese E-Mail bestimmt war: wo es erhoben wurde, wozu es dient, wer es erhalten darf und wann es endet.",
      session:
        "Das ist alles, was von Ihrem Anteil an einer Sitzung gespeichert ist. Diese Seite öffnet sich für jeden, der ihre Adresse hat, solange etwas gespeichert ist: Behalten Sie die Adresse für sich.",
    },
    corrected: "Es ist berichtigt.",
    nobodyHad: "Niemand außerhalb hatte den alten Wert.",
    toTell: (recipients) =>
      recipients === 1
        ? "Ein Empfänger hatte den alten Wert und wird unterrichtet:"
        : `${recipients} Empfänger hatten den alten Wert und werden unterrichtet:`,
    seeWhom: "nachsehen, wer",
    until: (at) => ["Diese Seite lässt sich lesen bis ", at, "."],
    waysTitle: "Was Sie tun können",
    ways: {
      ends: { label: "Wann es endet", about: "Alles, was gespeichert ist, das nächste Ende zuerst." },
      download: {
        label: "Zum Mitnehmen",
        about: "Ein Archiv mit allem, zum Lesen und für Programme.",
      },
      use: {
        label: "Die Nutzung einschränken",
        about: "Jede Nutzung außer dem Aufbewahren hört sofort auf, bis Sie das aufheben.",
      },
      eraseAccount: {
        label: "Alles löschen lassen",
        about:
          "Ihr Konto steht sofort still, und am festgesetzten Tag bleibt nichts, außer was wir nach dem Gesetz aufbewahren müssen.",
      },
      erase: {
        label: "Alles löschen lassen",
        about:
          "Jede Nutzung hört sofort auf, und am festgesetzten Tag bleibt nichts, außer was wir nach dem Gesetz aufbewahren müssen.",
      },
      object: {
        label: "Einer Nutzung widersprechen",
        about:
          "Sehen Sie, welche Nutzung auf einem Interesse oder einer Wahl beruht und wohin ein Widerspruch führt.",
      },
      choices: {
        label: "Ihre Wahl",
        about:
          "Sagen Sie Ja oder Nein zu jeder Nutzung, die auf Ihrer Wahl beruht, und sehen Sie, wie es dazu kam.",
      },
      child: {
        label: "Das sind Daten eines Kindes",
        about: "Jemand von uns sieht es sich an, und was einem Kind gehört, wird sofort gelöscht.",
      },
    },
    glance: "Auf einen Blick",
    whoGot: "Wer etwas erhalten hat",
    all: (count) => `Alle ${count} ansehen`,
    inAccount: (data) => `Nur im Konto selbst zu ändern, weil ein Konto daran erkannt wird: ${data}.`,
    fixed: {
      record:
        "Das hat der Dienst vermerkt, als es geschah. Es lässt sich nicht berichtigen, denn dann stünde dort, was nicht geschehen ist; es endet zu seiner Zeit.",
      shared:
        "Das hält fest, was zwischen mehreren Menschen stattfand. Es lässt sich nicht für einen von ihnen berichtigen; was Sie geschrieben haben, lässt sich löschen.",
      secret:
        "Das zeigt, wer Sie sind. Es wird nicht berichtigt, sondern ersetzt, und zwar dort, wo steht, wie Sie sich anmelden.",
      "no-right": "Die Datenschutzerklärung sieht keine Berichtigung vor.",
    },
    handed: {
      title: "Wer etwas über Sie erhalten hat",
      none: "Nichts über Sie ist an jemanden gegangen.",
      times: (count, said, last) => [count === 1 ? "einmal" : `${said}-mal`, ", zuletzt am ", last],
      each: "Jedes Mal, mit Grund",
    },
    correct: "Berichtigen",
    since: (at) => ["Seit ", at],
    // Nouns keep their capital.
    inLine: (label) => label,
    none: "Davon ist nichts gespeichert.",
    noneHere: "Auf dieser Seite ist davon nichts gespeichert.",
    pages: {
      name: "Seiten",
      here: (from, to, of) => `${from} bis ${to} von ${of}`,
      none: (of) => `keine von ${of}`,
      before: "Zurück",
      after: "Weiter",
    },
    session: {
      title: "Eine Sitzung, an der Sie teilgenommen haben",
      lead: "Das ist davon gespeichert, soweit es Sie betrifft oder Sie es mit anderen teilen. Was nur andere sehen dürfen, etwa die Adresse, von der sie kamen, steht nicht hier.",
      first: (shown, count) => `Das sind die ersten ${shown} von ${count}; der Download enthält alle.`,
      chat: "Chat",
      noChat: "Es wurde nichts geschrieben, oder was geschrieben wurde, ist abgelaufen.",
      gone: "Diese Nachricht wurde gelöscht oder zurückgehalten.",
      you: "Sie",
      somebody: "Jemand",
    },
    ends: {
      title: "Wann es endet",
      lead: "Alles, was über Sie gespeichert ist, das nächste Ende zuerst. Was abgelaufen ist, ist binnen einer Stunde fort, und aus Sicherungskopien, sobald diese ablaufen.",
      none: "Es ist nichts gespeichert.",
      notBegun: "die Frist hat noch nicht begonnen",
      between: (first, last) => ["ab ", first, ", das letzte am ", last],
      waiting: (count) => `bei ${count} hat die Frist noch nicht begonnen`,
    },
  },
  erased: {
    titles: {
      open: "Ihr Konto ist geschlossen",
      running: "Ihre Daten werden gerade gelöscht",
      done: "Ihre Daten wurden gelöscht",
      refused: "Diese Löschung wurde abgelehnt",
      "taken-back": "Diese Löschung wurde zurückgenommen",
    },
    asked: "Verlangt am",
    due: "Fällig am",
    done: "Erledigt am",
    closed: "Abgeschlossen am",
    open: "Nichts über Sie wird mehr genutzt. Bis zu jenem Tag können Sie die Löschung zurücknehmen: Melden Sie sich an, dann kommen Sie auf die Seite dafür.",
    signIn: "Löschung zurücknehmen",
    keep: "Heben Sie die Adresse dieser Seite auf. Sind Ihre Daten fort, steht hier die Quittung, und nichts anderes führt Sie noch hierher.",
    receipt: "Die Quittung",
    records: (count, said) => `${said} ${count === 1 ? "Eintrag" : "Einträge"}`,
    orMore: (records) => `mindestens ${records}`,
    kept: "Aufbewahrt, weil ein Gesetz es verlangt",
    sealed: (records, law, span) =>
      span === null ? `${records}, verschlossen: ${law}` : `${records}, verschlossen: ${law}, ${span} lang`,
    years: (count) => `${count} Jahre`,
    days: (count) => `${count} Tage`,
    download: "Herunterladen",
    check: (command) => ["Wer unseren öffentlichen Schlüssel hat, kann sie prüfen: ", command],
  },
};
