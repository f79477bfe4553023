/** Says in one plain sentence why an ask was allowed or refused (P1). */
import type { Ask, Decision, Reason } from "./ask.ts";
import type { Compiled } from "./compile.ts";

const because: Record<Reason, string> = {
  allowed: "",
  "unknown-act": "the policy knows no such act",
  "unknown-category": "the policy does not know this kind of data",
  "unknown-purpose": "the policy does not know this purpose",
  "unknown-target": "the policy does not name this place, role or recipient",
  "unknown-state": "the person's state was not said in words that the policy knows",
  "no-rule": "no rule allows it",
  "refused-by-rule": "a rule refuses it",
  restricted: "the person asked us not to use their data",
  deactivated: "the account is closed and waits to be erased",
  erased: "the person's data was erased",
  "too-young": "the person is below the age limit",
  "age-unknown": "the person's age is not known",
  "no-ground": "there is no ground for it where the person lives",
  "not-opted-in": "the person has not agreed to it",
  "opted-out": "the person said no to it",
  "not-told": "the person has not been asked yet",
  "no-evidence": "what it needs as evidence was not shown",
};

/** One sentence, ending with the names of the rules that decided, where there are any. */
export function explain(compiled: Compiled, ask: Ask, decision: Decision): string {
  const { categories, purposes, recipients, roles } = compiled.policy;
  const data = categories[ask.category]?.about ?? `"${ask.category}"`;
  const purpose = purposes[ask.purpose]?.about ?? `"${ask.purpose}"`;
  const who =
    ask.act === "share"
      ? recipients[ask.recipient ?? ""]?.name
      : ask.act === "look"
        ? roles[ask.role ?? ""]?.label
        : undefined;
  const verb =
    { collect: "collect", use: "use", look: "let someone see", share: "share", keep: "keep" }[ask.act] ??
    "handle";
  const to = who === undefined ? "" : ask.act === "share" ? ` with ${who}` : ` (${who})`;
  const named = decision.rules.map(({ id, line }) => (line > 0 ? `${id}, line ${line}` : id)).join("; ");
  const by = named === "" ? "" : ` (${named})`;
  if (decision.effect === "allow") return `We may ${verb} ${data}${to} to ${purpose}${by}.`;
  return `We may not ${verb} ${data}${to} to ${purpose}, because ${because[decision.reason]}${by}.`;
}
