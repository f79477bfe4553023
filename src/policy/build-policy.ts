/** Makes the one even form of a policy from what its file says, every rule with its name and place (P1). */
import { buildDeclarations } from "./build-declarations.ts";
import { buildRules } from "./build-rules.ts";
import { buildSettings } from "./build-settings.ts";
import { listed } from "./even-out.ts";
import type { PlaceOf } from "./even-out.ts";
import type { Policy, Sentence } from "./policy.ts";
import type { PolicyFile } from "./schema.ts";

type Texts = PolicyFile["limits"];

function buildSentences(from: Texts, section: string, placeOf: PlaceOf): Sentence[] {
  const even = from?.map((one) => (typeof one === "string" ? { text: one } : one));
  return listed(
    even,
    section,
    placeOf,
    () => "sentence",
    ({ text }, rule) => ({ ...rule, text }),
  );
}

/** A policy from a file of the right shape. `placeOf` says where a part stands; whether names exist is not asked here. */
export function buildPolicy(file: PolicyFile, path: string, placeOf: PlaceOf): Policy {
  const declarations = buildDeclarations(file, placeOf);
  const { backup, age, signals, statistics, ...settings } = buildSettings(file, placeOf);
  return {
    file: path,
    policy: file.policy,
    version: file.version,
    effective: file.effective,
    language: file.language ?? "en",
    scope: {
      covers: buildSentences(file.covers, "covers", placeOf),
      not: buildSentences(file["covers-not"], "covers-not", placeOf),
    },
    regionIfUnknown: file["region-if-unknown"] ?? Object.keys(declarations.regions)[0] ?? "anywhere",
    protection: buildSentences(file.protection, "protection", placeOf),
    limits: buildSentences(file.limits, "limits", placeOf),
    ...declarations,
    ...settings,
    backup: backup ?? null,
    age: age ?? null,
    signals: signals ?? null,
    statistics: statistics ?? null,
    ...buildRules(file, declarations.categories, placeOf),
  };
}
