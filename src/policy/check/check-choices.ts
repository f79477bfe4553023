/** Finds choices that cannot be made or change nothing, and grounds that do not carry what rests on them (O1 O4, P3). */
import type { Cell, Outcome } from "../enumerate.ts";
import type { Issue } from "../issue.ts";
import { meant } from "../near-word.ts";
import type { Choice, Ground, Policy, Purpose } from "../policy.ts";
import { choiceStates } from "../states.ts";
import { finder, some } from "./finding.ts";
import type { Find } from "./finding.ts";

/** Where a choice can be made besides collection points. */
export const places = ["profile", "mail", "letter", "one-click", "signal", "cookie-page"];

const grounds = (purpose: Purpose): Ground[] => [
  ...new Set([purpose.ground, ...Object.values(purpose.region)]),
];
const isChoice = (ground: Ground): boolean =>
  ground === "opt-in" || ground === "opt-out" || ground === "explicit-opt-in";
const carriesSpecial = (ground: Ground): boolean =>
  ground === "explicit-opt-in" ||
  ground === "legal-obligation" ||
  ground === "vital-interest" ||
  ground === "never";

function checkGrounds(policy: Policy, find: Find): Issue[] {
  return Object.entries(policy.purposes).flatMap(([id, purpose]) => {
    const all = grounds(purpose);
    const found: Issue[] = [];
    if (all.some(isChoice) && purpose.choice === null)
      found.push(
        find(
          purpose,
          "no-choice",
          `${id} rests on a choice, and names none.`,
          'Declare it under "choices" and name it here: "choice: …".',
        ),
      );
    if (
      all.some((ground) => ground === "legal-obligation" || ground === "legitimate-interest") &&
      purpose.because === null
    )
      found.push(
        find(
          purpose,
          "no-reason",
          `${id} does not say which law or which interest it rests on.`,
          'Add "because: …".',
        ),
      );
    return found;
  });
}

function checkWays(policy: Policy, find: Find, id: string, choice: Choice): Issue[] {
  const points = policy.collect.map(({ point }) => point);
  const remedy = (to: string): string => `Leave the place out under "where", or ${to}.`;
  return choice.where.flatMap((place) => {
    if (place === "mail" && policy.contact.optOut === null)
      return [
        find(
          choice,
          "no-address",
          `${id} can be made by mail, and no address takes it.`,
          remedy('give "contact.opt-out"'),
        ),
      ];
    if (place === "letter" && (policy.controller.post.length === 0 || !policy.contact.letters))
      return [
        find(
          choice,
          "no-address",
          `${id} can be made by letter, and no postal address takes it.`,
          remedy('give "controller.post" and "contact.letters: true"'),
        ),
      ];
    if (place === "signal" && !policy.signals?.gpc.includes(id))
      return [
        find(
          choice,
          "no-choice",
          `${id} says that a signal sets it, and no signal does.`,
          remedy('name it under "signals.gpc"'),
        ),
      ];
    if (places.includes(place)) return [];
    const point = policy.collect.find((one) => one.point === place);
    if (point === undefined)
      return [
        find(
          choice,
          "unknown-place",
          `There is no place "${place}" for a choice.`,
          meant(place, [...places, ...points], "place"),
        ),
      ];
    if (point.choices.includes(id)) return [];
    return [
      find(
        point,
        "no-choice",
        `${id} says that "${place}" carries it, and it does not.`,
        `Add ${id} under "choices" of "${place}".`,
      ),
    ];
  });
}

/** Whether some decision about this choice's purposes turns on its state. */
function turns(policy: Policy, id: string, cells: Cell[], outcome: (cell: Cell) => Outcome): boolean {
  return cells.some((cell) => {
    if (policy.purposes[cell.purpose]?.choice !== id) return false;
    const met = new Set(outcome(cell).allows.map(({ choice }) => choice));
    return met.size > 0 && met.size < choiceStates.length;
  });
}

function checkSpecial(policy: Policy, find: Find, cells: Cell[], outcome: (cell: Cell) => Outcome): Issue[] {
  const special = cells.filter(({ category }) => policy.categories[category]?.sensitivity === "special");
  const wrong = special.filter((cell) => {
    const purpose = policy.purposes[cell.purpose];
    return (
      purpose !== undefined && !grounds(purpose).every(carriesSpecial) && outcome(cell).allows.length > 0
    );
  });
  return Object.entries(Object.groupBy(wrong, ({ category }) => category)).map(([id, found = []]) => {
    const purposes = some(found.map(({ purpose }) => purpose));
    const message = `${id} is a special category, and the ground of ${purposes} does not carry it.`;
    const rule = policy.categories[id] ?? { at: { line: 1, column: 1 } };
    return find(
      rule,
      "special-ground",
      message,
      "Use it only for purposes whose ground is explicit-opt-in, legal-obligation or vital-interest.",
    );
  });
}

function checkCookies(policy: Policy, find: Find): Issue[] {
  return policy.cookies
    .filter(({ necessary, purpose }) => !necessary && policy.purposes[purpose]?.choice === null)
    .map((cookie) =>
      find(
        cookie,
        "cookie-ground",
        `${cookie.name} is not marked as needed, and ${cookie.purpose} rests on no choice.`,
        'Write "necessary: true", or give its purpose a choice.',
      ),
    );
}

/** Everything about choices and grounds. `cells` are those that some rule speaks about. */
export function checkChoices(policy: Policy, cells: Cell[], outcome: (cell: Cell) => Outcome): Issue[] {
  const find = finder(policy);
  const each = Object.entries(policy.choices);
  return [
    ...checkGrounds(policy, find),
    ...each.flatMap(([id, choice]) => checkWays(policy, find, id, choice)),
    ...each
      .filter(([id]) => !turns(policy, id, cells, outcome))
      .map(([id, choice]) =>
        find(
          choice,
          "choice-changes-nothing",
          `No decision depends on the choice ${id}.`,
          'Name it as the "choice" of a purpose whose ground it is, or leave it out.',
        ),
      ),
    ...checkSpecial(policy, find, cells, outcome),
    ...checkCookies(policy, find),
  ];
}
