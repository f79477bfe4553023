// What a new version of a policy changes, in words that the people concerned can read (P2).
import type { Changes } from "./changes.ts";
import type { AskChange } from "./policy/compare-policies.ts";
import type { Policy } from "./policy/core.ts";
import { en } from "./policy/messages/en.ts";

export type SaidChange = {
  text: string;
  /** What is done for the purpose that `text` names, each on its own. */
  parts?: string[];
  /** Whom it concerns, as a sentence; absent where everyone. */
  who?: string;
  /** What has to come first, as a sentence. */
  first?: string;
};

export type SaidChanges = { id: string; title: string; items: SaidChange[] };

type Versions = { before: Policy; after: Policy; changes: Changes };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const same = (some: readonly string[], others: readonly string[]): boolean =>
  some.toSorted().join() === others.toSorted().join();

/** A name's entry in the version that allows the ask, or in the other where that one has lost it. */
const found = <T>({ before, after }: Versions, of: (policy: Policy) => T | undefined): T | undefined =>
  of(after) ?? of(before);

const things = (versions: Versions, ids: readonly string[]): string =>
  en.list([
    ...new Set(ids.map((id) => en.thing(found(versions, ({ categories }) => categories[id]?.label) ?? id))),
  ]);

const pointLabel = (versions: Versions, point: string): string =>
  `“${found(versions, ({ collect }) => collect.find((one) => one.point === point)?.label) ?? point}”`;

/** Whoever receives or sees: "our mail carrier and courts". */
const others = (versions: Versions, act: AskChange["act"], ids: readonly string[]): string =>
  en.list(
    ids.map(
      (id) =>
        found(versions, ({ recipients, roles }) =>
          act === "share" ? recipients[id]?.name : roles[id]?.label,
        ) ?? id,
    ),
  );

/** Acts on the same data stand together, with all their places: "collect phone at “Sign in” and “Your profile”". */
const sayActs = (versions: Versions, asks: readonly AskChange[]): string[] => {
  const groups = Map.groupBy(asks, ({ act, data }) => JSON.stringify([act, data]));
  return [...groups.values()].map((group) => {
    const [{ act, data }] = group as [AskChange, ...AskChange[]];
    const what = things(versions, data);
    const targets = group.flatMap(({ target }) => target ?? []);
    if (act === "collect")
      return `collect ${what} at ${en.list(targets.map((point) => pointLabel(versions, point)))}`;
    if (act === "share") return `give ${what} to ${others(versions, act, targets)}`;
    return act === "look" ? `show ${what} to ${others(versions, act, targets)}` : `${act} ${what}`;
  });
};

const choiceWords: [readonly string[], string][] = [
  [["given"], "who have said yes"],
  [["refused"], "who have said no"],
  [["unset"], "who have not chosen"],
  [["assumed", "unset"], "who have not chosen"],
  [["assumed"], "whose yes is assumed"],
  [["assumed", "given"], "who have said yes, or whose yes is assumed"],
  [["assumed", "given", "unset"], "who have not said no"],
  [["assumed", "refused", "unset"], "who have not said yes"],
  [["refused", "unset"], "who have not said yes"],
];

const ageWords: [readonly string[], (limit: number) => string][] = [
  [["under"], (limit) => `under ${limit}`],
  [["under", "unknown"], (limit) => `under ${limit}, or of unknown age`],
  [["unknown"], () => "of unknown age"],
  [["over"], (limit) => `known to be ${limit} or older`],
];

/** Everyone, or the people of some regions, ages and choices. An account that is not active is the exception, and said. */
const whoText = (versions: Versions, { people }: AskChange): string | undefined => {
  const { before, after } = versions;
  const all = [...new Set([...Object.keys(before.regions), ...Object.keys(after.regions)])];
  const labels = people.region.map((id) => found(versions, ({ regions }) => regions[id]?.label) ?? id);
  const limit = found(versions, ({ age }) => age?.limit) ?? 0;
  const parts = [
    all.length === 0 || same(people.region, all) ? null : `in ${labels.join(" or ")}`,
    ageWords.find(([ages]) => same(ages, people.age))?.[1](limit),
    choiceWords.find(([choices]) => same(choices, people.choice))?.[1],
    people.status.includes("active") ? null : `whose account is ${people.status.join(" or ")}`,
  ].filter((part) => part !== null && part !== undefined);
  return parts.length === 0 ? undefined : `Concerns people ${parts.join(", ")}.`;
};

/** Keeping follows from what else is done with the same data for the same purpose: said only where it stands alone. */
const spoken = (asks: readonly AskChange[]): AskChange[] =>
  asks.filter(
    (ask) =>
      ask.act !== "keep" ||
      !ask.data.every((category) =>
        asks.some(
          (other) =>
            other.act !== "keep" &&
            other.now === ask.now &&
            other.purpose === ask.purpose &&
            other.data.includes(category),
        ),
      ),
  );

const firstText = ({ changes }: Versions, { now, purpose }: AskChange): string | undefined => {
  if (now === "refused") return undefined;
  const due = changes.waits[purpose];
  if (due === "consent") return "Waits for each person’s own yes.";
  return due === "notice" ? `We tell them at least ${en.time(changes.noticeDays)} before.` : undefined;
};

/** One change for each purpose and each circle of people. */
const sayAsks = (versions: Versions, now: AskChange["now"]): SaidChange[] => {
  const asks = spoken(versions.changes.asks.filter((ask) => ask.now === now));
  const groups = Map.groupBy(asks, (ask) =>
    JSON.stringify([ask.purpose, whoText(versions, ask), firstText(versions, ask)]),
  );
  return [...groups.values()].map((group) => {
    const [first] = group as [AskChange, ...AskChange[]];
    const about = found(versions, ({ purposes }) => purposes[first.purpose]?.about) ?? first.purpose;
    const [who, due] = [whoText(versions, first), firstText(versions, first)];
    return {
      text: `To ${about}:`,
      parts: sayActs(versions, group),
      ...(who === undefined ? {} : { who }),
      ...(due === undefined ? {} : { first: due }),
    };
  });
};

type EndChange = Changes["ends"][number];

const endText = ({ days, from }: EndChange["before"]): string =>
  days === null ? en.keepUntil(from) : en.keepFor(days, from);

const sayEnds = (versions: Versions, now: EndChange["now"]): SaidChange[] => {
  const groups = Map.groupBy(
    versions.changes.ends.filter((end) => end.now === now),
    ({ before, after }) => JSON.stringify([before, after]),
  );
  return [...groups.values()].map((group) => {
    const [{ before, after }] = group as [EndChange, ...EndChange[]];
    const points = [...new Set(group.map(({ point }) => pointLabel(versions, point)))];
    const what = capital(
      things(
        versions,
        group.map(({ category }) => category),
      ),
    );
    return { text: `${what} (from ${en.list(points)}): ${endText(after)}. Before: ${endText(before)}.` };
  });
};

const sayDocuments = ({ changes }: Versions): SaidChange[] =>
  changes.documents.map(({ title, from, to }) => {
    if (to === null) return { text: `“${title}” no longer holds.` };
    const text =
      from === null ? `“${title}” is new.` : `“${title}”: version ${to} in place of version ${from}.`;
    return { text, first: "Whoever has an account is asked to agree." };
  });

const cookieText = ([, life, purpose]: string[]): string => `${life}, for ${purpose}`;

const sayCookies = ({ changes }: Versions): SaidChange[] =>
  changes.cookies.map(({ name, before, after }) => {
    if (after === null) return { text: `${name} is no longer set.` };
    const was = before === null ? "It is new." : `Before: ${cookieText(before)}.`;
    return { text: `${name}: ${cookieText(after)}. ${was}` };
  });

const sayCountries = (versions: Versions): SaidChange[] => {
  const { before, after, changes } = versions;
  const region = (id: string, { regions }: Policy): string => regions[id]?.label ?? id;
  const moves = Map.groupBy(changes.countries, (move) => JSON.stringify([move.before, move.after]));
  return [...moves.values()].map((group) => {
    const [move] = group as [Changes["countries"][number], ...Changes["countries"]];
    const names = en.list(group.map(({ country }) => en.country(country)));
    const [was, is] = [region(move.before, before), region(move.after, after)];
    return { text: `People in ${names} come under the rules for ${is}. Before: ${was}.` };
  });
};

/** The changes in groups, each with a title; groups in which nothing changed are left out. */
export const sayChanges = (before: Policy, after: Policy, changes: Changes): SaidChanges[] => {
  const versions: Versions = { before, after, changes };
  const groups: SaidChanges[] = [
    { id: "allowed", title: "What is newly allowed", items: sayAsks(versions, "allowed") },
    { id: "refused", title: "What is no longer done", items: sayAsks(versions, "refused") },
    { id: "longer", title: "What is kept longer", items: sayEnds(versions, "longer") },
    { id: "shorter", title: "What is kept shorter", items: sayEnds(versions, "shorter") },
    { id: "otherwise", title: "What ends otherwise", items: sayEnds(versions, "other") },
    { id: "texts", title: "Texts with a new version", items: sayDocuments(versions) },
    { id: "cookies", title: "Cookies", items: sayCookies(versions) },
    { id: "countries", title: "Countries under other rules", items: sayCountries(versions) },
  ];
  return groups.filter(({ items }) => items.length > 0);
};
