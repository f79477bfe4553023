/** What a person can choose and where, and which cookies there are (O1 O2 O3 O4 O5 O7 O8 C12). */
import type { Ground, Policy } from "../policy.ts";
import { anchor, clause, joined } from "./clause.ts";
import type { Clause, Say } from "./clause.ts";

/** What holds for people who have not chosen, region by region. */
function unlessChosen({ policy, m }: Say, id: string): string {
  const resting = Object.values(policy.purposes).filter(({ choice }) => choice === id);
  const said = (ground: Ground): string | null => m.unlessChosen[ground] ?? null;
  const first = resting[0];
  if (first === undefined) return "";
  const regions = Object.entries(first.region).flatMap(([region, ground]) => {
    const text = said(ground);
    return text === null || ground === first.ground
      ? []
      : [m.inRegion(policy.regions[region]?.label ?? region, text)];
  });
  return joined(said(first.ground), ...regions);
}

const placesOf = ({ policy, m }: Say, where: string[]): string[] =>
  where.map(
    (place) =>
      m.places[place] ?? m.place(policy.collect.find(({ point }) => point === place)?.label ?? place),
  );

export function sayChoose(say: Say): Clause[] {
  const { policy, m } = say;
  const made = Object.entries(policy.choices).map(([id, choice]) => {
    const resting = Object.values(policy.purposes).filter((purpose) => purpose.choice === id);
    const text = joined(
      m.choice(choice.label, choice.about, placesOf(say, choice.where)),
      unlessChosen(say, id),
    );
    return clause(`choose-${id}`, text, choice, ...resting);
  });
  const { signals } = policy;
  if (signals === null) return made;
  const labels = signals.gpc.map((id) => policy.choices[id]?.label ?? id);
  const asked = signals.gpc.flatMap((id) => policy.choices[id] ?? []);
  return [...made, clause("choose-signal", m.signal(labels), signals, ...asked)];
}

const needed = ({ cookies }: Policy): boolean => cookies.every(({ necessary }) => necessary);

export function sayCookies({ policy, m }: Say): Clause[] {
  if (policy.cookies.length === 0) return [clause("cookies-none", m.noCookies, policy.contact)];
  const each = policy.cookies.map((cookie) => {
    const without = cookie.without === null ? null : m.without(cookie.without);
    const said = m.cookie(cookie.name, cookie.about, cookie.holds);
    return clause(anchor(cookie), joined(said, m.stored[cookie.store], without), cookie);
  });
  return [
    clause("cookies-what", m.cookieIntro, ...policy.cookies),
    clause("cookies-choice", m.cookieChoice, ...policy.cookies),
    ...(needed(policy) ? [clause("cookies-needed", m.cookiesNeeded, ...policy.cookies)] : []),
    ...each,
  ];
}
