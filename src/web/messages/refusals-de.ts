// What a refusal says, in German; in English it stands where it is refused.
import type { PageWords } from "./en.ts";

export const refusalsInGerman: Pick<PageWords, "refusals"> = {
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
        "Öffnen Sie noch einmal, was wir über Sie haben, und folgen Sie „Berichtigen“ neben dem, was nicht stimmt.",
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
};
