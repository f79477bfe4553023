/** What people can ask for, how they are protected, and how the firm is reached (R1 R4 C11 K3 K7 P2 P5). */
import type { Right } from "../policy.ts";
import { anchor, capital, clause } from "./clause.ts";
import type { Clause, Say } from "./clause.ts";

export function sayRights({ policy, m }: Say): Clause[] {
  const { erase, restrict, contact } = policy;
  return [
    ...Object.entries(policy.rights).map(([right, rule]) =>
      clause(`rights-${right}`, m.rights[right as Right], rule, ...(right === "restrict" ? [restrict] : [])),
    ),
    clause("rights-answer", m.answer(contact.answerDays), contact),
    clause("rights-erase-when", m.erase(erase.amount, erase.unit, erase.calendar), erase),
    ...(erase.because === null ? [] : [clause("rights-erase-why", m.eraseBecause(erase.because), erase)]),
    ...erase.holds.map(({ id, about, days, byLaw }) => {
      const kept = byLaw.map((category) => m.thing(policy.categories[category]?.label ?? category));
      const child = policy.age === null || kept.length === 0 ? "" : ` ${m.holdOfChild(m.list(kept))}`;
      return clause(`rights-hold-${id}`, `${m.hold(capital(about), days)}${child}`, erase);
    }),
  ];
}

export const sayChildren = ({ policy: { age } }: Say): Clause[] =>
  age === null ? [] : [clause("children", `${capital(age.about)}.`, age)];

export function sayProtect({ policy, m }: Say): Clause[] {
  const { protection, limits, signIn } = policy;
  return [
    ...protection.map((one) => clause(anchor(one), one.text, one)),
    clause("protect-ask-again", m.askAgain(signIn.askAgainMinutes), signIn),
    clause("protect-you", signIn.notice, signIn),
    ...limits.map((one) => clause(anchor(one), one.text, one)),
  ];
}

export const sayTransfer = ({ policy, m }: Say): Clause[] =>
  policy.transfers.map((one) => {
    const from = one.from.map((id) => policy.regions[id]?.label ?? id);
    return clause(anchor(one), m.transfer(from, m.country(one.to), one.mechanism, one.about), one);
  });

export const sayChange = ({ policy: { changes }, m }: Say): Clause[] => [
  clause("change", m.changes(changes.noticeDays, changes.by, capital(changes.about)), changes),
];

export function sayContact({ policy, m }: Say): Clause[] {
  const { controller, contact } = policy;
  return [
    clause("contact-mail", m.mail(controller.email), controller),
    ...(contact.complaints === controller.email
      ? []
      : [clause("contact-complaints", m.complaints(contact.complaints), contact)]),
    ...(controller.post.length === 0 ? [] : [clause("contact-post", m.post(controller.post), controller)]),
    ...(contact.optOut === null
      ? []
      : [clause("contact-opt-out", m.optOut(contact.optOut.email, contact.optOut.subject), contact)]),
    ...(contact.letters ? [clause("contact-letters", m.letters, contact)] : []),
  ];
}
