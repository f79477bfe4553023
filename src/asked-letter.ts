// The mail to somebody for whom the staff started a request: what it is, and what to do if it was not them (R7).
import type { Policy } from "./policy/core.ts";
import type { AskedLetter } from "./review/recognise.ts";

const asked: Record<Parameters<AskedLetter>[0], string> = {
  access: "to be shown what we hold about you",
  correction: "to have something corrected that we hold about you",
  restriction: "to have the use of your data restricted; every use but keeping has stopped",
  objection: "to have a use of your data stopped",
  erasure: "to have your data erased; every use has stopped, and until the day it can be taken back",
};

export const askedLetter =
  ({ controller: { name, product, email } }: Policy, origin: () => string): AskedLetter =>
  (kind) => ({
    title: `${product ?? name}: a request about your data was started for you`,
    text:
      `Somebody who wrote to us, and whom we recognised as you, asked ${asked[kind]}.\n\n` +
      `If that was not you, write to ${email} at once. What we hold, and what was asked for, you see by ` +
      `${origin()}/data-request.\n`,
  });
