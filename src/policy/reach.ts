/** Says about which people a category may be handled, version by version: row policies and seal are compiled from it (P1 P2). */
import { acts } from "./speak.ts";
import type { Compiled } from "./compile.ts";
import { refusalHolds } from "./decide.ts";
import { personStops } from "./person-stops.ts";
import type { Age, Policy, Status } from "./policy.ts";
import { ages, choiceStates, statuses } from "./states.ts";

/** What the walls know of a person beside their choices, which are in the mask of permissions. */
export type Standing = {
  region: string;
  age: Age;
  status: Status;
  /** The newest activation that the person was told of in time: until then the version before it counts too. */
  told: number;
};

/** A version that was put in force; `compiled` is null where its text can't be read any more. */
export type Version = { activation: number; compiled: Compiled | null };

/** The version that runs, and those before it that some people are still under. */
export type Versions = {
  running: { activation: number; compiled: Compiled };
  earlier: readonly Version[];
};

/** An act that a database can see: a value is put in at a collection point, or read. */
export type Cell = { act: "use"; category: string } | { act: "collect"; category: string; point: string };

/** About whom: by the activation they were told of, the standings as `standingKey` writes them. */
export type Who = "nobody" | "everybody" | ReadonlyMap<number, ReadonlySet<string>>;

type Place = Omit<Standing, "told">;

export const standingKey = ({ region, age, status }: Place): string => `${region}/${age}/${status}`;

const placesIn = ({ regions, regionIfUnknown }: Policy): Place[] =>
  [...new Set([...Object.keys(regions), regionIfUnknown])].flatMap((region) =>
    ages.flatMap((age) => statuses.map((status) => ({ region, age, status }))),
  );

/** The region as a version knows it. */
const regionIn = ({ regions, regionIfUnknown }: Policy, region: string): string =>
  region in regions ? region : regionIfUnknown;

const permitted = (policy: Policy, purpose: string, place: Place): boolean =>
  choiceStates.some((choice) => personStops(policy, "use", purpose, { ...place, choice }) === null);

function voicesOf(compiled: Compiled, cell: Cell, purpose: string) {
  const { categories, purposes, points, start, width, cells, voices } = compiled;
  const act = acts.indexOf(cell.act);
  const c = categories.get(cell.category);
  const p = purposes.get(purpose);
  const t = cell.act === "collect" ? points.get(cell.point) : 0;
  if (c === undefined || p === undefined || t === undefined) return undefined;
  return voices[cells[(start[act] ?? 0) + (c * purposes.size + p) * (width[act] ?? 0) + t] ?? 0];
}

/** Whether the rules about the data allow it; the person's choices and permissions are asked elsewhere. */
function allows(compiled: Compiled, cell: Cell, purpose: string, place: Place): boolean {
  const voices = voicesOf(compiled, cell, purpose);
  if (voices === undefined || voices.permits.length === 0) return false;
  // A child's data may be used to put things right, and not be added to.
  if (cell.act === "collect" && compiled.policy.age !== null && place.age === "under") return false;
  return !voices.refuses.some((rule) => refusalHolds(rule, { ...place, choice: "unset" }));
}

/** A purpose that the law asks for: people may ask for their data, and have it erased, whatever was or is allowed. */
export const isDuty = ({ policy }: Compiled, purpose: string): boolean =>
  policy.purposes[purpose]?.ground === "legal-obligation";

/** Somebody told of an earlier version is under both; a purpose that it does not know waits by its permission. */
function allowsToo(
  { compiled }: Version,
  cells: readonly Cell[],
  purpose: string,
  place: Place,
  now: Compiled,
): boolean {
  if (compiled === null) return isDuty(now, purpose);
  if (!compiled.purposes.has(purpose)) return true;
  const there = { ...place, region: regionIn(compiled.policy, place.region) };
  return cells.some((cell) => allows(compiled, cell, purpose, there));
}

/** About whom at least one of the cells is open for a purpose. */
export function whoIsOpen({ running, earlier }: Versions, purpose: string, cells: readonly Cell[]): Who {
  const { compiled } = running;
  const possible = placesIn(compiled.policy).filter((place) => permitted(compiled.policy, purpose, place));
  const open = possible.filter((place) => cells.some((cell) => allows(compiled, cell, purpose, place)));
  if (open.length === 0) return "nobody";
  const under = new Map([[running.activation, open]]);
  for (const version of earlier)
    under.set(
      version.activation,
      open.filter((place) => allowsToo(version, cells, purpose, place, compiled)),
    );
  if ([...under.values()].every(({ length }) => length === possible.length)) return "everybody";
  return new Map([...under].map(([told, places]) => [told, new Set(places.map(standingKey))]));
}

/** Whether a person is among those. */
export const isAmong = (who: Who, standing: Standing): boolean =>
  typeof who === "string"
    ? who === "everybody"
    : (who.get(standing.told)?.has(standingKey(standing)) ?? false);
