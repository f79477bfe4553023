// An objection: from the commit on the use is stopped at every wall, goes on when it is refused, and stays stopped when it is followed (R3).
import { beforeEach, afterEach, expect, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import type { QueueMail, Letter } from "../../src/keep/letter.ts";
import { decide, objectionTo } from "../../src/policy/core.ts";
import { service } from "../../src/policy/rows.ts";
import { answerObjection, objectTo, takeObjectionBack, type AnswerNeeds } from "../../src/review/object.ts";
import { objectablesOf } from "../../src/review/objectables.ts";
import { answerRequest } from "../../src/review/requests-desk.ts";
import { cloneData, type TestData } from "../keep.ts";
import { addTechnician, openTestKeep, secrets } from "./people.ts";
import { rightsNeeds } from "./rights.ts";

let data: TestData;
let keep: Keep;
let person: string;
let needs: AnswerNeeds;
let letters: Letter[];

const use = "keep-site-running";
const words = "My boss reads your log.";

beforeEach(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  person = await addTechnician(keep, "Objecting Olaf");
  letters = [];
  const queueMail: QueueMail = (_, letter) => {
    letters.push(letter);
    return Promise.resolve({ queued: true });
  };
  const objectionLetter: AnswerNeeds["objectionLetter"] = (language, { followed, answer }) => ({
    title: String(language),
    text: `${followed ? "followed" : "refused"}: ${answer}`,
  });
  needs = { ...(await rightsNeeds(keep)), inForce: keep.inForce, queueMail, objectionLetter };
});
afterEach(() => keep.close());

const object = () => objectTo(needs, person, { purpose: use, words, place: "profile" });
const takeBack = () => takeObjectionBack(needs, person, { purpose: use, place: "profile" });

/** Whether the site's role is shown the person for the use, and for one that it may state of others. */
const isUsed = async (): Promise<boolean> => {
  const rows = await keep.databases.site({ actor: service, purpose: use }, (tx) =>
    tx.selectFrom("subject").select("id").where("id", "=", person).execute(),
  );
  return rows.length > 0;
};

const log = () =>
  keep.databases.site({ actor: service, purpose: use }, (tx) =>
    tx
      .insertInto("request")
      .values({
        id: needs.newId(),
        subject: person,
        at: keep.clock(),
        method: "GET",
        route: "/",
        status: 200,
        network: Buffer.alloc(0),
      })
      .execute(),
  );

const now = async () => (await objectablesOf(needs, person)).find(({ purpose }) => purpose === use);
const idNow = async (): Promise<string> => String((await now())?.objection?.id);
const entries = async () =>
  (
    await data.asOwner((client) =>
      client.query<{ entry: string }>("select entry from ledger order by seq desc limit 1"),
    )
  ).rows.map(({ entry }) => (JSON.parse(entry) as { kind: string }).kind);

test("the row wall shows nobody the person for the use any more, and other uses go on", async () => {
  expect(await isUsed()).toBe(true);
  await log();
  expect(await object()).toBe(true);
  expect(await isUsed()).toBe(false);
  await expect(log()).rejects.toThrow("row-level security");
  const others = await keep.databases.door({ actor: person, purpose: "manage-account" }, (tx) =>
    tx.selectFrom("profile").select("subject").where("subject", "=", person).execute(),
  );
  expect(others).toHaveLength(1);
  expect(await now()).toMatchObject({ allowed: false, stopped: true, objection: { state: "open" } });
});

test("decide refuses it with a reason of its own and the purpose's rule, and lets what is there be kept", () => {
  const { compiled } = keep.inForce.versions.running;
  const ask = { category: "ip-address", purpose: use, status: "active", choice: "refused" } as const;
  const used = decide(compiled, { ...ask, act: "use" });
  expect([used.effect, used.reason, used.rules.map(({ id }) => id)]).toEqual([
    "refuse",
    "objected",
    [`purposes.${use}`],
  ]);
  expect(decide(compiled, { ...ask, act: "keep" }).effect).toBe("allow");
  // A contract or a law is not objected to.
  const account = { ...ask, category: "user-name", purpose: "manage-account", act: "use" } as const;
  expect(decide(compiled, account).effect).toBe("allow");
});

test("refused without a reason it is not answered; with one the use goes on, and the person is written to", async () => {
  await object();
  const id = await idNow();
  expect(await answerRequest(needs, id, { state: "refused", answer: "  " })).toContain("Say why");
  expect(await isUsed()).toBe(false);
  expect(await answerRequest(needs, id, { state: "refused", answer: "It guards everybody." })).toBeNull();
  expect(await isUsed()).toBe(true);
  expect(await now()).toMatchObject({
    stopped: false,
    objection: { state: "refused", answer: "It guards everybody." },
  });
  expect(letters).toMatchObject([
    { to: secrets.email, subject: person, text: "refused: It guards everybody." },
  ]);
  expect(await answerObjection(needs, id, { state: "done", answer: "" })).toBe(false);
  expect(await object()).toBe(true);
  expect(await isUsed()).toBe(false);
});

test("followed, the use stays stopped until the person takes the objection back", async () => {
  await object();
  expect(await answerRequest(needs, await idNow(), { state: "done", answer: "" })).toBeNull();
  expect(await entries()).toEqual(["answered"]);
  expect(await isUsed()).toBe(false);
  expect(await object()).toBe(false);
  expect(await takeBack()).toBe(true);
  expect(await entries()).toEqual(["objection-taken-back"]);
  expect(await isUsed()).toBe(true);
  expect(await takeBack()).toBe(false);
});

test("taken back before it is answered, it is over, and there is nothing to answer", async () => {
  await object();
  const id = await idNow();
  expect(await takeBack()).toBe(true);
  expect(await answerRequest(needs, id, { state: "refused", answer: "too late" })).toBeNull();
  expect(letters).toEqual([]);
  expect(await now()).toMatchObject({ stopped: false, objection: { state: "taken-back" } });
});

test("of two at once one is made, and what rests on a contract, a law or a choice is not objected to", async () => {
  expect((await Promise.all([object(), object()])).sort()).toEqual([false, true]);
  for (const purpose of ["manage-account", "answer-person", "direct-marketing", "nothing"])
    expect(await objectTo(needs, person, { purpose, words, place: "profile" })).toBe(false);
});

test("whatever changes about the person meanwhile, the use stays stopped", async () => {
  await object();
  await keep.databases.desk({ actor: service, purpose: "answer-person" }, (tx) =>
    keep.restand(tx, person, { region: "EEA", age: "over" }),
  );
  expect(await isUsed()).toBe(false);
  const { rows } = await data.asOwner((client) =>
    client.query<{ choice: string; state: string }>("select choice, state from choice where subject = $1", [
      person,
    ]),
  );
  expect(rows).toContainEqual({ choice: objectionTo(use), state: "refused" });
});
