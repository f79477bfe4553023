// Restricting the use and asking for erasure, before and after, in the words of a real policy in any language.
import { everyTable } from "../../src/keep/tables.ts";
import type { Policy } from "../../src/policy/core.ts";
import { whatGoes } from "../../src/review/erase-outlook.ts";
import { ErasurePage, type ErasurePageProps } from "../../src/web/pages/erasure-page.tsx";
import type { Site } from "../../src/web/pages/layout.tsx";
import { UsePage, type UsePageProps } from "../../src/web/pages/use-page.tsx";
import { hostile, noon } from "./people-samples.ts";

const day = 86_400_000;

type Spoken = { site: Site; policy: Policy };

const categories = (policy: Policy, ids: readonly string[]) =>
  ids.flatMap((id) => policy.categories[id]?.about ?? []);

const purposes = (policy: Policy, ids: readonly string[]) =>
  ids.flatMap((id) => policy.purposes[id]?.about ?? []);

const erasureOf = ({ site, policy }: Spoken): ErasurePageProps => {
  const { erased, kept } = whatGoes(policy, everyTable);
  return {
    site,
    action: "/account/erasure",
    ofAccount: true,
    back: "/account",
    pending: null,
    due: { at: noon + 12 * day, zone: "America/New_York", calendar: "US, date-holidays 3.26.5" },
    erased: categories(policy, erased),
    kept: [
      ...kept.map(({ categories: ids, law, days }) => ({ what: categories(policy, ids), law, days })),
      ...policy.keep.flatMap(({ duty, days, data }) =>
        duty === null || kept.some(({ law }) => law === duty)
          ? []
          : [{ what: categories(policy, data), law: duty, days }],
      ),
    ],
    goesOn: purposes(policy, policy.erase.leaves),
    holds: policy.erase.holds.map(({ about, days }) => ({ about, days })),
    held: [],
    because: policy.erase.because,
    backupDays: policy.backup?.days ?? null,
  };
};

const held = (policy: Policy): ErasurePageProps["held"] =>
  [noon, noon - day].map((setAt, at) => ({
    id: String(at),
    about: policy.erase.holds[at]?.about ?? "",
    by: policy.roles["privacy-officer"]?.label ?? "",
    setAt,
    endsAt: setAt + 90 * day,
    hiddenUntil: null,
    reason: at === 0 ? hostile.rtl : hostile.long.slice(0, 120),
  }));

const useOf = ({ site, policy }: Spoken): UsePageProps => ({
  site,
  action: "/account/use",
  ofAccount: true,
  back: "/account",
  since: null,
  stops: purposes(
    policy,
    Object.keys(policy.purposes).filter((id) => !policy.restrict.leaves.includes(id)),
  ),
  goesOn: purposes(policy, policy.restrict.leaves),
});

/** Named alike in each language, behind `before`. */
export const erasurePages = (
  before: string,
  spoken: Spoken,
): Record<string, () => { toString(): string }> => {
  const link = { ...spoken, site: { ...spoken.site, person: null } };
  const pending = { askedAt: noon, running: false, link: "/erasure/x" };
  return {
    [`${before}erasure`]: () => ErasurePage(erasureOf(spoken)),
    [`${before}erasure-by-link`]: () => ErasurePage({ ...erasureOf(link), ofAccount: false }),
    [`${before}erasure-asked`]: () =>
      ErasurePage({ ...erasureOf(spoken), pending, held: held(spoken.policy) }),
    [`${before}erasure-running`]: () =>
      ErasurePage({ ...erasureOf(link), ofAccount: false, pending: { ...pending, running: true } }),
    [`${before}use`]: () => UsePage(useOf(spoken)),
    [`${before}use-restricted`]: () => UsePage({ ...useOf(link), ofAccount: false, since: noon }),
  };
};
