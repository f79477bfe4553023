// What a new version of a policy changes, in words that the people concerned can read (P2).
import type { Changes } from "./changes.ts";
import type { AskChange } from "./policy/compare-policies.ts";
import type { Policy } from "./policy/core.ts";
import { en, type PageWords } from "./web/messages/en.ts";

export type SaidChange = {
  text: string;
  /** What is done for the purpose that `text` names, each on its own. */
  parts?: string[];
  /** Whom it concerns, as a sentence; absent where everyone. */
  who?: string;
  /** What has to come first, as a sentence. */
  first?: string;
  /** One of the asks that it speaks of; all concern the same people. */
  ask?: AskChange;
};

export type SaidChanges = { id: string; title: string; items: SaidChange[] };

/** Both versions in one language, and the words of that language. */
type Versions = { before: Policy; after: Policy; changes: Changes; words: PageWords };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const same = (some: readonly string[], others: readonly string[]): boolean =>
  some.toSorted().join() === others.toSorted().join();

/** A name's entry in the version that allows the ask, or in the other where that one has lost it. */
const found = <T>({ before, after }: Versions, of: (policy: Policy) => T | undefined): T | undefined =>
  of(after) ?? of(before);

const things = (versions: Versions, ids: readonly string[]): string => {
  const { list, thing } = versions.words.statement;
  return list([
    ...new Set(ids.map((id) => thing(found(versions, ({ categories }) => categories[id]?.label) ?? id))),
  ]);
};

const pointLabel = (versions: Versions, point: string): string =>
  versions.words.changed.quoted(
    found(versions, ({ collect }) => collect.find((one) => one.point === point)?.label) ?? point,
  );

/** Whoever receives or sees: "our mail carrier and courts". */
const others = (versions: Versions, act: AskChange["act"], ids: readonly string[]): string =>
  versions.words.statement.list(
    ids.map(
      (id) =>
        found(versions, ({ recipients, roles }) =>
          act === "share" ? recipients[id]?.name : roles[id]?.label,
        ) ?? id,
    ),
  );

/** Acts on the same data stand together, with all their places: "collect phone at “Sign in” and “Your profile”". */
const sayActs = (versions: Versions, asks: readonly AskChange[]): string[] => {
  const { statement, changed } = versions.words;
  const groups = Map.groupBy(asks, ({ act, data }) => JSON.stringify([act, data]));
  return [...groups.values()].map((group) => {
    const [{ act, data }] = group as [AskChange, ...AskChange[]];
    const what = things(versions, data);
    const targets = group.flatMap(({ target }) => target ?? []);
    const at =
      act === "collect"
        ? statement.list(targets.map((point) => pointLabel(versions, point)))
        : others(versions, act, targets);
    return changed.acts[act](what, at);
  });
};

const keyOf = (states: readonly string[]): string => states.toSorted().join("+");

/** Words for just these states; none where the states are all, or are told apart no further. */
const wordsFor = <T>(words: Readonly<Record<string, T>>, states: readonly string[]): T | undefined =>
  words[keyOf(states)];

/** Everyone, or the people of some regions, ages and choices. An account that is not active is the exception, and said. */
const whoText = (versions: Versions, { people }: AskChange): string | undefined => {
  const { before, after, words } = versions;
  const { ages, choices, account, accounts, people: say } = words.changed;
  const all = [...new Set([...Object.keys(before.regions), ...Object.keys(after.regions)])];
  const labels = people.region.map((id) => found(versions, ({ regions }) => regions[id]?.label) ?? id);
  const limit = found(versions, ({ age }) => age?.limit) ?? 0;
  const regions = all.length === 0 || same(people.region, all) ? [] : labels;
  const parts = [
    wordsFor<(limit: number) => string>(ages, people.age)?.(limit),
    wordsFor<string>(choices, people.choice),
    people.status.includes("active") ? undefined : account(people.status.map((one) => accounts[one])),
  ].filter((part) => part !== undefined);
  return regions.length + parts.length === 0 ? undefined : say(regions, parts);
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

const firstText = ({ changes, words }: Versions, { due }: AskChange): string | undefined => {
  if (due === "consent") return words.changed.waits;
  return due === "notice" ? words.changed.told(words.statement.time(changes.noticeDays)) : undefined;
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
      text: versions.words.changed.purpose(about),
      parts: sayActs(versions, group),
      ask: first,
      ...(who === undefined ? {} : { who }),
      ...(due === undefined ? {} : { first: due }),
    };
  });
};

type EndChange = Changes["ends"][number];

const sayEnds = (versions: Versions, now: EndChange["now"]): SaidChange[] => {
  const { statement, changed } = versions.words;
  const endText = ({ days, from }: EndChange["before"]): string =>
    days === null ? statement.keepUntil(from) : statement.keepFor(days, from);
  const groups = Map.groupBy(
    versions.changes.ends.filter((end) => end.now === now),
    ({ before, after }) => JSON.stringify([before, after]),
  );
  return [...groups.values()].map((group) => {
    const [{ before, after }] = group as [EndChange, ...EndChange[]];
    const points = [...new Set(group.map(({ point }) => pointLabel(versions, point)))];
    const what = things(
      versions,
      group.map(({ category }) => category),
    );
    return { text: changed.end(capital(what), statement.list(points), endText(after), endText(before)) };
  });
};

const sayDocuments = ({ changes, words: { changed } }: Versions): SaidChange[] =>
  changes.documents.map(({ title, from, to }) => {
    if (to === null) return { text: changed.textGone(title) };
    const text = from === null ? changed.textNew(title) : changed.textChanged(title, from, to);
    return { text, first: changed.asked };
  });

const sayCookies = ({ changes, words: { changed } }: Versions): SaidChange[] =>
  changes.cookies.map(({ name, before, after }) => {
    if (after === null) return { text: changed.cookieGone(name) };
    const [, ...is] = after;
    if (before === null) return { text: changed.cookieNew(name, is[0] ?? "", is[1] ?? "") };
    return { text: changed.cookieChanged(name, is, before.slice(1)) };
  });

const sayCountries = (versions: Versions): SaidChange[] => {
  const { before, after, changes, words } = versions;
  const region = (id: string, { regions }: Policy): string => regions[id]?.label ?? id;
  const moves = Map.groupBy(changes.countries, (move) => JSON.stringify([move.before, move.after]));
  return [...moves.values()].map((group) => {
    const [move] = group as [Changes["countries"][number], ...Changes["countries"]];
    const names = words.statement.list(group.map(({ country }) => words.statement.country(country)));
    return { text: words.changed.countries(names, region(move.after, after), region(move.before, before)) };
  });
};

/**
 * The changes in groups, each with a title; groups in which nothing changed are left out.
 * @param words of the language that both versions are in
 */
export const sayChanges = (
  before: Policy,
  after: Policy,
  changes: Changes,
  words: PageWords = en,
): SaidChanges[] => {
  const versions: Versions = { before, after, changes, words };
  const items: Record<keyof PageWords["changed"]["groups"], SaidChange[]> = {
    allowed: sayAsks(versions, "allowed"),
    refused: sayAsks(versions, "refused"),
    longer: sayEnds(versions, "longer"),
    shorter: sayEnds(versions, "shorter"),
    otherwise: sayEnds(versions, "other"),
    texts: sayDocuments(versions),
    cookies: sayCookies(versions),
    countries: sayCountries(versions),
  };
  return Object.entries(items).flatMap(([id, said]) =>
    said.length === 0 ? [] : [{ id, title: words.changed.groups[id as keyof typeof items], items: said }],
  );
};
