/** What a policy file says once: whose it is, how it erases, what it asks of age, how it is reached and changed (P5). */
import { buildDocument } from "./build-declarations.ts";
import { businessDays, durationDays } from "./duration.ts";
import { declared, list } from "./even-out.ts";
import type { PlaceOf } from "./even-out.ts";
import type * as P from "./policy.ts";
import type { PolicyFile } from "./schema.ts";

const days = (text: string): number => durationDays(text) ?? 0;

function buildErasure(from: PolicyFile["erase"], rule: P.Rule): P.Erasure {
  const business = businessDays(from.after);
  const after = days(from.after);
  const time =
    business !== null
      ? { amount: business, unit: "business-days" as const }
      : after < 1
        ? { amount: Math.round(after * 24), unit: "hours" as const }
        : { amount: after, unit: "days" as const };
  return {
    ...rule,
    ...time,
    calendar: from.calendar ?? null,
    leaves: list(from.leaves),
    holds: (from.holds ?? []).map(({ id, about, longest, "by-law": byLaw }) => ({
      ...{ id, about, days: days(longest) },
      byLaw: list(byLaw),
    })),
    because: from.because ?? null,
  };
}

const buildController = (from: PolicyFile["controller"], rule: P.Rule): P.Controller => ({
  ...rule,
  name: from.name,
  product: from.product ?? null,
  email: from.email,
  post: list(from.post),
  site: from.site ?? null,
});

const buildContact = (from: PolicyFile["contact"], rule: P.Rule, email: string): P.Contact => ({
  ...rule,
  optOut: from["opt-out"] ?? null,
  letters: from.letters ?? false,
  complaints: from.complaints ?? email,
  answerDays: days(from.answer),
});

function buildRights(file: PolicyFile, placeOf: PlaceOf): P.Policy["rights"] {
  const given = Object.entries(file.rights ?? {}).flatMap(([right, from]) =>
    from === undefined ? [] : [[right, from] as const],
  );
  return declared(Object.fromEntries(given), "rights", placeOf, (_, rule) => rule);
}

/** Each setting; what a file may leave out is null. */
export function buildSettings(file: PolicyFile, placeOf: PlaceOf) {
  const rule = (section: keyof PolicyFile): P.Rule => ({
    id: section,
    at: placeOf([section]),
    keeps: (file[section] as { keeps?: string[] } | undefined)?.keeps ?? [],
  });
  const { age, backup, statistics, changes, signals } = file;
  const signIn = file["sign-in"];
  return {
    controller: buildController(file.controller, rule("controller")),
    terms: buildDocument(file.terms, rule("terms")),
    erase: buildErasure(file.erase, rule("erase")),
    restrict: { ...rule("restrict"), leaves: list(file.restrict?.leaves) },
    rights: buildRights(file, placeOf),
    backup: backup && { ...rule("backup"), days: days(backup.for), about: backup.about },
    age: age && {
      ...rule("age"),
      limit: age.limit,
      unknown: age.unknown,
      ask: list(age.ask),
      about: age.about,
    },
    contact: buildContact(file.contact, rule("contact"), file.controller.email),
    signals: signals && { ...rule("signals"), gpc: list(signals.gpc) },
    signIn: {
      ...rule("sign-in"),
      askAgainMinutes: Math.round(days(signIn["ask-again"]) * 1440),
      notice: signIn.notice,
    },
    statistics: statistics && {
      ...rule("statistics"),
      from: list(statistics.from),
      for: list(statistics.for),
      smallest: statistics.smallest,
      about: statistics.about,
    },
    changes: { ...rule("changes"), noticeDays: days(changes.notice), by: changes.by, about: changes.about },
  };
}
