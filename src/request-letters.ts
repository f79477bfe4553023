// The mails about requests, in the person's language: one was started for them, or their objection was answered (R6, R7, P1).
import type { ObjectionLetter } from "./review/object.ts";
import type { AskedLetter } from "./review/recognise.ts";
import type { Spoken } from "./speak-policy.ts";

type Said = readonly [Spoken, ...Spoken[]];

const inLanguage = (spoken: Said, language: string | null): Spoken =>
  spoken.find((one) => one.language === language) ?? spoken[0];

const nameOf = ({ policy: { controller } }: Spoken): string => controller.product ?? controller.name;

const signature = ({ policy: { controller } }: Spoken): string =>
  [controller.name, ...controller.post, controller.email].join("\n");

const askedLetter =
  (spoken: Said, origin: () => string): AskedLetter =>
  (language, kind) => {
    const own = inLanguage(spoken, language);
    const { asked } = own.words.letters;
    return {
      title: asked.title(nameOf(own)),
      text: [
        asked.text(asked.kinds[kind]),
        asked.not(own.policy.controller.email, `${origin()}/data-request`),
        signature(own),
      ].join("\n\n"),
    };
  };

const objectionLetter =
  (spoken: Said, origin: () => string): ObjectionLetter =>
  (language, { purpose, followed, answer }) => {
    const own = inLanguage(spoken, language);
    const { objection } = own.words.letters;
    const use = own.policy.purposes[purpose]?.label ?? purpose;
    return {
      title: objection.title(nameOf(own)),
      text: [
        followed ? objection.followed(use) : objection.refused(use),
        ...(answer === "" ? [] : [`${objection.why}\n${answer}`]),
        objection.see(`${origin()}/data-request`),
        ...(followed ? [] : [objection.complain]),
        signature(own),
      ].join("\n\n"),
    };
  };

/** @param origin address that people reach the service by */
export const requestLetters = (
  spoken: Said,
  origin: () => string,
): { askedLetter: AskedLetter; objectionLetter: ObjectionLetter } => ({
  askedLetter: askedLetter(spoken, origin),
  objectionLetter: objectionLetter(spoken, origin),
});
