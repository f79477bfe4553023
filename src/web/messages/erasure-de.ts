// The words of the pages on which people restrict the use of their data, ask for its erasure and take that back, in German.
import type { ErasureWords } from "./erasure-en.ts";

export const erasureInGerman: ErasureWords = {
  erasure: {
    title: "Ihre Daten löschen",
    asked: "Ihre Daten werden gelöscht",
    lead: {
      account: (due, clause) => [
        "Verlangen Sie das jetzt, ist Ihr Konto sofort geschlossen. Gelöscht wird alles am ",
        due,
        " ",
        clause,
        ".",
      ],
      link: (due, clause) => [
        "Verlangen Sie das jetzt, hört jede Nutzung Ihrer Daten sofort auf. Gelöscht wird alles am ",
        due,
        " ",
        clause,
        ".",
      ],
    },
    untilThen: "Bis dahin",
    goesOn: (purposes) =>
      `Sobald Sie es verlangen, nutzen wir nichts mehr über Sie, außer um ${purposes.join("; um ")}.`,
    meanwhile: {
      account:
        "Sie werden überall abgemeldet. Sie können sich wieder anmelden, um die Löschung zurückzunehmen oder um zu sehen und mitzunehmen, was gespeichert ist.",
      link: "Nehmen Sie gerade an einer Sitzung teil, endet Ihre Teilnahme. Mit einem Link zu Ihren Daten können Sie die Löschung zurücknehmen.",
    },
    because: (why) => `Warum wir warten: ${why}.`,
    heldTitle: "Was die Löschung aufschiebt",
    held: (by, at, end) => [
      `Diesen Aufschub hat ${by} gesetzt, am `,
      at,
      ". Er endet spätestens am ",
      end,
      ", dann folgt die Löschung.",
    ],
    askedAt: (at, due) => ["Sie haben es am ", at, " verlangt. Fällig ist es am ", due, "."],
    counted: (calendar) => `Gezählt nach: ${calendar}.`,
    fixed: (link) => [
      "Der Tag stand fest, als Sie es verlangten, und verschiebt sich nicht. Was daraus wurde, steht ",
      link("auf einer eigenen Seite"),
      ": Heben Sie ihre Adresse auf, denn alles andere von Ihnen wird fort sein.",
    ],
    running: "Der Tag ist da, und die Löschung läuft. Sie lässt sich nicht mehr zurücknehmen.",
    takeBack: { account: "Zurücknehmen und mein Konto öffnen", link: "Zurücknehmen" },
    goesTitle: "Was an dem Tag gelöscht wird",
    keys: "Zuerst gehen die Schlüssel, unter denen alles verschlossen ist: Von da an kann es niemand mehr lesen, wo auch immer eine Kopie liegt. Was Sie in Sitzungen geschrieben haben, verschwindet auch aus dem Chat der anderen. Deren eigene Worte bleiben.",
    backups: (days) =>
      `Sicherungskopien, die dann niemand mehr lesen kann, sind spätestens nach ${days} ${days === "1" ? "Tag" : "Tagen"} überschrieben.`,
    keptTitle: "Was wir nach dem Gesetz aufbewahren müssen",
    kept: (what, law, span) =>
      `${what}: ${law}${span === null ? "" : `, ${span} lang`}. Es bleibt verschlossen.`,
    holdsTitle: "Was die Löschung aufschieben kann",
    hold: (about, days) => `${about}, höchstens ${days} ${days === "1" ? "Tag" : "Tage"}`,
    ask: { account: "Mein Konto schließen und meine Daten löschen", link: "Meine Daten löschen" },
    leave: { account: "Nein, zurück zu meinem Konto", link: "Nein, zurück zu dem, was gespeichert ist" },
  },
  use: {
    title: "Nutzung Ihrer Daten",
    lead: (clause) => [
      "Sie können uns sagen, dass wir Ihre Daten aufbewahren und zu nichts nutzen. Das gilt sofort und so lange, bis Sie es aufheben ",
      clause,
      ".",
    ],
    restricted: (state, since) => [
      state("Eingeschränkt"),
      " seit ",
      since,
      ". Wir bewahren Ihre Daten auf und nutzen sie nur für das, was unten steht.",
    ],
    wouldStop: { title: "Was aufhören würde", lead: "Wir würden Ihre Daten nicht mehr nutzen, um" },
    hasStopped: { title: "Was aufgehört hat", lead: "Wir nutzen Ihre Daten nicht, um" },
    seats:
      "Eine Sitzung, die Sie halten, endet. In einer, an der Sie teilnehmen, endet Ihre Teilnahme. Was Sie geschrieben haben, sehen die anderen nicht, solange die Einschränkung gilt.",
    goesOn: { title: "Was weitergeht", lead: "Wir nutzen sie weiterhin, um" },
    restrict: "Nutzung einschränken",
    lift: "Einschränkung aufheben",
    back: { account: "Zurück zu Ihrem Konto", link: "Zurück zu dem, was gespeichert ist" },
  },
};
