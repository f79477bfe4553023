// The desk's page of a changed policy file, in each of its states.
import type { Looked } from "../../src/change-policy.ts";
import type { Site } from "../../src/web/pages/layout.tsx";
import { PolicyChangePage } from "../../src/web/pages/policy-change-page.tsx";

const looked: Looked = {
  digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  version: 4,
  effective: "2027-01-15",
  runs: false,
  warnings: ["The text of “Terms of use” has changed, and its version is still 1: give it a higher one."],
  owed: { notice: ["direct-marketing"], consent: ["direct-marketing"], tellBy: "2026-12-16" },
  groups: [
    {
      id: "allowed",
      title: "What is newly allowed",
      items: [
        {
          text: "To write to you about specials and new products of ours:",
          parts: ["collect phone at “Register as a technician”", "use phone"],
          who: "Concerns people in the EEA, Switzerland or the UK, who have said yes.",
          first: "Waits for each person’s own yes.",
          concerned: { count: 212, of: 4_310 },
        },
        { text: "The page of cookies names one more.", concerned: null },
      ],
    },
  ],
  clauses: [
    { id: "use-direct-marketing", before: "We use your e-mail.", after: "We use your e-mail and phone." },
  ],
};

const refused = `The policy does not check, so it does not run:

policies/selmo.yaml:212:13: error: there is no purpose "direct-marketting"
  212 |   - { data: [email, name, company, interests], for: direct-marketting }
      |                                                     ^ did you mean "direct-marketing"?`;

export const policyChangePages = (site: Site) => {
  const page = { site, file: "selmo.yaml", running: 3, labels: { "direct-marketing": "News and offers" } };
  return {
    "policy-change": () => PolicyChangePage({ ...page, found: { looked } }),
    "policy-change-same": () => PolicyChangePage({ ...page, found: { looked: { ...looked, runs: true } } }),
    "policy-change-refused": () =>
      PolicyChangePage({
        ...page,
        found: { refused },
        error: "The file has changed since you looked at it. Look at it again.",
      }),
  };
};
