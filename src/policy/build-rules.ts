/** The rules of a policy file: what is collected, used, shared, kept and refused, and what that must come to (P1). */
import { durationDays } from "./duration.ts";
import { aboutData, list, listed } from "./even-out.ts";
import type { PlaceOf } from "./even-out.ts";
import type * as P from "./policy.ts";
import type { PolicyFile } from "./schema.ts";

type Entry<K extends keyof PolicyFile> = NonNullable<PolicyFile[K]> extends readonly (infer E)[] ? E : never;
type Categories = Record<string, P.Category>;

const first = (names: string | string[] | undefined): string => list(names)[0] ?? "any";

function buildFields(from: Entry<"collect">["require"], categories: Categories): P.Field[] {
  return list(from).map((field) => {
    const { data, label, without } =
      typeof field === "string" ? { data: field } : { label: undefined, without: undefined, ...field };
    return { category: data, label: label ?? categories[data]?.label ?? data, hint: without ?? null };
  });
}

const buildPoint = (from: Entry<"collect">, rule: P.Rule, categories: Categories): P.CollectionPoint => ({
  ...rule,
  point: from.at,
  label: from.label ?? from.at,
  for: list(from.for),
  require: buildFields(from.require, categories),
  offer: buildFields(from.offer, categories),
  passive: buildFields(from.passive, categories),
  choices: list(from.choices),
  notice: from.notice ?? null,
  from: from.from ?? null,
});

const buildShare = (from: Entry<"share">, rule: P.Rule, categories: Categories): P.ShareRule => ({
  ...rule,
  to: list(from.to),
  ...aboutData(from.data, categories),
  for: list(from.for),
  ground: from.ground,
  smallest: from.smallest ?? null,
  about: from.about ?? null,
});

/** An event that ends data ends it at once, 0 days after it; only an erasure may never come, and has no day. */
function buildTime({ for: time, from, until }: Entry<"keep">): Pick<P.KeepRule, "days" | "from"> {
  if (time !== undefined) return { days: durationDays(time) ?? 0, from: from ?? "collected" };
  return until === undefined || until === "erasure"
    ? { days: null, from: "erasure" }
    : { days: 0, from: until };
}

const buildKeep = (from: Entry<"keep">, rule: P.Rule, categories: Categories): P.KeepRule => ({
  ...rule,
  ...aboutData(from.data, categories),
  points: list(from.at),
  ...buildTime(from),
  then: from.then ?? "erase",
  duty: from.duty ?? null,
  about: from.about ?? null,
});

const buildCookie = (from: Entry<"cookies">, rule: P.Rule): P.Cookie => ({
  ...rule,
  name: from.name,
  store: from.store ?? "cookie",
  days: durationDays(from.life),
  purpose: from.purpose,
  about: from.about,
  without: from.without ?? null,
  holds: from.holds,
  necessary: from.necessary ?? false,
});

type ScopeFile = Entry<"refuse"> & Partial<Pick<Entry<"never">, "choice" | "ground">>;

const buildScope = (from: ScopeFile, categories: Categories): P.Scope => ({
  act: from.act ?? null,
  data: aboutData(from.data, categories).data,
  for: list(from.for),
  to: list(from.to),
  at: list(from.at),
  by: list(from.by),
  region: list(from.region),
  age: list(from.age),
  status: list(from.status),
  choice: list(from.choice),
  ground: list(from.ground),
  except: {
    data: list(from.except?.data),
    for: list(from.except?.for),
    to: list(from.except?.to),
    ground: list(from.except?.ground),
  },
});

/** The rules, each with its name and place. */
export function buildRules(file: PolicyFile, categories: Categories, placeOf: PlaceOf) {
  const claims = (kind: P.Claim["kind"]): P.Claim[] =>
    listed(
      file[kind],
      kind,
      placeOf,
      (from) => from.id,
      (from, rule) => ({
        ...rule,
        name: from.id,
        kind,
        scope: buildScope(from, categories),
        says: from.says ?? null,
      }),
    );
  return {
    collect: listed(
      file.collect,
      "collect",
      placeOf,
      (from) => from.at,
      (from, rule) => buildPoint(from, rule, categories),
    ),
    use: listed(
      file.use,
      "use",
      placeOf,
      (from) => first(from.for),
      (from, rule): P.UseRule => ({
        ...rule,
        ...aboutData(from.data, categories),
        for: list(from.for),
      }),
    ),
    share: listed(
      file.share,
      "share",
      placeOf,
      (from) => `${first(from.to)}.${first(from.for)}`,
      (from, rule) => buildShare(from, rule, categories),
    ),
    keep: listed(
      file.keep,
      "keep",
      placeOf,
      (from) => first(from.data),
      (from, rule) => buildKeep(from, rule, categories),
    ),
    cookies: listed(file.cookies, "cookies", placeOf, (from) => from.name, buildCookie),
    refuse: listed(
      file.refuse,
      "refuse",
      placeOf,
      (from) => first(from.data),
      (from, rule): P.RefuseRule => ({
        ...rule,
        scope: buildScope(from, categories),
        because: from.because ?? null,
      }),
    ),
    claims: [...claims("never"), ...claims("may")],
    transfers: listed(
      file.transfers,
      "transfers",
      placeOf,
      (from) => first(from.from),
      ({ to, mechanism, dpv, about, ...from }, rule): P.Transfer => ({
        ...rule,
        from: list(from.from),
        to,
        mechanism,
        dpv,
        about,
      }),
    ),
    resolve: listed(
      file.resolve,
      "resolve",
      placeOf,
      (from) => from.between.join("+"),
      ({ between, follow, says }, rule): P.Resolution => ({
        ...rule,
        between,
        follow,
        says,
      }),
    ),
  };
}
