/** What a policy file declares by name: kinds of data, purposes, choices, recipients, roles, regions, texts (P1). */
import { aboutData, declared, list, listed, table } from "./even-out.ts";
import type { PlaceOf } from "./even-out.ts";
import type * as P from "./policy.ts";
import type { PolicyFile } from "./schema.ts";

type Document = PolicyFile["terms"];
type RoleFile = NonNullable<PolicyFile["roles"]>[string];
type RecipientFile = NonNullable<PolicyFile["recipients"]>[string];

/** A text with its version, as people agree to it. */
export const buildDocument = (from: Document, rule: P.Rule): P.PolicyDocument => ({
  ...rule,
  version: from.version,
  title: from.title,
  product: from.product ?? null,
  text: from.text,
});

export const buildCategories = (file: PolicyFile, placeOf: PlaceOf): Record<string, P.Category> =>
  declared(file.categories, "categories", placeOf, (from, rule, name) => ({
    ...rule,
    dpv: from.dpv,
    about: from.about,
    label: from.label ?? name,
    sensitivity: from.sensitivity ?? "ordinary",
  }));

export const buildPurposes = (file: PolicyFile, placeOf: PlaceOf): Record<string, P.Purpose> =>
  declared(file.purposes, "purposes", placeOf, (from, rule, name) => ({
    ...rule,
    dpv: from.dpv,
    about: from.about,
    label: from.label ?? name,
    ground: from.ground,
    region: table(Object.entries(from.region ?? {})),
    choice: from.choice ?? null,
    because: from.because ?? null,
  }));

const buildRecipient = (from: RecipientFile, rule: P.Rule): P.Recipient => ({
  ...rule,
  name: from.name,
  about: from.about,
  dpv: from.dpv,
  kind: from.kind,
  country: from.country ?? null,
  agreement: from.agreement === undefined ? null : { ...from.agreement, for: list(from.agreement.for) },
});

function buildRole(
  from: RoleFile,
  rule: P.Rule,
  categories: Record<string, unknown>,
  placeOf: PlaceOf,
): P.Role {
  const placeOfLook: PlaceOf = (path) => placeOf([...rule.id.split("."), ...path]);
  const look = listed(
    from.look,
    "look",
    placeOfLook,
    (one) => list(one.for)[0] ?? "any",
    (one, inner): P.Look => ({
      ...inner,
      id: `${rule.id}.${inner.id}`,
      ...aboutData(one.data, categories),
      for: list(one.for),
      when: one.when ?? null,
    }),
  );
  return { ...rule, label: from.label, about: from.about, look };
}

/** Everything that stands under a name of its own. */
export function buildDeclarations(file: PolicyFile, placeOf: PlaceOf) {
  const categories = buildCategories(file, placeOf);
  const follows = declared(file.follows, "follows", placeOf, (from, rule): P.Followed => ({
    ...rule,
    name: from.name,
    about: from.about,
    link: from.link ?? null,
  }));
  return {
    categories,
    purposes: buildPurposes(file, placeOf),
    choices: declared(file.choices, "choices", placeOf, (from, rule): P.Choice => ({
      ...rule,
      label: from.label,
      about: from.about,
      where: list(from.where),
    })),
    recipients: declared(file.recipients, "recipients", placeOf, buildRecipient),
    roles: declared(file.roles, "roles", placeOf, (from, rule) => buildRole(from, rule, categories, placeOf)),
    regions: declared(file.regions, "regions", placeOf, (from, rule): P.Region => ({
      ...rule,
      label: from.label,
      countries: from.countries ?? [],
    })),
    follows: Object.values(follows),
    guidelines: Object.values(declared(file.guidelines, "guidelines", placeOf, buildDocument)),
  };
}
