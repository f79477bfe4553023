// What mails about somebody's requests say, in German.
import type { Letters } from "./letters-en.ts";

export const lettersInGerman: Letters = {
  letters: {
    asked: {
      title: (name) => `${name}: Für Sie wurde ein Anliegen zu Ihren Daten aufgenommen`,
      kinds: {
        access: "zu sehen, was wir über Sie gespeichert haben",
        correction: "etwas zu berichtigen, was wir über Sie gespeichert haben",
        restriction:
          "die Nutzung Ihrer Daten einzuschränken; außer dem Aufbewahren hat jede Nutzung aufgehört",
        objection: "mit einer Nutzung Ihrer Daten aufzuhören",
        erasure:
          "Ihre Daten zu löschen; jede Nutzung hat aufgehört, und bis zu dem Tag lässt es sich zurücknehmen",
      },
      text: (what) => `Jemand, der uns geschrieben hat und in dem wir Sie erkannt haben, bat darum, ${what}.`,
      not: (email, link) =>
        `Waren Sie das nicht, schreiben Sie sofort an ${email}. Was wir gespeichert haben und worum gebeten wurde, sehen Sie über ${link}.`,
    },
    objection: {
      title: (name) => `${name}: unsere Antwort auf Ihren Widerspruch`,
      followed: (use) =>
        `Sie haben dieser Nutzung Ihrer Daten widersprochen: ${use}. Wir folgen Ihrem Widerspruch: Die Nutzung bleibt aus, bis Sie ihn zurücknehmen.`,
      refused: (use) =>
        `Sie haben dieser Nutzung Ihrer Daten widersprochen: ${use}. Wir haben abgewogen und lehnen den Widerspruch ab: Die Nutzung geht von jetzt an weiter.`,
      why: "Was wir dazu sagen:",
      see: (link) => `Was wir gespeichert haben und wie es um jede Nutzung steht, sehen Sie über ${link}.`,
      complain:
        "Sind Sie nicht einverstanden, schreiben Sie uns. Sie können sich auch an die Behörde wenden, die dort, wo Sie leben, für Datenschutz zuständig ist.",
    },
  },
};
