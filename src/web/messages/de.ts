// The words of the pages in German (P1).
import type { Child } from "hono/jsx";
import { de as statement } from "../../policy/messages/de.ts";
import { accountInGerman } from "./account-de.ts";
import { agesInGerman } from "./ages-de.ts";
import { doorsInGerman } from "./doors-de.ts";
import { downloadInGerman } from "./download-de.ts";
import { erasureInGerman } from "./erasure-de.ts";
import { handlesInGerman } from "./handles-de.ts";
import { heldInGerman } from "./held-de.ts";
import { lettersInGerman } from "./letters-de.ts";
import { publishedInGerman } from "./published-de.ts";
import { refusalsInGerman } from "./refusals-de.ts";
import { waysInGerman } from "./ways-in-de.ts";
import type { PageWords } from "./en.ts";

/** Items as a list in a sentence. */
const listed = (items: Child[]): Child[] =>
  items.flatMap((item, at) => (at === 0 ? [item] : [at === items.length - 1 ? " und " : ", ", item]));

export const de: PageWords = {
  name: "Deutsch",
  locale: "de-DE",
  statement,
  ...doorsInGerman,
  ...accountInGerman,
  ...agesInGerman,
  ...downloadInGerman,
  ...erasureInGerman,
  ...handlesInGerman,
  ...heldInGerman,
  ...lettersInGerman,
  ...publishedInGerman,
  ...waysInGerman,
  ...refusalsInGerman,
  faults: {
    missing: (label) => `${label}: Bitte füllen Sie dies aus.`,
    long: (label, most) => `${label}: höchstens ${most} Zeichen.`,
    invisible: (label) => `${label}: Entfernen Sie die unsichtbaren Steuerzeichen.`,
    email: (label, required) =>
      `${label}: Schreiben Sie sie wie name@example.org${required ? "" : ", oder lassen Sie das Feld leer"}.`,
  },
  frame: {
    skip: "Zum Inhalt",
    site: "Website",
    join: "Sitzung beitreten",
    signIn: "Anmelden",
    console: "Konsole",
    desk: "Verwaltung",
    accountOf: "Konto von ",
    signOut: "Abmelden",
    policy: "Datenschutz und Bedingungen",
    privacy: "Datenschutz",
    cookies: "Cookies",
    terms: "Bedingungen",
    dataRequest: "Was haben Sie über mich?",
    runBy: (version, link) => ["Es gilt die Datenschutzerklärung, ", link(`Fassung ${version}`), "."],
  },
  dataRequest: {
    title: "Was haben Sie über mich?",
    lead: "Geben Sie die E-Mail-Adresse ein, die wir von Ihnen haben könnten. Haben wir darunter etwas, geht eine E-Mail mit einem Link dorthin. Hier erfährt niemand, ob wir etwas haben.",
    address: "E-Mail",
    hint: "Eine Adresse auf einmal. Haben wir vielleicht mehrere von Ihnen, fragen Sie für jede einmal.",
    send: "Link schicken",
    otherWays: "Andere Wege",
    account: (link) => ["Sie haben ein Konto? ", link("Dort steht alles"), "."],
    guest:
      "Sie waren Gast in einer Sitzung? Die Adresse Ihrer eigenen Seite stand in der Sitzung. Sie öffnet sich ohne E-Mail.",
    write: (mail) => ["Oder schreiben Sie uns: ", mail],
    asked: {
      title: "Ihre Frage ist angekommen",
      words: [
        "Haben wir etwas unter dieser Adresse, ist eine E-Mail mit einem Link dorthin unterwegs. Der Link wirkt einmal, einen Tag lang.",
        "Kommt nichts, haben wir nichts darunter, oder die E-Mail liegt bei der Werbung. Ob wir etwas haben, steht nur in dieser E-Mail.",
      ],
      done: "Fertig",
      again: "Für eine andere Adresse fragen",
    },
    openTitle: "Öffnen, was wir über Sie haben",
    openLead:
      "Der Link, der Sie herführte, wirkt einmal. Öffnen Sie ihn, wo Ihnen niemand über die Schulter sieht.",
    open: "Jetzt öffnen",
  },
  news: {
    title: "Eine neue Fassung unserer Datenschutzerklärung",
    words: (version, day) => [
      `Unsere Datenschutzerklärung hat eine neue Fassung ${version}. Was sie neu erlaubt, beginnt für Sie am `,
      day,
      ".",
    ],
    see: "Sehen, was sich ändert",
  },
  front: {
    title: "Jemand hilft Ihnen, live. Es bleibt nur, was die Erklärung sagt.",
    tagline: (name) => `Bei ${name} treffen Sie online jemanden mit Fachwissen und lösen etwas gemeinsam.`,
    lead: "Der Dienst läuft nach seiner Datenschutzerklärung: Was sie nicht nennt, wird nicht aufgezeichnet, und was sie nennt, hat ein Ende.",
    helped: "Jemand hilft Ihnen",
    noAccount: "Ohne Konto. Bevor Sie beitreten, lesen Sie, was aufgezeichnet würde.",
    helping: "Sie helfen anderen",
    technician:
      "Öffnen Sie eine Sitzung, sagen Sie am Telefon einen Code, und Ihre Kundschaft ist da. Es genügen ein Benutzername und ein Passwort oder ein Passkey.",
    register: "Ein Konto eröffnen",
    signIn: "Anmelden",
    signedIn: "Sie sind angemeldet. Ihre Sitzungen, wartende, laufende und frühere, stehen in Ihrer Konsole.",
    console: "Zur Konsole",
    kept: "Was bleibt, und bis wann",
    readFrom: (link) => [
      "Diese Liste kommt aus der ",
      link("Erklärung, nach der der Dienst läuft"),
      ". Sie ist nicht daneben geschrieben.",
    ],
  },
  code: {
    label: "Ihr Code",
    hint: "Wer Ihnen hilft, sagt ihn Ihnen, zum Beispiel RIVER-482-193.",
    send: "Mit diesem Code beitreten",
    expired: "Dieser Code ist abgelaufen. Bitten Sie um einen neuen.",
    unknown: "Keine offene Sitzung hat diesen Code. Fragen Sie noch einmal nach.",
  },
  joinCode: {
    title: "Einer Sitzung beitreten",
    notYet: "Noch nicht: einer Sitzung beitreten",
    lead: "Sie brauchen kein Konto und kein Programm. Sie lesen, was aufgezeichnet würde, bevor Sie sich entscheiden.",
    link: "Sie haben einen Link bekommen? Öffnen Sie ihn: Er führt zur selben Tür.",
  },
  join: {
    title: "Bevor Sie beitreten",
    nothingYet: "Von dieser Sitzung ist noch nichts aufgezeichnet",
    heading: (technician) => ["Eine Sitzung mit ", technician],
    recorded: "Wenn Sie beitreten, wird dies aufgezeichnet",
    from: (version, link) => [
      "Aus der ",
      link(`Datenschutzerklärung, Fassung ${version}`),
      ". Mehr bleibt von der Sitzung nicht.",
    ],
    send: "Beitreten",
    no: "Nein danke",
  },
  form: {
    wrong: "Falsch: ",
    optional: "freiwillig",
    oneWrong: "Eines stimmt noch nicht",
    someWrong: "Einiges stimmt noch nicht",
    agree: (texts) => ["Ich stimme zu: ", ...listed(texts), "."],
    text: (title, version) => `${title}, Fassung ${version}`,
  },
  end: {
    until: "bis",
    clause: "Klausel ",
    notStored: "nicht gespeichert",
  },
  register: {
    title: "Ein Konto eröffnen",
    notYet: "Noch nicht: ein Konto eröffnen",
    lead: "Für alle, die anderen helfen. Es genügen ein Benutzername und ein Passwort oder ein Passkey. Wem Sie helfen, der braucht kein Konto.",
    needed: "Was gebraucht wird",
    optional: "Was leer bleiben darf",
    passive: "Ungefragt aufgezeichnet",
    send: "Konto eröffnen",
    haveOne: (link) => ["Sie haben schon eines? ", link("Melden Sie sich an"), "."],
    password: {
      short: (least) => `Wählen Sie ein Passwort mit mindestens ${least} Zeichen.`,
      long: (most) => `Wählen Sie ein Passwort mit höchstens ${most} Zeichen.`,
      holdsName: "Wählen Sie ein Passwort ohne Ihren Benutzernamen: Solche werden als erste versucht.",
      known: "Wählen Sie ein anderes Passwort: Dieses gehört zu denen, die als erste versucht werden.",
      hint: (least) => `Mindestens ${least} Zeichen, am besten mehrere Wörter.`,
    },
    disagreed: "Setzen Sie das Häkchen, wenn Sie zustimmen. Ohne Zustimmung gibt es kein Konto.",
    taken: "Diesen Benutzernamen gibt es schon. Wählen Sie einen anderen.",
    name: {
      short: (least) => `Wählen Sie einen Namen mit mindestens ${least} Buchstaben.`,
      long: (most) => `Wählen Sie einen Namen mit höchstens ${most} Buchstaben.`,
      letters: "Erlaubt sind nur Buchstaben, Ziffern, Leerzeichen und . _ @ + ' -",
    },
  },
  browser: {
    title: "Ihr Browser ist veraltet",
    words: (browser) =>
      `Er sagt, er sei ${browser}. Seitdem wurden Fehler behoben, die andere gegen Sie nutzen können. Bringen Sie ihn auf den neuesten Stand, wenn Sie können. Nichts ist Ihnen hier deshalb verschlossen, und wir merken es uns nicht.`,
  },
  signIn: {
    title: "Anmelden",
    notYet: "Noch nicht: anmelden",
    userName: "Benutzername",
    password: "Passwort",
    changes: "Was sich mit der Anmeldung ändert",
    notAnonymous: "Von da an sind Sie hier nicht anonym: Was Sie tun, gehört zu Ihrem Konto.",
    seen: (link) => ["Alles, was dazu gehört, sehen Sie auf der ", link("Seite Ihres Kontos"), "."],
    cookie: (name, life) => [
      "Die Anmeldung braucht ein Cookie, ",
      name,
      `: eine Zufallszahl, sie bleibt ${life}. Nimmt Ihr Browser es nicht an, so können Sie nicht angemeldet sein. Jede Seite, die kein Konto braucht, geht trotzdem.`,
    ],
    noAccount: (register, join) => [
      "Noch kein Konto? ",
      register("Eröffnen Sie eines"),
      ". Wer Hilfe bekommt, braucht keines: ",
      join("Treten Sie mit einem Code bei"),
      ".",
    ],
    refused: "Der Benutzername oder das Passwort stimmt nicht.",
  },
  first: {
    title: "Wer den Dienst verwaltet",
    isNew: (name) => `${name} ist neu`,
    heading: "Wer kümmert sich darum?",
    lead: (name) =>
      `Dieser Link kommt aus dem Terminal, in dem ${name} gestartet wurde. Er wirkt einmal: Das Konto, das Sie damit eröffnen, verwaltet den Dienst.`,
    send: "Konto für die Verwaltung eröffnen",
  },
  error: {
    status: (code) => `Status ${code}`,
    decided: "Das hat die Datenschutzerklärung entschieden:",
    front: (name) => `Zur Startseite von ${name}`,
    code: "Wenn Sie uns deshalb schreiben, nennen Sie diesen Code:",
  },
};
