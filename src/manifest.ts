// What the running code does today, for the check to hold against the policy: derived from the register, not told (P3, P4).
import type { Table } from "./keep/register.ts";
import { statedPurposes } from "./keep/stated.ts";
import { everyTable } from "./keep/tables.ts";
import { collectionPoint, compile, type Manifest, type Policy } from "./policy/core.ts";
import { shownRoles } from "./shown-roles.ts";
import { unsentStore } from "./session/live/unsent-store.ts";
import { mailCarriers } from "./share/mail-carrier.ts";
import { ageCookie, deviceCookie, guestCookie, preferencesCookie, signInCookie } from "./web/cookies.ts";

/** What a form takes in, compares and forgets: no table of that collection point holds it. */
const onlyCompared: Readonly<Record<string, readonly string[]>> = {
  "sign-in": ["user-name", "password", "passkey", "second-factor"],
  "password-reset": ["email"],
};

/** Places at which a choice can be made, by choice: so far the person's own page. */
const choicesOf = ({ choices }: Policy): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(choices).flatMap(([id, { where }]) =>
      where.includes("profile") ? [[id, ["profile"]]] : [],
    ),
  );

const categoriesAt = (policy: Policy, point: string): string[] => {
  const found = collectionPoint(policy, point);
  return found ? [...found.require, ...found.offer, ...found.passive].map(({ category }) => category) : [];
};

/**
 * Categories that a table takes in. A sealed piece has room for more than a policy may collect, and is filled from the
 * collection point alone; a column in the clear is filled whatever the policy says, so it counts always.
 */
export const takenIn = (policy: Policy, { at, columns }: Pick<Table, "at" | "columns">): string[] => {
  const declared = at === undefined ? [] : categoriesAt(policy, at);
  return [
    ...new Set(
      Object.values(columns).flatMap(({ categories, sealed }) =>
        sealed ? categories.filter((category) => declared.includes(category)) : categories,
      ),
    ),
  ];
};

export const pointsOf = (policy: Policy): Record<string, string[]> => {
  const points: Record<string, Set<string>> = {};
  for (const table of everyTable)
    if (table.at !== undefined)
      for (const category of takenIn(policy, table)) (points[table.at] ??= new Set()).add(category);
  for (const table of everyTable)
    if (table.correctedAt !== undefined)
      for (const category of takenIn(policy, { ...table, at: table.correctedAt }))
        (points[table.correctedAt] ??= new Set()).add(category);
  for (const [point, compared] of Object.entries(onlyCompared))
    for (const category of compared) (points[point] ??= new Set()).add(category);
  return Object.fromEntries(Object.entries(points).map(([point, found]) => [point, [...found]]));
};

/** What the code keeps in a browser. */
export const cookiesOf = ({ age }: Policy): string[] => [
  signInCookie,
  guestCookie,
  deviceCookie,
  preferencesCookie,
  ...(age && age.ask.length > 0 ? [ageCookie] : []),
  unsentStore,
];

/**
 * What this version of the program does under a policy.
 * @param promises those that have a test; null where the tests are not at hand, and nothing is said of them
 */
export const manifestFor = (policy: Policy, promises: readonly string[] | null): Manifest => ({
  points: pointsOf(policy),
  stores: Object.fromEntries(
    everyTable.flatMap((table) => {
      const corrected = table.correctedAt ? takenIn(policy, { ...table, at: table.correctedAt }) : [];
      const held = [...new Set([...takenIn(policy, table), ...corrected])];
      return held.length > 0 ? [[table.name, held]] : [];
    }),
  ),
  purposes: [...new Set(Object.values(statedPurposes).flat())],
  // Mails are all that is handed to anybody outside yet.
  recipients: mailCarriers(policy),
  cookies: cookiesOf(policy),
  choices: choicesOf(policy),
  roles: shownRoles(compile(policy)),
  ...(promises === null ? {} : { promises }),
});
