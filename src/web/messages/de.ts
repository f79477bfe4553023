// The words of the pages in German (P1).
import type { Child } from "hono/jsx";
import { de as statement } from "../../policy/messages/de.ts";
import { agesInGerman } from "./ages-de.ts";
import { doorsInGerman } from "./doors-de.ts";
import { downloadInGerman } from "./download-de.ts";
import { handlesInGerman } from "./handles-de.ts";
import { heldInGerman } from "./held-de.ts";
import { lettersInGerman } from "./letters-de.ts";
import type { PageWords } from "./en.ts";

/** Items as a list in a sentence. */
const listed = (items: Child[]): Child[] =>
  items.flatMap((item, at) => (at === 0 ? [item] : [at === items.length - 1 ? " und " : ", ", item]));

export const de: PageWords = {
  name: "Deutsch",
  locale: "de-DE",
  statement,
  ...doorsInGerman,
  ...agesInGerman,
  ...downloadInGerman,
  ...handlesInGerman,
  ...heldInGerman,
  ...lettersInGerman,
  refusals: {
    "not-found": {
      title: "Hier ist nichts",
      words: "Die Adresse führt nirgendwohin.",
      remedy: "Prüfen Sie die Adresse, oder beginnen Sie auf der Startseite.",
    },
    "sign-in-needed": {
      title: "Bitte melden Sie sich an",
      words: "Diese Seite gehört zu einem Konto.",
      remedy: "Melden Sie sich an und öffnen Sie sie noch einmal.",
    },
    "ask-again": {
      title: "Sind Sie es noch?",
      words:
        "Bevor etwas aus einem Konto gezeigt wird, fragt die Richtlinie nach einer Weile noch einmal, wer Sie sind.",
      remedy: "Zeigen Sie es, dann geht es dort weiter, wo Sie waren.",
    },
    "not-yours": {
      title: "Das steht Ihnen nicht offen",
      words: "Die Datenschutzerklärung öffnet diese Seite nur für andere.",
      remedy: "Wenn Sie sie sehen sollten, melden Sie sich mit dem Konto an, zu dem sie gehört.",
    },
    "no-such-choice": {
      title: "Hier steht das nicht zur Wahl",
      words:
        "Die Datenschutzerklärung bietet diese Wahl auf dieser Seite nicht an. Darum ist nichts geändert.",
      remedy: "Öffnen Sie Ihre Wahl noch einmal und beantworten Sie eine, die dort steht.",
    },
    "use-restricted": {
      title: "Diese Verwendung haben Sie eingeschränkt",
      words:
        "Sie haben uns gesagt, Ihre Daten nur noch für Ihre eigenen Rechte zu verwenden. Darum tut diese Seite vorerst nichts.",
      remedy: "Heben Sie die Einschränkung auf der Seite Ihres Kontos auf, wenn Sie weitermachen möchten.",
    },
    "account-closed": {
      title: "Dieses Konto ist geschlossen",
      words: "Sie haben um seine Löschung gebeten. Darum wird nichts darin mehr verwendet.",
      remedy: "Bis zum Tag der Löschung können Sie das auf ihrer Seite zurücknehmen.",
    },
    "invite-unknown": {
      title: "Diese Einladung ist nicht bekannt",
      words: "Der Link oder Code führt zu keiner Sitzung.",
      remedy: "Lassen Sie sich den Link noch einmal schicken oder den Code noch einmal sagen.",
    },
    "invite-expired": {
      title: "Diese Einladung ist abgelaufen",
      words: "Eine Einladung gilt einen Tag lang, und diese ist älter.",
      remedy: "Bitten Sie um eine neue.",
    },
    "session-ended": {
      title: "Diese Sitzung ist zu Ende",
      words: "Niemand kann ihr mehr beitreten.",
      remedy: "Bitten Sie darum, dass eine neue geöffnet wird.",
    },
    "session-full": {
      title: "Diese Sitzung ist voll",
      words: "Es sind schon so viele darin, wie sie aufnimmt.",
      remedy: "Bitten Sie darum, dass jemand geht oder eine weitere Sitzung geöffnet wird.",
    },
    "too-many-tries": {
      title: "Zu viele Versuche",
      words: "Von hier aus wurde es zu oft versucht.",
      remedy: "Warten Sie ein paar Minuten und versuchen Sie es dann noch einmal.",
    },
    "from-elsewhere": {
      title: "Von einer anderen Website geschickt",
      words: "Dieses Formular kam nicht von einer unserer Seiten, darum ist nichts geschehen.",
      remedy: "Öffnen Sie die Seite hier und schicken Sie es noch einmal.",
    },
    "too-large": {
      title: "Das ist zu viel auf einmal",
      words: "Es ist mehr, als diese Seite annimmt, darum wurde nichts gespeichert.",
      remedy: "Kürzen Sie es und schicken Sie es noch einmal.",
    },
    "unreadable-form": {
      title: "Dieses Formular ist nicht lesbar",
      words: "Was ankam, ist kein Formular oder brach unterwegs ab, darum ist nichts geschehen.",
      remedy: "Öffnen Sie die Seite neu, füllen Sie sie aus und schicken Sie sie ab.",
    },
    "link-over": {
      title: "Dieser Link gilt nicht, oder nicht mehr",
      words:
        "Er wurde schon benutzt, ist älter, als er sein darf, oder nicht ganz angekommen. Geändert wurde nichts.",
      remedy: "Lassen Sie sich einen neuen schicken. Jeder Link, den wir schicken, gilt einmal.",
    },
    "link-used": {
      title: "Dieser Link wurde benutzt oder ist abgelaufen",
      words: "Er wirkt einmal, und nur bis der Dienst neu gestartet wird.",
      remedy:
        "Wenn mit ihm niemand die Verwaltung übernehmen konnte, starten Sie den Dienst neu. Dann gibt es einen neuen.",
    },
    "download-over": {
      title: "Dieser Link zum Herunterladen gilt nicht mehr",
      words: "Seine Zeit ist um, also wurde nichts geladen.",
      remedy: "Legen Sie dort, wo Sie herkamen, einen neuen an.",
    },
    "download-running": {
      title: "Ein Archiv ist schon unterwegs",
      words: "Zu jeder Person geht zur selben Zeit nur eines hinaus.",
      remedy:
        "Warten Sie, bis es da ist, oder brechen Sie es dort ab, wo Sie herkamen, falls es hängen geblieben ist.",
    },
    "downloads-busy": {
      title: "Zurzeit werden zu viele Archive geladen",
      words: "Damit für die Sitzungen genug bleibt, gehen nur wenige zugleich hinaus.",
      remedy: "Versuchen Sie es in ein paar Minuten noch einmal. Ihr Link gilt weiter.",
    },
    "review-link-over": {
      title: "Dieser Link öffnet nichts",
      words:
        "Er wurde schon benutzt, seine Zeit ist um, das, wohin er führte, ist gelöscht, oder er ist nicht vollständig.",
      remedy: "Fordern Sie unten auf jeder Seite unter „Was haben Sie über mich?“ einen neuen an.",
    },
    "not-correctable": {
      title: "Hier lässt sich nichts berichtigen",
      words:
        "Was Sie uns selbst angegeben haben, lässt sich berichtigen. Was festgehalten wurde, während es geschah, lässt sich nicht ändern, und was zu Ende ist, ist nicht mehr da.",
      remedy:
        "Öffnen Sie noch einmal, was wir über Sie haben, und folgen Sie „Correct“ neben dem, was nicht stimmt.",
    },
    "no-room": {
      title: "Hier ist kein Platz mehr",
      words:
        "Der Datenträger dieses Dienstes ist voll, darum wurde nicht gespeichert, was Sie geschickt haben, oder nicht alles davon.",
      remedy:
        "Versuchen Sie es später noch einmal. Wer diesen Dienst betreibt, erfährt es aus seinem Protokoll.",
    },
    fault: {
      title: "Hier ist etwas kaputtgegangen",
      words: "Der Fehler liegt bei uns. Was Sie geschickt haben, ist vielleicht nicht gespeichert.",
      remedy: "Versuchen Sie es gleich noch einmal. Bleibt es dabei, nennen Sie uns den Code unten.",
    },
  },
  faults: {
    missing: (label) => `${label}: Bitte füllen Sie dies aus.`,
    long: (label, most) => `${label}: höchstens ${most} Zeichen.`,
    invisible: (label) => `${label}: Entfernen Sie die unsichtbaren Steuerzeichen.`,
    email: (label) => `${label}: Schreiben Sie sie wie name@example.org, oder lassen Sie das Feld leer.`,
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
  policy: {
    version: (version, day) => [`Fassung ${version}, gültig ab `, day],
    runs: (name) =>
      `${name} läuft nach der Erklärung, aus der diese Seite entsteht. Was hier nicht steht, geschieht nicht.`,
    notThisOne: (link) => ["Das ist nicht die Fassung, die gilt. ", link("Lesen Sie die geltende"), "."],
    short: "Kurz gesagt",
    contents: "Inhalt",
    machines: (json, dpv) => [
      "Dasselbe für Maschinen: ",
      json("privacy.json"),
      ", und in den Begriffen des Data Privacy Vocabulary des W3C ",
      dpv("privacy.jsonld"),
      ".",
    ],
    line: (line) => `Zeile ${line} der Richtlinie`,
    see: "Sehen, wie es wirkt",
    ofClause: (id) => `: Klausel ${id}`,
    table: (title) => `${title}: Tabelle`,
  },
  cookies: {
    title: "Cookies, und was Ihr Browser sonst für uns aufhebt",
    from: (version, link) => [
      "Das ist ein Teil unserer ",
      link(`Datenschutzerklärung, Fassung ${version}`),
      ". Was hier nicht steht, wird nicht gesetzt.",
    ],
  },
  document: {
    title: (title, version) => `${title}, Fassung ${version}`,
    version: (version) => `Fassung ${version}`,
    from: (day) => [", vom ", day],
    notCurrent: "Diese Fassung gilt nicht mehr. Am Ende der Seite stehen alle Fassungen.",
    versions: "Fassungen",
    first: "Dies ist die erste.",
    onlyIn: (language) => `Das gibt es nicht auf Deutsch. Es steht hier auf ${language}.`,
    changed: (version) => `Was Fassung ${version} geändert hat`,
  },
  see: {
    title: "Sehen, wie es wirkt",
    of: (clause) => `Sehen, wie es wirkt: ${clause}`,
    where: "Wo es wirkt",
    nowhere: "Noch zeigt keine eigene Seite das.",
    afterSignIn: "Was zu einem Konto gehört, wird nach der Anmeldung gezeigt.",
    rules: (count) => (count === 1 ? "Die Regel, die es sagt" : "Die Regeln, die es sagen"),
    at: (file, line) => `${file}, Zeile ${line}`,
    unwritten: "Gilt, ohne in der Datei zu stehen.",
    more: (lines) => `Und ${lines} weitere Zeilen.`,
    enforces: "Was sie durchsetzt",
    promises: (count) => (count === 1 ? "Die Zusage dahinter" : "Die Zusagen dahinter"),
    noPromise: "Diese Klausel gehört zu keiner Zusage, die ein Test zeigen könnte.",
    ran: (at) => ["Wie der letzte Testlauf es zeigte, am ", at, "."],
    noResults: (command) => [
      "Hier liegen keine Testergebnisse. Sie kommen von ",
      command,
      ", ausgeführt dort, wo dieser Dienst installiert ist.",
    ],
    noResultsHere: "hier keine Ergebnisse",
    standings: { kept: "gehalten", broken: "gebrochen", "not yet tested": "noch nicht getestet" },
    results: (status) => ({ passed: "bestanden", failed: "nicht bestanden" })[status] ?? status,
    back: "Zurück zur Erklärung",
  },
  live: {
    account: "Ihr Konto",
    data: "Alles, was wir über Sie haben",
    dataRequest: "Fragen, was wir über Sie haben",
    sessions: "Ihre Sitzungen",
    register: "Das Formular, das ein Konto eröffnet",
    signIn: "Das Formular zur Anmeldung",
    join: "Einer Sitzung beitreten",
    cookies: "Die Tabelle der Cookies",
    versions: "Die Erklärung nach Fassungen",
    contact: "Wie Sie uns erreichen",
    childReport: "Daten eines Kindes melden",
  },
  enforced: {
    asksAge: [
      "Frage nach dem Alter",
      "Steht vor dem Formular, verrät die Grenze nicht und behält kein Datum. Von Menschen, die zu jung sind, wird nichts gespeichert, auch nicht, dass sie gefragt haben.",
    ],
    corrects: [
      "Was wir über Sie haben",
      "Was Sie angegeben haben, wird an seinem Platz neu versiegelt, für jede Wiederherstellung vermerkt und denen geschuldet, die den alten Wert bekamen.",
    ],
    takesClear: (table, what) => [`Tabelle ${table}`, `Nimmt auf: ${what}.`],
    takesSealed: (table, what) => [
      `Tabelle ${table}`,
      `Nimmt auf, versiegelt unter dem eigenen Schlüssel des Menschen: ${what}.`,
    ],
    takesBoth: (table, clear, sealed) => [
      `Tabelle ${table}`,
      `Nimmt auf: ${clear}. Versiegelt unter dem eigenen Schlüssel des Menschen: ${sealed}.`,
    ],
    compares: (what) => [
      "Formular",
      `Vergleicht mit dem Gespeicherten und speichert hier nichts davon: ${what}.`,
    ],
    states: (role, purpose, tables) => [
      `Datenbankrolle ${role}`,
      `Nennt den Zweck „${purpose}“. Dafür zeigt PostgreSQL Zeilen aus: ${tables}.`,
    ],
    noRoom: (what) => [
      "Register",
      `Keine Tabelle hat Platz dafür, es kann nicht gespeichert werden: ${what}.`,
    ],
    holds: (table, what) => [`Tabelle ${table}`, `Enthält: ${what}.`],
    ends: (table, what) => [
      `Aufräumen der Tabelle ${table}`,
      `Beendet binnen Minuten nach der genannten Zeit: ${what}.`,
    ],
    choices: [
      "Ihre Wahl",
      "Sagt Ja oder Nein. Was erlaubt ist, ändert sich im selben Schritt, in der Zeile des Menschen.",
    ],
    tried: [
      "Prüfung vor dem Start",
      "Jede denkbare Anfrage wurde dagegen versucht. Eine Richtlinie, die es bricht, läuft nicht an.",
    ],
    fact: ["Diese Seite", "Sie nennt eine Tatsache und zeigt sie aus der Richtlinie, die gilt."],
    published: [
      "Tabelle document",
      "Jede Fassung bleibt unter ihrer Prüfsumme erhalten. Ein Text, der sich unter derselben Nummer änderte, hält den Start auf.",
    ],
    cookie: (name) => [
      "Cookies",
      `${name} wird so lange gesetzt, wie es hier steht. Ein Cookie, das nicht genannt ist, kann nicht gesetzt werden.`,
    ],
    tab: (name) => [
      "Die Seite der Sitzung",
      `Hält ${name} im Tab und leert es, wenn das Geschriebene angekommen ist oder Sie die Sitzung verlassen.`,
    ],
    ownRows: [
      "Zeilenregeln",
      "Zeigen Zeilen einer Sitzung denen, die an ihr teilnehmen, und sonst niemandem.",
    ],
    deskPages: (pages) => [
      "Verwaltung",
      `Öffnet dieser Rolle ${pages}, weil diese Regel es sagt, und keiner Rolle, der sie fehlt. Jeder Blick wird vermerkt und dem Menschen gesagt.`,
    ],
    takeAlong: ["Download", "Gibt dem Menschen ein Archiv mit allem, zum Lesen und für Programme."],
    restricts: [
      "Erlaubnisse",
      "Werden dem Menschen in der Transaktion seines Antrags entzogen, so dass Zeilenregeln seine Zeilen für nichts anderes zeigen; er bekommt sie wieder, sobald er es aufhebt.",
    ],
    erases: [
      "Löschung",
      "Schließt das Konto in der Transaktion des Antrags; am Tag selbst werden die Schlüssel des Menschen vernichtet, dann die Zeilen entfernt, und eine Quittung wird unterschrieben.",
    ],
    copies: [
      "Kopien",
      "Sind verschlossen, werden nach dem Schreiben zurückgelesen und entfernt, wenn diese Regel es sagt. Wird eine zurückgespielt, ist das seither Gelöschte wieder gelöscht, bevor sie antwortet.",
    ],
    mailed: [
      "E-Mail",
      "Fragt diese Regel, wenn eine E-Mail eingereiht wird, und noch einmal, bevor sie weitergegeben wird.",
    ],
    noted: [
      "Tabellen disclosure und ledger",
      "Jede weitergegebene E-Mail ist vermerkt: für den Menschen, und unterschrieben.",
    ],
    news: ["Jede Seite", "Sagt es allen, die angemeldet sind und noch unter einer früheren Fassung stehen."],
    permissions: [
      "Was erlaubt ist",
      "Ist, was beide Fassungen erlauben, bis die Tage der Ankündigung um sind.",
    ],
    asksAgain: (minutes) => [
      "Jede Adresse",
      `Zeigt oder ändert sie etwas an einem Konto, so fragt sie ${minutes} Minuten nach dem letzten Nachweis, wer da ist. Eine Adresse, die niemand als offen benannt hat, fragt.`,
    ],
    walls: [
      "Die Wände",
      "Register, Zeilenregeln und Siegel werden bei jedem Start mit dem verglichen, was sie sein sollen.",
    ],
  },
  notBuilt: {
    title: "Noch nicht gebaut",
    takes: (what) => `Nichts nimmt hier auf: ${what}.`,
    states: (purpose) =>
      `Kein Teil des Programms nennt den Zweck „${purpose}“. Ohne genannten Zweck wird keine Zeile gezeigt.`,
    holds: (what) => `Keine Tabelle enthält: ${what}.`,
    choices: (places) => `Noch nicht wählen kann man es: ${places}.`,
    cookie: (name) => `Nichts setzt ${name}.`,
    shares: "Nichts gibt ihnen Daten, darum verlässt nichts das Haus.",
    signals: "Was ein Browser signalisiert, wird nicht gelesen.",
    role: "Keine Seite zeigt es jemandem in dieser Rolle.",
    enforces: "Nichts setzt das durch.",
  },
  changed: {
    title: (from) => `Was sich seit Fassung ${from} geändert hat`,
    nothing: "Was erlaubt ist und wie lange etwas bleibt, ist wie zuvor.",
    clauses: (count) => `Klauseln, die anders lauten (${count})`,
    before: "Vorher: ",
    now: "Jetzt: ",
    gone: "steht nicht mehr da",
    groups: {
      allowed: "Was neu erlaubt ist",
      refused: "Was nicht mehr geschieht",
      longer: "Was länger bleibt",
      shorter: "Was kürzer bleibt",
      otherwise: "Was anders endet",
      texts: "Texte mit neuer Fassung",
      cookies: "Cookies",
      countries: "Länder unter anderen Regeln",
    },
    quoted: (text) => `„${text}“`,
    acts: {
      collect: (what, where) => `erheben, bei ${where}: ${what}`,
      use: (what) => `verwenden: ${what}`,
      look: (what, who) => `zeigen (${who}): ${what}`,
      share: (what, who) => `weitergeben (${who}): ${what}`,
      keep: (what) => `behalten: ${what}`,
    },
    purpose: (about) => `Um ${about}:`,
    choices: {
      given: "die Ja gesagt haben",
      refused: "die Nein gesagt haben",
      unset: "die nicht gewählt haben",
      "assumed+unset": "die nicht gewählt haben",
      assumed: "deren Ja angenommen wird",
      "assumed+given": "die Ja gesagt haben oder deren Ja angenommen wird",
      "assumed+given+unset": "die nicht Nein gesagt haben",
      "assumed+refused+unset": "die nicht Ja gesagt haben",
      "refused+unset": "die nicht Ja gesagt haben",
    },
    ages: {
      under: (limit) => `die unter ${limit} sind`,
      "under+unknown": (limit) => `die unter ${limit} sind oder deren Alter nicht bekannt ist`,
      unknown: () => "deren Alter nicht bekannt ist",
      over: (limit) => `die sicher ${limit} oder älter sind`,
    },
    accounts: {
      active: "offen",
      restricted: "eingeschränkt",
      deactivated: "geschlossen",
      erased: "gelöscht",
    },
    account: (states) => `deren Konto ${states.join(" oder ")} ist`,
    people: (regions, parts) =>
      `Betrifft ${[`Menschen${regions.length > 0 ? ` (${regions.join(" oder ")})` : ""}`, ...parts].join(", ")}.`,
    waits: "Wartet auf das eigene Ja jedes Menschen.",
    told: (time) => `Wir sagen es ihnen mindestens ${time} vorher.`,
    end: (what, from, after, before) => `${what} (von ${from}): ${after}. Vorher: ${before}.`,
    textGone: (title) => `„${title}“ gilt nicht mehr.`,
    textNew: (title) => `„${title}“ ist neu.`,
    textChanged: (title, from, to) => `„${title}“: Fassung ${to} anstelle von Fassung ${from}.`,
    asked: "Wer ein Konto hat, wird um Zustimmung gebeten.",
    cookieGone: (name) => `${name} wird nicht mehr gesetzt.`,
    cookieNew: (name, life, purpose) => `${name}: ${life}, für: ${purpose}. Es ist neu.`,
    cookieChanged: (name, [life, purpose], [oldLife, oldPurpose]) =>
      `${name}: ${life}, für: ${purpose}. Vorher: ${oldLife}, für: ${oldPurpose}.`,
    countries: (names, is, was) =>
      `Für Menschen von dort (${names}) gelten die Regeln für: ${is}. Vorher: ${was}.`,
  },
};
