/** Who gets to see data, inside and outside, and when it ends (D1 D4 K1 K2 K3 K6). */
import type { Look, Role, ShareRule } from "../policy.ts";
import { anchor, capital, clause, joined, named, recipients, things } from "./clause.ts";
import type { Clause, Say } from "./clause.ts";
import { sayMay, sayNever, sayRefused, sayResolved } from "./claims.ts";

export function sayLook(say: Say): Clause[] {
  const { policy, m } = say;
  const one = (role: Role, look: Look): Clause =>
    clause(anchor(look), m.look(capital(role.label), role.about, things(say, [look]), look.when), look, role);
  return Object.values(policy.roles).flatMap((role) => role.look.map((look) => one(role, look)));
}

function shareText(say: Say, rule: ShareRule): string {
  const { m } = say;
  const who = capital(m.list(recipients(say, rule.to)));
  if (rule.ground === "aggregate") return m.shareCounts(who, rule.smallest ?? 0);
  return m.share(who, things(say, [rule]), capital(rule.about ?? m.shareGrounds[rule.ground]));
}

export function sayShare(say: Say): Clause[] {
  const { policy, m } = say;
  if (policy.share.length === 0) return [clause("share-nothing-else", m.shareNothing, policy.contact)];
  return [
    clause("share-nothing-else", m.shareNothingElse, ...policy.share),
    ...policy.share.map((rule) => clause(anchor(rule), shareText(say, rule), rule)),
    ...sayRefused(say, "share"),
    ...sayMay(say, "share"),
    ...sayNever(say, "share"),
    ...sayResolved(say, "share"),
  ];
}

/** How long, in words: "90 days after we got it", "until your data is erased". */
export const endText = ({ m }: Say, { days, from }: { days: number | null; from: string }): string =>
  days === null ? m.keepUntil(from) : m.keepFor(days, from);

export function sayKeep(say: Say): Clause[] {
  const { policy, m } = say;
  const label = (point: string): string => policy.collect.find((one) => one.point === point)?.label ?? point;
  const rules = policy.keep.map((rule) => {
    const what = rule.everything ? [m.everything] : named(say, rule.data);
    const where = rule.points.length === 0 ? null : m.keepFrom(rule.points.map(label));
    const said =
      rule.days === 0 && rule.from === "collected"
        ? m.keepNot(what)
        : m.keep(what, endText(say, rule), where);
    return clause(anchor(rule), joined(said, rule.duty === null ? null : m.duty(rule.duty)), rule);
  });
  const { backup } = policy;
  return backup === null
    ? rules
    : [...rules, clause("backup", m.backup(backup.days, capital(backup.about)), backup)];
}
