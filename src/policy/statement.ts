/** Renders the privacy statement from the policy that runs: nothing stands in it that the policy does not say (P1). */
import { en } from "./messages/en.ts";
import type { Messages, SectionId } from "./messages/messages.ts";
import type { Controller, Policy } from "./policy.ts";
import { sayChange, sayChildren, sayContact, sayProtect, sayRights, sayTransfer } from "./sections/people.ts";
import { sayChoose, sayCookies } from "./sections/choices.ts";
import type { Clause, Say, Section } from "./sections/clause.ts";
import { sayCollect, sayUse } from "./sections/collect-and-use.ts";
import { sayKeep, sayLook, sayShare } from "./sections/share-and-keep.ts";
import { sayWho } from "./sections/who.ts";
import { tablesOf } from "./sections/tables.ts";

export type { Clause, Section, Table } from "./sections/clause.ts";

export type Statement = {
  title: string;
  language: string;
  version: number;
  effective: string;
  controller: Controller;
  /** The whole in a few clauses, for those who read no further; each stands in a section too. */
  summary: Clause[];
  sections: Section[];
};

const sayings: Record<SectionId, (say: Say) => Clause[]> = {
  who: sayWho,
  collect: sayCollect,
  use: sayUse,
  choose: sayChoose,
  look: sayLook,
  share: sayShare,
  keep: sayKeep,
  cookies: sayCookies,
  rights: sayRights,
  children: sayChildren,
  protect: sayProtect,
  transfer: sayTransfer,
  change: sayChange,
  contact: sayContact,
};

/** Clauses that a hurried reader needs most. */
const short =
  /^(who-controller|.*-need|share-nothing-else|share-never-.*|choose-(?!signal).*|rights-[a-z]+|contact-mail)$/;

/** The statement of a policy in the language of `messages`; the policy's own words stand as they are. */
export function statement(policy: Policy, messages: Messages = en): Statement {
  const say: Say = { policy, m: messages };
  const tables = tablesOf(say);
  const sections = (Object.keys(sayings) as SectionId[]).flatMap((id): Section[] => {
    const clauses = sayings[id](say);
    const table = tables[id];
    if (clauses.length === 0) return [];
    const section = { id, title: messages.sections[id], clauses };
    return [table === undefined || table.rows.length === 0 ? section : { ...section, tables: [table] }];
  });
  return {
    title: messages.title(policy.controller.name),
    language: messages.language,
    version: policy.version,
    effective: policy.effective,
    controller: policy.controller,
    summary: sections.flatMap(({ clauses }) => clauses.filter(({ id }) => short.test(id))),
    sections,
  };
}
