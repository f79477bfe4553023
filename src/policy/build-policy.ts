/** Brings a policy file into the one even form that everything else reads: lists are lists, names are filled in (P1). */
import { businessDays, durationDays } from "./duration.ts";
import type * as P from "./policy.ts";
import type { PolicyFile } from "./schema.ts";

type Path = readonly (string | number)[];
export type PlaceOf = (path: Path) => P.Place;
type Part<K extends keyof PolicyFile> = NonNullable<PolicyFile[K]>;
type Entry<K extends keyof PolicyFile> = Part<K> extends readonly (infer E)[] ? E : never;

const list = <T>(one: T | readonly T[] | undefined): T[] =>
  one === undefined ? [] : Array.isArray(one) ? [...(one as T[])] : [one as T];

const days = (text: string): number => durationDays(text) ?? 0;

/** Names stand without a prototype, so that a category called "constructor" is a category and nothing else. */
function mapped<F, T>(
  from: Record<string, F> | undefined,
  section: string,
  make: (id: string, value: F, rule: P.Rule) => T,
  placeOf: PlaceOf,
): Record<string, T> {
  const made = Object.create(null) as Record<string, T>;
  for (const [id, value] of Object.entries(from ?? {})) {
    const keeps = (value as { keeps?: string[] }).keeps ?? [];
    made[id] = make(id, value, { id: `${section}.${id}`, at: placeOf([section, id]), keeps });
  }
  return made;
}

type Named = { id?: string | undefined; keeps?: string[] | undefined };

/** Rules in lists: the id is the writer's own, or made of what the rule is about; equal ones are told apart by a number. */
function listed<F, T>(
  from: readonly F[] | undefined,
  section: string,
  about: (value: F) => string,
  make: (value: F, rule: P.Rule) => T,
  placeOf: PlaceOf,
): T[] {
  const seen = new Map<string, number>();
  return (from ?? []).map((value, i) => {
    const named = value as Named;
    const base = `${section}.${named.id ?? about(value)}`;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    const id = count === 1 ? base : `${base}.${count}`;
    return make(value, { id, at: placeOf([section, i]), keeps: named.keeps ?? [] });
  });
}

function fields(from: Entry<"collect">["require"], labels: Record<string, P.Category>): P.Field[] {
  return list(from).map((field) => {
    const { data, label, without } =
      typeof field === "string" ? { data: field } : { label: undefined, without: undefined, ...field };
    return { category: data, label: label ?? labels[data]?.label ?? data, hint: without ?? null };
  });
}

/** "everything" stands for each category that the file declares. */
function data(names: string | string[] | undefined, categories: Record<string, unknown>): string[] {
  const given = list(names);
  return given.includes("everything") ? Object.keys(categories) : given;
}

function scope(from: Entry<"refuse"> | Entry<"never">, categories: Record<string, unknown>): P.Scope {
  return {
    act: from.act ?? null,
    data: data(from.data, categories),
    for: list(from.for),
    to: list(from.to),
    at: list(from.at),
    by: list(from.by),
    region: list(from.region),
    age: list(from.age),
    status: list(from.status),
  };
}

const sentences = (from: Part<"limits"> | undefined, section: string, placeOf: PlaceOf): P.Sentence[] =>
  listed(
    from?.map((one) => (typeof one === "string" ? { text: one } : one)),
    section,
    () => "sentence",
    ({ text }, rule) => ({ ...rule, text }),
    placeOf,
  );

const document = (from: Part<"terms">, rule: P.Rule): P.PolicyDocument => ({
  ...rule,
  version: from.version,
  title: from.title,
  product: from.product ?? null,
  text: from.text,
});

function erasure(from: Part<"erase">, rule: P.Rule): P.Erasure {
  const business = businessDays(from.after);
  const after = days(from.after);
  return {
    ...rule,
    amount: business ?? (after < 1 ? Math.round(after * 24) : after),
    unit: business !== null ? "business-days" : after < 1 ? "hours" : "days",
    calendar: from.calendar ?? null,
    leaves: list(from.leaves),
    holds: (from.holds ?? []).map(({ id, about, longest }) => ({ id, about, days: days(longest) })),
    because: from.because ?? null,
  };
}

function rulesOf(file: PolicyFile, categories: Record<string, P.Category>, placeOf: PlaceOf) {
  const first = (names: string | string[] | undefined): string => list(names)[0] ?? "any";
  return {
    collect: listed(
      file.collect,
      "collect",
      (c) => c.at,
      (c, rule): P.CollectionPoint => ({
        ...rule,
        point: c.at,
        label: c.label ?? c.at,
        for: list(c.for),
        require: fields(c.require, categories),
        offer: fields(c.offer, categories),
        passive: fields(c.passive, categories),
        choices: list(c.choices),
        notice: c.notice ?? null,
        from: c.from ?? null,
      }),
      placeOf,
    ),
    use: listed(
      file.use,
      "use",
      (u) => first(u.for),
      (u, rule): P.UseRule => ({ ...rule, data: data(u.data, categories), for: list(u.for) }),
      placeOf,
    ),
    share: listed(
      file.share,
      "share",
      (s) => `${first(s.to)}.${first(s.for)}`,
      (s, rule): P.ShareRule => ({
        ...rule,
        to: list(s.to),
        data: list(s.data),
        for: list(s.for),
        ground: s.ground,
        smallest: s.smallest ?? null,
        about: s.about ?? null,
      }),
      placeOf,
    ),
    keep: listed(
      file.keep,
      "keep",
      (k) => first(k.data),
      (k, rule): P.KeepRule => ({
        ...rule,
        data: list(k.data),
        points: list(k.at),
        days: k.for === undefined ? null : days(k.for),
        from: k.from ?? k.until ?? "collected",
        then: k.then ?? "erase",
        duty: k.duty ?? null,
        about: k.about ?? null,
      }),
      placeOf,
    ),
    cookies: listed(
      file.cookies,
      "cookies",
      (c) => c.name,
      (c, rule): P.Cookie => ({
        ...rule,
        name: c.name,
        store: c.store ?? "cookie",
        days: durationDays(c.life),
        purpose: c.purpose,
        about: c.about,
        without: c.without ?? null,
        holds: c.holds,
        necessary: c.necessary ?? false,
      }),
      placeOf,
    ),
    refuse: listed(
      file.refuse,
      "refuse",
      (r) => first(r.data),
      (r, rule): P.RefuseRule => ({ ...rule, scope: scope(r, categories), because: r.because ?? null }),
      placeOf,
    ),
    never: listed(
      file.never,
      "never",
      (r) => first(r.data),
      (r, rule): P.NeverRule => ({ ...rule, scope: scope(r, categories) }),
      placeOf,
    ),
    transfers: listed(
      file.transfers,
      "transfers",
      (t) => first(t.from),
      ({ from, to, mechanism, dpv, about }, rule): P.Transfer => ({
        ...rule,
        from: list(from),
        to,
        mechanism,
        dpv,
        about,
      }),
      placeOf,
    ),
    resolve: listed(
      file.resolve,
      "resolve",
      (r) => r.between.join("+"),
      ({ between, says }, rule): P.Resolution => ({ ...rule, between, says }),
      placeOf,
    ),
  };
}

function declarations(file: PolicyFile, placeOf: PlaceOf) {
  const categories = mapped(
    file.categories,
    "categories",
    (id, c, rule): P.Category => ({
      ...rule,
      dpv: c.dpv,
      about: c.about,
      label: c.label ?? id,
      sensitivity: c.sensitivity ?? "ordinary",
    }),
    placeOf,
  );
  return {
    categories,
    purposes: mapped(
      file.purposes,
      "purposes",
      (id, p, rule): P.Purpose => ({
        ...rule,
        dpv: p.dpv,
        about: p.about,
        label: p.label ?? id,
        ground: p.ground,
        region: Object.assign(Object.create(null) as object, p.region),
        choice: p.choice ?? null,
        because: p.because ?? null,
      }),
      placeOf,
    ),
    choices: mapped(
      file.choices,
      "choices",
      (_, c, rule): P.Choice => ({ ...rule, label: c.label, about: c.about, where: list(c.where) }),
      placeOf,
    ),
    recipients: mapped(
      file.recipients,
      "recipients",
      (_, r, rule): P.Recipient => ({
        ...rule,
        name: r.name,
        about: r.about,
        dpv: r.dpv,
        kind: r.kind,
        country: r.country ?? null,
        agreement: r.agreement === undefined ? null : { ...r.agreement, for: list(r.agreement.for) },
      }),
      placeOf,
    ),
    roles: mapped(
      file.roles,
      "roles",
      (id, r, rule): P.Role => ({
        ...rule,
        label: r.label,
        about: r.about,
        look: listed(
          r.look,
          "look",
          (l) => list(l.for)[0] ?? "any",
          (l, inner): P.Look => ({
            ...inner,
            id: `roles.${id}.${inner.id}`,
            data: data(l.data, categories),
            for: list(l.for),
            when: l.when ?? null,
          }),
          (path) => placeOf(["roles", id, ...path]),
        ),
      }),
      placeOf,
    ),
    regions: mapped(
      file.regions,
      "regions",
      (_, r, rule): P.Region => ({ ...rule, label: r.label, countries: r.countries ?? [] }),
      placeOf,
    ),
    follows: Object.values(
      mapped(
        file.follows,
        "follows",
        (_, f, rule): P.Followed => ({ ...rule, name: f.name, about: f.about, link: f.link ?? null }),
        placeOf,
      ),
    ),
    guidelines: Object.values(
      mapped(file.guidelines, "guidelines", (_, d, rule) => document(d, rule), placeOf),
    ),
  };
}

function settings(file: PolicyFile, placeOf: PlaceOf) {
  const rule = (section: keyof PolicyFile): P.Rule => ({
    id: section,
    at: placeOf([section]),
    keeps: (file[section] as { keeps?: string[] } | undefined)?.keeps ?? [],
  });
  const { controller, contact, age, backup, statistics, changes } = file;
  const signIn = file["sign-in"];
  return {
    controller: {
      name: controller.name,
      product: controller.product ?? null,
      email: controller.email,
      post: list(controller.post),
      site: controller.site ?? null,
    },
    terms: document(file.terms, rule("terms")),
    erase: erasure(file.erase, rule("erase")),
    restrict: { ...rule("restrict"), leaves: list(file.restrict?.leaves) },
    backup: backup === undefined ? null : { ...rule("backup"), days: days(backup.for), about: backup.about },
    age:
      age === undefined
        ? null
        : { ...rule("age"), limit: age.limit, unknown: age.unknown, ask: list(age.ask), about: age.about },
    contact: {
      ...rule("contact"),
      optOut: contact["opt-out"] ?? null,
      letters: contact.letters ?? false,
      complaints: contact.complaints ?? controller.email,
      answerDays: days(contact.answer),
    },
    signals: file.signals === undefined ? null : { gpc: list(file.signals.gpc) },
    signIn: {
      ...rule("sign-in"),
      askAgainMinutes: Math.round(days(signIn["ask-again"]) * 1440),
      notice: signIn.notice,
    },
    statistics:
      statistics === undefined
        ? null
        : {
            ...rule("statistics"),
            from: list(statistics.from),
            for: list(statistics.for),
            smallest: statistics.smallest,
            about: statistics.about,
          },
    changes: { ...rule("changes"), noticeDays: days(changes.notice), by: changes.by, about: changes.about },
  };
}

/** A policy from a file of the right shape. `placeOf` says where a part stands; names are not checked here. */
export function buildPolicy(file: PolicyFile, path: string, placeOf: PlaceOf): P.Policy {
  const declared = declarations(file, placeOf);
  return {
    file: path,
    policy: file.policy,
    version: file.version,
    effective: file.effective,
    language: file.language ?? "en",
    scope: {
      covers: sentences(file.covers, "covers", placeOf),
      not: sentences(file["covers-not"], "covers-not", placeOf),
    },
    regionIfUnknown: file["region-if-unknown"] ?? Object.keys(declared.regions)[0] ?? "anywhere",
    protection: sentences(file.protection, "protection", placeOf),
    limits: sentences(file.limits, "limits", placeOf),
    ...declared,
    ...settings(file, placeOf),
    ...rulesOf(file, declared.categories, placeOf),
  };
}
