// Where a rule can be seen working: the form, the page or the table that it is about (P1).
import type { Policy } from "../policy/core.ts";

export type LivePath = {
  href: string;
  label: string;
  /** Shows what belongs to an account, so it asks for sign-in first. */
  account?: true;
};

const account: LivePath = { href: "/account", label: "Your account", account: true };
const console: LivePath = { href: "/console", label: "Your sessions", account: true };

/** Collection points that have a page. */
const ofPoint: Readonly<Record<string, LivePath>> = {
  "technician-registration": { href: "/register", label: "The form for opening an account" },
  "sign-in": { href: "/sign-in", label: "The sign-in form" },
  "session-join": { href: "/join", label: "Joining a session" },
  "page-request": account,
  session: console,
};

const ofPurpose: Readonly<Record<string, LivePath>> = {
  "manage-account": account,
  "keep-site-running": account,
  "answer-person": account,
  "provide-service": console,
};

const ofCookies = { href: "/privacy#section-cookies", label: "The table of cookies" };

/** What was taken in at these is shown, with its end, in the account. */
const shownInAccount = new Set(["technician-registration", "sign-in"]);

/** A rule about data leads to the places that collect the data, as far as they have a page. */
const ofData = (policy: Policy, data: readonly string[], points: readonly string[]): LivePath[] =>
  policy.collect
    .filter(({ point, require, offer, passive }) =>
      points.length > 0
        ? points.includes(point)
        : [...require, ...offer, ...passive].some(({ category }) => data.includes(category)),
    )
    .flatMap(({ point }) => (shownInAccount.has(point) ? account : (ofPoint[point] ?? [])));

const optional = (path: LivePath | undefined): LivePath[] => (path ? [path] : []);

/** Pages on which a rule that something enforces can be seen working, by its name in the policy file. */
export const livePathsOf = (policy: Policy, id: string): LivePath[] => {
  const [family = "", ...rest] = id.split(".");
  const name = rest.join(".");
  switch (family) {
    case "collect":
      return optional(ofPoint[name]);
    case "purposes":
      return optional(ofPurpose[name]);
    case "use":
      return (policy.use.find((rule) => rule.id === id)?.for ?? []).flatMap((one) => ofPurpose[one] ?? []);
    case "keep": {
      const rule = policy.keep.find((one) => one.id === id);
      return rule && !rule.everything ? ofData(policy, rule.data, rule.points) : [];
    }
    case "cookies":
      return [ofCookies];
    case "roles":
      return rest[0] === "technician" ? [console] : [];
    case "terms":
      return [{ href: "/terms", label: policy.terms.title }];
    case "guidelines":
      return [
        {
          href: `/guidelines/${name}`,
          label: policy.guidelines.find((one) => one.id === id)?.title ?? name,
        },
      ];
    case "rights":
      return name === "see" ? [account] : [];
    case "sign-in":
      return [account];
    case "changes":
      return [{ href: `/privacy/v/${policy.version}`, label: "The statement by version" }];
    case "controller":
    case "contact":
      return [{ href: "/privacy#section-contact", label: "How to reach us" }];
    default:
      return [];
  }
};
