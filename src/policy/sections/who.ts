/** Whose statement it is, what it covers, and which texts and guidelines hold (P5 C1). */
import { anchor, clause } from "./clause.ts";
import type { Clause, Say } from "./clause.ts";

export function sayWho({ policy, m }: Say): Clause[] {
  const { controller, scope, follows, terms, guidelines } = policy;
  return [
    clause("who-controller", m.controller(controller.name), controller),
    ...[...scope.covers, ...scope.not].map((one) => clause(anchor(one), one.text, one)),
    ...follows.map((one) => clause(anchor(one), m.follows(one.name, one.about), one)),
    clause("terms", m.agree(terms.title, terms.version), terms),
    ...guidelines.map((one) => clause(anchor(one), m.guideline(one.title, one.version), one)),
  ];
}
