// What a mail with a link to what is held says: who may have asked, what it opens, and for how long (R7).
import type { Policy } from "./policy/core.ts";
import type { LinkLetter } from "./review/mailed-link.ts";

const instant = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "long", timeStyle: "short" });

/** The letter, in plain text. @param origin address that people reach the service by */
export const reviewLetter =
  ({ controller }: Policy, origin: () => string): LinkLetter =>
  (token, endsAt) => {
    const name = controller.product ?? controller.name;
    return {
      title: `${name}: what we hold about you`,
      text: [
        `Somebody, probably you, asked ${name} what it holds about the person with this e-mail address.`,
        `This link shows it, once, until ${instant.format(endsAt)} UTC:`,
        `${origin()}/data-request/${token}`,
        "If you did not ask, you need not do anything: without this link nobody is shown anything. " +
          "If several accounts name this address, each has a mail of its own.",
        [controller.name, ...controller.post, controller.email].join("\n"),
      ].join("\n\n"),
    };
  };
