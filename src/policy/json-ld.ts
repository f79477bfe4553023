/** The statement for machines: W3C Data Privacy Vocabulary 2.3 as JSON-LD, from the same policy (P1). */
import { en } from "./messages/en.ts";
import type { Messages } from "./messages/messages.ts";
import type { Ground, KeepRule, Policy, Purpose } from "./policy.ts";

const groundTerms: Record<Ground, string> = {
  contract: "dpv:Contract",
  "opt-in": "dpv:ExpressedConsent",
  "explicit-opt-in": "dpv:ExplicitlyExpressedConsent",
  "opt-out": "dpv:ImpliedConsent",
  "legal-obligation": "dpv:LegalObligation",
  "legitimate-interest": "dpv:LegitimateInterestOfController",
  "vital-interest": "dpv:VitalInterest",
  never: "dpv:LegalBasis",
};

const context = {
  dpv: "https://w3id.org/dpv#",
  pd: "https://w3id.org/dpv/pd#",
  "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
  dcterms: "http://purl.org/dc/terms/",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
};

type Node = Record<string, unknown>;

const link = (id: string): Node => ({ "@id": id });

function groundsOf({ ground, region }: Purpose): string[] {
  const all = [ground, ...Object.values(region)].filter((one) => one !== "never");
  return [...new Set(all.map((one) => groundTerms[one]))];
}

/** Days as an ISO 8601 duration; until an event where no time runs. */
function storage({ days, from, duty }: KeepRule): Node {
  const kind = days === null ? "dpv:UntilEventDuration" : "dpv:TemporalDuration";
  return {
    "@type": "dpv:StorageCondition",
    "dpv:hasDuration": {
      "@type": kind,
      "rdfs:label": days === null ? `until ${from}` : `P${Math.ceil(days)}D after ${from}`,
    },
    ...(duty === null ? {} : { "dpv:hasLegalBasis": { "@type": "dpv:LegalObligation", "rdfs:label": duty } }),
  };
}

function processOf(policy: Policy, id: string, purpose: Purpose): Node | null {
  const rules = policy.use.filter((rule) => rule.for.includes(id));
  const shares = policy.share.filter((rule) => rule.for.includes(id));
  const data = [...new Set([...rules, ...shares].flatMap((rule) => rule.data))];
  if (data.length === 0) return null;
  const kept = policy.keep.filter((rule) => rule.data.some((category) => data.includes(category)));
  const collected = policy.collect.some((point) => point.for.includes(id));
  return {
    "@id": `#process-${id}`,
    "@type": "dpv:Process",
    "dpv:hasPurpose": link(`#purpose-${id}`),
    "dpv:hasProcessing": [
      ...(collected ? ["dpv:Collect"] : []),
      ...(rules.length > 0 ? ["dpv:Use"] : []),
      ...(shares.length > 0 ? ["dpv:Share"] : []),
      "dpv:Store",
    ].map(link),
    "dpv:hasPersonalData": data.map((category) => link(`#data-${category}`)),
    "dpv:hasLegalBasis": groundsOf(purpose).map(link),
    "dpv:hasRecipient": [...new Set(shares.flatMap(({ to }) => to))].map((to) => link(`#recipient-${to}`)),
    "dpv:hasStorageCondition": kept.map(storage),
    "dpv:hasDataController": link("#controller"),
  };
}

/** The policy as DPV. Ids are relative to the address that it is served from. */
export function dpvOf(policy: Policy, messages: Messages = en): Node {
  const { controller } = policy;
  const named = (prefix: string, all: Record<string, { dpv: string; about: string }>): Node[] =>
    Object.entries(all).map(([id, { dpv, about }]) => ({
      "@id": `#${prefix}-${id}`,
      "@type": dpv,
      "rdfs:label": about,
    }));
  const processes = Object.entries(policy.purposes)
    .map(([id, purpose]) => processOf(policy, id, purpose))
    .filter((process) => process !== null);
  return {
    "@context": context,
    "@graph": [
      {
        "@id": "#notice",
        "@type": "dpv:PrivacyNotice",
        "dcterms:title": messages.title(controller.name),
        "dcterms:hasVersion": String(policy.version),
        "dcterms:valid": policy.effective,
        "dcterms:language": policy.language,
        "dpv:hasDataController": link("#controller"),
        "dpv:hasProcess": processes.map(({ "@id": id }) => ({ "@id": id })),
      },
      {
        "@id": "#controller",
        "@type": "dpv:DataController",
        "dpv:hasName": controller.name,
        "dpv:hasContact": `mailto:${controller.email}`,
        ...(controller.post.length === 0 ? {} : { "dpv:hasAddress": controller.post.join(", ") }),
      },
      ...named("data", policy.categories),
      ...named("purpose", policy.purposes),
      ...named("recipient", policy.recipients),
      ...processes,
    ],
  };
}
