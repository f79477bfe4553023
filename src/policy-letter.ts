// What a mail about a new version of the policy says: what changes, from when, and where it stands in full (P2).
import type { Activation } from "./keep/activate.ts";
import type { Policy } from "./policy/core.ts";

const day = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "long",
  year: "numeric",
});

/**
 * The letter, in plain text.
 * @param origin address that people reach the service by
 */
export const policyLetter =
  ({ controller, changes }: Policy, origin: () => string) =>
  ({ version, effective }: Pick<Activation, "version" | "effective">): { title: string; text: string } => {
    const name = controller.product ?? controller.name;
    return {
      title: `${name}: version ${version} of our privacy statement`,
      text: [
        `Our privacy statement has a new version, ${version}.`,
        `What it allows anew begins for you ${changes.noticeDays} days after this mail, and not before ${day.format(effective)}. ` +
          "What needs your own yes stays off until you say yes.",
        `What changes: ${origin()}/privacy/v/${version}`,
        `Your choices: ${origin()}/account/choices`,
        [controller.name, ...controller.post, controller.email].join("\n"),
      ].join("\n\n"),
    };
  };
