/** Says in one plain sentence why an ask was allowed or refused (P1). */
import type { Ask, Decision } from "./ask.ts";
import type { Compiled } from "./compile.ts";
import { en } from "./messages/en.ts";
import type { Messages } from "./messages/messages.ts";
import { acts } from "./speak.ts";

/**
 * One sentence, ending with the names of the rules that decided, where there are any.
 * @param messages of the language that the compiled policy is in
 */
export function explain(compiled: Compiled, ask: Ask, decision: Decision, messages: Messages = en): string {
  const { categories, purposes, recipients, roles } = compiled.policy;
  const who =
    ask.act === "share"
      ? recipients[ask.recipient ?? ""]?.name
      : ask.act === "look"
        ? roles[ask.role ?? ""]?.label
        : undefined;
  return messages.explain({
    act: acts.find((act) => act === ask.act) ?? null,
    data: categories[ask.category]?.about ?? `"${ask.category}"`,
    purpose: purposes[ask.purpose]?.about ?? `"${ask.purpose}"`,
    who: who ?? null,
    because: decision.reason === "allowed" ? null : decision.reason,
    rules: decision.rules,
  });
}
