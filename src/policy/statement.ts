/** Renders the privacy statement from the policy that runs: nothing stands in it that the policy does not say (P1). */
import { en } from "./messages/en.ts";
import type { Head, Messages, SectionId } from "./messages/messages.ts";
import type { Category, Controller, Field, Policy, Rule } from "./policy.ts";

/** One sentence or two about one thing; `rule` leads to where the policy says it, `promises` to what keeps it. */
export type Clause = { id: string; text: string; promises: string[]; rule: { path: string; line: number }[] };
export type Table = { id: string; heads: string[]; rows: string[][] };
export type Section = { id: string; title: string; clauses: Clause[]; tables?: Table[] };
export type Statement = {
  title: string;
  language: string;
  version: number;
  effective: string;
  controller: Controller;
  /** The whole in a few clauses, for those who read no further. */
  summary: Clause[];
  sections: Section[];
};

type Say = { policy: Policy; m: Messages };

const isPromise = (id: string): boolean => /^[A-Z]\d+$/.test(id);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function clause(id: string, text: string, ...rules: Rule[]): Clause {
  const promises = [...new Set(rules.flatMap(({ keeps }) => keeps.filter(isPromise)))];
  return { id, text, promises, rule: rules.map((rule) => ({ path: rule.id, line: rule.at.line })) };
}

const abouts = ({ policy }: Say, ids: readonly string[]): string[] =>
  [...new Set(ids)].map((id) => policy.categories[id]?.about ?? id);

/** "all that we hold about you" would be a list of everything: such a rule is said in one word. */
function things(say: Say, ids: readonly string[]): string[] {
  return ids.length === Object.keys(say.policy.categories).length ? [say.m.everything] : abouts(say, ids);
}

function who({ policy, m }: Say): Clause[] {
  const { controller, scope, follows, terms, guidelines } = policy;
  return [
    clause("who-controller", m.controller(controller.name), policy.contact),
    ...[...scope.covers, ...scope.not].map((one, i) => clause(`who-covers-${i + 1}`, one.text, one)),
    ...follows.map((one, i) => clause(`who-follows-${i + 1}`, m.follows(one.name, one.about), one)),
    clause("who-terms", m.agree(terms.title, terms.version), terms),
    ...guidelines.map((one, i) =>
      clause(`who-guidelines-${i + 1}`, m.guideline(one.title, one.version), one),
    ),
  ];
}

function collect(say: Say): Clause[] {
  const { policy, m } = say;
  const what = (fields: Field[]): string[] =>
    abouts(
      say,
      fields.map(({ category }) => category),
    );
  return policy.collect.flatMap((point) => {
    const id = `collect-${point.point}`;
    const said = [
      point.from === null ? "" : m.from(policy.recipients[point.from]?.name ?? point.from),
      point.require.length === 0 ? "" : m.required(what(point.require)),
      point.offer.length === 0 ? "" : m.offered(what(point.offer)),
      point.passive.length === 0 ? "" : m.passive(what(point.passive)),
      point.notice ?? "",
    ].filter((text) => text !== "");
    return [clause(id, `${point.label}. ${said.join(" ")}`, point)];
  });
}

function use(say: Say): Clause[] {
  const { policy, m } = say;
  return Object.entries(policy.purposes).flatMap(([id, purpose]) => {
    const rules = policy.use.filter((rule) => rule.for.includes(id));
    if (rules.length === 0) return [];
    const regions = Object.entries(purpose.region).map(([region, ground]) =>
      m.inRegion(policy.regions[region]?.label ?? region, m.grounds[ground]),
    );
    const text = [
      m.use(
        purpose.about,
        things(
          say,
          rules.flatMap(({ data }) => data),
        ),
      ),
      m.grounds[purpose.ground],
      purpose.because === null ? "" : m.because(purpose.because),
      ...regions,
    ];
    return [clause(`use-${id}`, text.filter((part) => part !== "").join(" "), purpose, ...rules)];
  });
}

function choose({ policy, m }: Say): Clause[] {
  const places = (where: string[]): string[] =>
    where.map(
      (place) =>
        m.places[place] ?? m.place(policy.collect.find(({ point }) => point === place)?.label ?? place),
    );
  const made = Object.entries(policy.choices).map(([id, choice]) =>
    clause(`choose-${id}`, m.choice(choice.label, choice.about, places(choice.where)), choice),
  );
  const asked = Object.values(policy.choices).filter((_, i) =>
    policy.signals?.gpc.includes(Object.keys(policy.choices)[i] ?? ""),
  );
  return policy.signals === null ? made : [...made, clause("choose-signal", m.signal, ...asked)];
}

function share(say: Say): Clause[] {
  const { policy, m } = say;
  const rules = policy.share.map((rule, i) => {
    const names = m.list(rule.to.map((to) => policy.recipients[to]?.name ?? to));
    const text =
      rule.ground === "aggregate" && rule.smallest !== null
        ? m.aggregate(capital(names), rule.smallest)
        : m.share(capital(names), things(say, rule.data), rule.about);
    return clause(`share-${i + 1}`, text, rule);
  });
  return [clause("share-nothing-else", m.shareNothing, ...policy.share), ...rules];
}

function endText({ m }: Say, { days, from }: { days: number | null; from: string }): string {
  return days === null ? m.keepUntil(from) : m.keepFor(days, from);
}

function keep(say: Say): Clause[] {
  const { policy, m } = say;
  const rules = policy.keep.map((rule, i) => {
    const text = m.keep(abouts(say, rule.data), endText(say, rule));
    return clause(`keep-${i + 1}`, rule.duty === null ? text : `${text} ${m.duty(rule.duty)}`, rule);
  });
  if (policy.backup === null) return rules;
  return [
    ...rules,
    clause("keep-backup", m.backup(policy.backup.days, capital(policy.backup.about)), policy.backup),
  ];
}

function cookies({ policy, m }: Say): Clause[] {
  const intro = [m.cookieIntro, m.cookieChoice].map((text, i) =>
    clause(`cookies-intro-${i + 1}`, text, ...policy.cookies),
  );
  const each = policy.cookies.map((cookie) => {
    const without = cookie.without === null ? "" : ` ${m.without(cookie.name, cookie.without)}`;
    return clause(`cookies-${cookie.name}`, `${m.cookie(cookie.name, cookie.about)}${without}`, cookie);
  });
  return [...intro, ...each];
}

function rights({ policy, m }: Say): Clause[] {
  const { erase, contact } = policy;
  return [
    ...m.rights.map((text, i) =>
      clause(`rights-${i + 1}`, text, i === 2 ? policy.restrict : i === 3 ? erase : contact),
    ),
    clause("rights-answer", m.answer(contact.answerDays), contact),
    clause("rights-erase", m.erase(erase.amount, erase.unit, erase.calendar), erase),
    ...(erase.because === null ? [] : [clause("rights-erase-why", m.eraseBecause(erase.because), erase)]),
    ...erase.holds.map(({ id, about, days }) => clause(`rights-hold-${id}`, m.hold(about, days), erase)),
  ];
}

function protect({ policy, m }: Say): Clause[] {
  const { protection, limits, signIn } = policy;
  return [
    ...protection.map((one, i) => clause(`protect-${i + 1}`, one.text, one)),
    clause("protect-ask-again", m.askAgain(signIn.askAgainMinutes), signIn),
    clause("protect-you", signIn.notice, signIn),
    ...limits.map((one, i) => clause(`protect-limit-${i + 1}`, one.text, one)),
  ];
}

function contact({ policy, m }: Say): Clause[] {
  const { controller, contact: reach } = policy;
  return [
    clause("contact-mail", m.mail(controller.email), reach),
    ...(controller.post.length === 0 ? [] : [clause("contact-post", m.post(controller.post), reach)]),
    ...(reach.optOut === null
      ? []
      : [clause("contact-opt-out", m.optOut(reach.optOut.email, reach.optOut.subject), reach)]),
    ...(reach.letters ? [clause("contact-letters", m.letters, reach)] : []),
  ];
}

function tables(say: Say): Partial<Record<SectionId, Table>> {
  const { policy, m } = say;
  const heads = (...ids: Head[]): string[] => ids.map((id) => m.heads[id]);
  const label = (id: string): string => (policy.categories[id] as Category | undefined)?.label ?? id;
  return {
    cookies: {
      id: "cookies-table",
      heads: heads("name", "life", "purpose"),
      rows: policy.cookies.map((c) => [
        c.name,
        c.days === null ? m.browserCloses : m.time(c.days),
        policy.purposes[c.purpose]?.label ?? c.purpose,
      ]),
    },
    share: {
      id: "recipients-table",
      heads: heads("who", "what", "why"),
      rows: policy.share.map((s) => [
        m.list(s.to.map((to) => policy.recipients[to]?.name ?? to)),
        m.list(s.data.map(label)),
        m.list(s.for.map((id) => policy.purposes[id]?.label ?? id)),
      ]),
    },
    keep: {
      id: "retention-table",
      heads: heads("data", "end", "law"),
      rows: policy.keep.map((k) => [m.list(k.data.map(label)), endText(say, k), k.duty ?? ""]),
    },
  };
}

function summary(sections: Section[]): Clause[] {
  const pick = [
    "who-controller",
    "share-nothing-else",
    "rights-1",
    "rights-4",
    "rights-answer",
    "contact-mail",
  ];
  const all = sections.flatMap(({ clauses }) => clauses);
  return pick.flatMap((id) => all.find((one) => one.id === id) ?? []);
}

/** The statement of a policy in a language: its messages, and the policy's own words as they are. */
export function statement(policy: Policy, messages: Messages = en): Statement {
  const say = { policy, m: messages };
  const { age, changes, transfers } = policy;
  const clauses: Record<SectionId, Clause[]> = {
    who: who(say),
    collect: collect(say),
    use: use(say),
    choose: choose(say),
    share: share(say),
    keep: keep(say),
    cookies: cookies(say),
    rights: rights(say),
    children: age === null ? [] : [clause("children", messages.age(capital(age.about)), age)],
    protect: protect(say),
    transfer: transfers.map((t, i) =>
      clause(
        `transfer-${i + 1}`,
        messages.transfer(
          t.from.map((id) => policy.regions[id]?.label ?? id),
          t.to,
          t.mechanism,
          t.about,
        ),
        t,
      ),
    ),
    change: [clause("change", messages.changes(changes.noticeDays, changes.by, changes.about), changes)],
    contact: contact(say),
  };
  const byId = tables(say);
  const sections = (Object.keys(clauses) as SectionId[])
    .filter((id) => clauses[id].length > 0)
    .map((id): Section => {
      const table = byId[id];
      const section = { id, title: messages.sections[id], clauses: clauses[id] };
      return table === undefined || table.rows.length === 0 ? section : { ...section, tables: [table] };
    });
  return {
    title: messages.title(policy.controller.name),
    language: messages.language,
    version: policy.version,
    effective: policy.effective,
    controller: policy.controller,
    summary: summary(sections),
    sections,
  };
}
