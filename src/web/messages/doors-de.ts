// The words of the doors beside the password, in German.
import type { Doors } from "./doors-en.ts";

export const doorsInGerman: Doors = {
  passkey: {
    signIn: "Mit einem Passkey anmelden",
    instead: "Statt eines Passworts einen Passkey nehmen",
    made: "Ihr Gerät hat für dieses Konto einen Passkey gemacht. Behalten wird er, sobald das Konto offen ist.",
    needsScript:
      "Ein Passkey braucht das eigene Skript dieser Website, das Ihr Browser nicht ausführt. Das Passwort geht ohne.",
    missing:
      "Dieser Browser kann keine Passkeys, oder nicht unter dieser Adresse: Sie brauchen https. Das Passwort geht ohne.",
    notMade: "Es wurde kein Passkey gemacht. Versuchen Sie es noch einmal, oder nehmen Sie ein Passwort.",
    notGiven: "Es kam kein Passkey. Versuchen Sie es noch einmal, oder nehmen Sie Ihr Passwort.",
    refused:
      "Dieser Passkey passt zu keinem Konto hier oder kam zu spät. Versuchen Sie es noch einmal, oder nehmen Sie Ihr Passwort.",
    refusedNew:
      "Der Passkey Ihres Geräts ließ sich nicht prüfen. Versuchen Sie es noch einmal, oder wählen Sie ein Passwort.",
  },
  secondStep: {
    title: "Der zweite Schritt",
    notYet: "Noch nicht: der zweite Schritt",
    lead: "Ihr Passwort stimmt. Geben Sie nun den Code ein, den Ihre App zeigt, oder einen Ihrer Ersatzcodes.",
    code: "Code",
    hint: "Jeder Code gilt einmal. Wurde der Code der App gerade benutzt, so warten Sie auf den nächsten.",
    send: "Anmelden",
    refused:
      "Dieser Code stimmt nicht oder wurde schon benutzt. Warten Sie auf den nächsten, oder nehmen Sie einen Ersatzcode.",
    over: "Das hat zu lange gedauert. Deshalb wird noch einmal nach dem Passwort gefragt.",
    lost: (contact) => [
      "Sie haben weder App noch Ersatzcodes? ",
      contact("Schreiben Sie uns"),
      ". Eine Mail allein bringt niemanden am zweiten Schritt vorbei.",
    ],
  },
  newPassword: {
    forgotten: "Passwort vergessen?",
    title: "Ein neues Passwort per Mail",
    lead: "Geben Sie die Adresse ein, die Sie für Ihr Konto bestätigt haben. An sie geht eine Mail mit einem Link. Er gilt einmal, und eine Stunde lang.",
    without:
      "Ohne bestätigte Adresse geht das nicht. Ein Passkey öffnet Ihr Konto auch dann, und das Passwort ebenso.",
    send: "Link schicken",
    sent: "Ist diese Adresse für ein Konto bestätigt, so ist eine Mail unterwegs",
    sentWords: [
      "Die Antwort ist hier für jede Adresse dieselbe. So erfährt niemand, wer ein Konto hat.",
      "Nach einigen Minuten ist nichts gekommen? Sehen Sie unter den unerwünschten Mails nach, oder ob Sie eine andere Adresse bestätigt haben.",
    ],
    choose: "Wählen Sie ein neues Passwort",
    for: (userName) => ["Für das Konto ", userName, "."],
    ends: "Danach ist jeder Browser abgemeldet, der mit diesem Konto angemeldet war.",
    change: "Passwort ändern",
    done: "Ihr Passwort ist geändert",
    doneWords: ["Jeder Browser, der angemeldet war, ist abgemeldet. Der Link gilt nicht noch einmal."],
  },
};
