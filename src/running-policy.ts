// The version that runs on the data, and the people under it, for comparing a new one with (P2, P3).
import type { Client } from "pg";
import { choiceFor, isConcerned, type AskChange, type ChoiceState, type Policy } from "./policy/core.ts";
import type { Standing } from "./policy/reach.ts";

/** So many people who stand alike. */
type Circle = Pick<Standing, "region" | "age" | "status"> & {
  choices: Record<string, ChoiceState>;
  count: number;
};

export type Running = { text: string; file: string; people: readonly Circle[] };

/** Everybody of whom something is held, but for those of whom nothing but requests is known. */
const circles = `
  select region, age, status, choices, count(*)::int as count from (
    select region, age, status, coalesce((
      select jsonb_object_agg(choice, state) from (
        select distinct on (choice) choice, state from choice where subject = s.id order by choice, at desc, activation desc
      ) last), '{}') as choices
    from subject s where kind not in ('visitors', 'decoy', 'nobody')
  ) people group by 1, 2, 3, 4`;

/** Null where nothing was put in force yet. @param client the migrating role's */
export const readRunning = async (client: Client): Promise<Running | null> => {
  const { rows } = await client.query<{ id: string; version: number; body: string }>(
    `select d.id, d.version, d.body from activation a
     join document d on d.id = a.policy || '/privacy' and d.version = a.version
     order by a.number desc limit 1`,
  );
  const [last] = rows;
  if (!last) return null;
  const people = (await client.query<Circle>(circles)).rows;
  return { text: last.body, file: `${last.id}, version ${last.version}`, people };
};

/** How many people a change is about, and of how many; a person's choice is the one that the purpose rests on. */
export const countConcerned =
  (before: Policy, after: Policy, people: readonly Circle[]) =>
  (change: AskChange): { count: number; of: number } => {
    const policy = change.purpose in after.purposes ? after : before;
    const concerned = people.filter(({ choices, ...standing }) =>
      isConcerned(change, { ...standing, choice: choiceFor(policy, change.purpose, choices) }),
    );
    const sum = (some: readonly Circle[]) => some.reduce((total, { count }) => total + count, 0);
    return { count: sum(concerned), of: sum(people) };
  };
