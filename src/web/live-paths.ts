// Where a rule can be seen working: the form, the page or the table that it is about (P1).
import type { Policy } from "../policy/core.ts";
import { en, type PageWords } from "./messages/en.ts";

export type LivePath = {
  href: string;
  label: string;
  /** Shows what belongs to an account, so it asks for sign-in first. */
  account?: true;
};

/** A path whose label is the policy's, or stands among the words of the pages. */
type Path = Omit<LivePath, "label"> & ({ label: string } | { called: keyof PageWords["live"] });

const account: Path = { href: "/account", called: "account", account: true };
const data: Path = { href: "/account/data", called: "data", account: true };
const dataRequest: Path = { href: "/data-request", called: "dataRequest" };
const console: Path = { href: "/console", called: "sessions", account: true };

/** Collection points that have a page. */
const ofPoint: Readonly<Record<string, Path>> = {
  "technician-registration": { href: "/register", called: "register" },
  "sign-in": { href: "/sign-in", called: "signIn" },
  "session-join": { href: "/join", called: "join" },
  "page-request": account,
  session: console,
};

const ofPurpose: Readonly<Record<string, Path>> = {
  "manage-account": account,
  "keep-site-running": account,
  "answer-person": data,
  "provide-service": console,
};

const ofCookies: Path = { href: "/cookies", called: "cookies" };

/** What was taken in at these is shown, with its end, in the account. */
const shownInAccount = new Set(["technician-registration", "sign-in"]);

/** A rule about data leads to the places that collect the data, as far as they have a page. */
const ofData = (policy: Policy, data: readonly string[], points: readonly string[]): Path[] =>
  policy.collect
    .filter(({ point, require, offer, passive }) =>
      points.length > 0
        ? points.includes(point)
        : [...require, ...offer, ...passive].some(({ category }) => data.includes(category)),
    )
    .flatMap(({ point }) => (shownInAccount.has(point) ? account : (ofPoint[point] ?? [])));

const optional = (path: Path | undefined): Path[] => (path ? [path] : []);

const pathsOf = (policy: Policy, id: string): Path[] => {
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
      if (name === "correct") return [data];
      return name === "see" ? [data, dataRequest] : [];
    case "age":
      return [{ href: "/child-report", called: "childReport" }];
    case "sign-in":
      return [account];
    case "changes":
      return [{ href: `/privacy/v/${policy.version}`, called: "versions" }];
    case "controller":
    case "contact":
      return [{ href: "/privacy#section-contact", called: "contact" }];
    default:
      return [];
  }
};

/**
 * Pages on which a rule that something enforces can be seen working, by its name in the policy file.
 * @param words of the language that the policy is in
 */
export const livePathsOf = (policy: Policy, id: string, words: PageWords = en): LivePath[] =>
  pathsOf(policy, id).map((path) => {
    if ("label" in path) return path;
    const { called, ...rest } = path;
    return { ...rest, label: words.live[called] };
  });
