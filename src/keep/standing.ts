// Keeps a person's mask in step with what they chose, what they were told and how their account stands, in the same transaction (R3, O4).
import { sql } from "kysely";
import type { Age, ChoiceState, Status } from "../policy/core.ts";
import type { Standing } from "../policy/reach.ts";
import type { Activated } from "./activate.ts";
import type { Clock } from "./clock.ts";
import type { Data, Within } from "./database.ts";
import { purposesOf, type Answer, type Person } from "./permissions.ts";
import { maskOf } from "./purpose-bits.ts";

/** What a new subject's row starts with. */
export type Start = { status: Status; permissions: number; region: string; age: Age; told: number };

/** What is known of somebody who comes in; a choice that is not named is unset. */
export type Incoming = {
  region?: string | undefined;
  age?: Age | undefined;
  choices?: Readonly<Record<string, ChoiceState>>;
};

/** Gives a new subject's standing and mask. */
export type Newcomer = (incoming?: Incoming) => Start;

/** What changes in a person's standing. */
export type Change = Partial<Pick<Person, "region" | "age" | "status" | "told">>;

/** Works a person's mask out anew, after the choices that stand in the transaction; gives the purposes that hold now. */
export type Restand = (data: Data, subject: string, change?: Change) => Promise<string[]>;

type Needs = { inForce: Activated; bits: Readonly<Record<string, number>>; clock: Clock };

/** Those who come before a version's day come under the one before it. */
const toldAtFirst = ({ inForce: { running }, clock }: Needs): number =>
  running.effective > clock() ? running.number - 1 : running.number;

export const newcomerFor =
  (needs: Needs): Newcomer =>
  ({ region, age = "unknown", choices = {} } = {}) => {
    const { policy } = needs.inForce.versions.running.compiled;
    const activation = needs.inForce.running.number;
    const said = Object.entries(choices).map(([choice, state]): [string, Answer] => [
      choice,
      { state, activation },
    ]);
    const person: Person = {
      region: region !== undefined && region in policy.regions ? region : policy.regionIfUnknown,
      age,
      status: "active",
      told: toldAtFirst(needs),
      choices: Object.fromEntries(said),
    };
    const { choices: _, ...standing } = person;
    return { ...standing, permissions: maskOf(needs.bits, purposesOf(needs.inForce, person)) };
  };

/** The last answers of a person, by choice. */
const answersOf = async (data: Data, subject: string): Promise<Record<string, Answer>> => {
  const rows = await data
    .selectFrom("choice")
    .distinctOn("choice")
    .select(["choice", "state", "activation"])
    .where("subject", "=", subject)
    .orderBy("choice")
    .orderBy("at", "desc")
    .orderBy("activation", "desc")
    .execute();
  return Object.fromEntries(
    rows.map(({ choice, state, activation }) => [choice, { state: state as ChoiceState, activation }]),
  );
};

/** A person as they stand in this transaction. */
export const personIn = async (data: Data, subject: string): Promise<Person> => {
  const row = await data
    .selectFrom("subject")
    .select(["region", "age", "status", "told"])
    .where("id", "=", subject)
    .executeTakeFirstOrThrow();
  return { ...(row as Standing), choices: await answersOf(data, subject) };
};

export const restandFor =
  ({ inForce, bits }: Needs): Restand =>
  async (data, subject, change = {}) => {
    await data.selectFrom("subject").select("id").where("id", "=", subject).forUpdate().execute();
    const person = { ...(await personIn(data, subject)), ...change };
    const purposes = purposesOf(inForce, person);
    const { region, age, status, told } = person;
    await data
      .updateTable("subject")
      .set({ region, age, status, told, permissions: maskOf(bits, purposes) })
      .where("id", "=", subject)
      .execute();
    return purposes;
  };

/** A person's standing, for the seal: a function of the database gives it, past the mask. */
export const standingOf =
  (within: Within, stated: { actor: string; purpose: string }) =>
  async (subject: string): Promise<Standing | null> => {
    const rows = await within.one<Standing>(stated, (data) =>
      sql<Standing>`select * from standing_of(${subject}::uuid)`.compile(data),
    );
    return rows[0] ?? null;
  };
