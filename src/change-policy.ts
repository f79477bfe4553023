// Takes up a changed policy while the service runs: looked at first, then put in force, both in a thread of its own (P2, P3).
import { setImmediate } from "node:timers/promises";
import type { Answer, Handed, Looked, Task } from "./change-policy-thread.ts";
import { inThread } from "./keep/in-thread.ts";
import type { Clock } from "./keep/clock.ts";
import type { Keep } from "./keep/keep.ts";
import type { Put } from "./keep/put-in-force.ts";
import { ready } from "./policy/compile.ts";
import type { Said, Unfit } from "./said.ts";
import { wordsFor } from "./web/messages/languages.ts";

export type { Change, Looked } from "./change-policy-thread.ts";

export type Taken = { said: Said; unfit: readonly Unfit[]; put: Pick<Put, "bits" | "inForce"> };

type Needs = { file: string; database: Keep["threads"]; clock: Clock };

const work = (task: Task): Promise<Answer> =>
  inThread<Answer>("./change-policy-thread", import.meta.url, task);

const worded = <T extends { language: string }>(spoken: T) => ({
  ...spoken,
  words: wordsFor(spoken.language),
});

const takeOver = ({ said, unfit, tables, earlier, put }: Handed): Taken => {
  const { activation, ...inForce } = put.inForce;
  const versions = {
    running: { activation, compiled: ready(tables) },
    earlier: earlier.map((one) => ({
      activation: one.activation,
      compiled: one.tables && ready(one.tables),
    })),
  };
  return {
    said: {
      ...said,
      own: worded(said.own),
      others: said.others.map((one) => ({ ...one, spoken: worded(one.spoken) })),
    },
    unfit,
    put: { bits: put.bits, inForce: { ...inForce, versions } },
  };
};

/** What the policy file, as it lies there now, would change; or the sentence that says why it can't be put in force. */
export const lookAtPolicy = async ({
  file,
  database,
  clock,
}: Needs): Promise<{ refused: string } | { looked: Looked }> => {
  const answer = await work({ file, database, now: clock().getTime(), put: null });
  if ("handed" in answer) throw new Error("a policy was put in force that was to be looked at");
  return answer;
};

/**
 * Puts the policy file in force in the database, and gives what the service goes on with.
 * @param digest of the file that was looked at; another is refused
 */
export const takePolicy = async (
  { file, database, clock }: Needs,
  digest: string,
): Promise<{ refused: string } | Taken> => {
  const answer = await work({ file, database, now: clock().getTime(), put: digest });
  if ("looked" in answer) throw new Error("a policy was looked at that was to be put in force");
  // Whoever waited while the answer was read has their turn.
  await setImmediate();
  return "refused" in answer ? answer : takeOver(answer.handed);
};

export type PolicyChange = {
  look: () => ReturnType<typeof lookAtPolicy>;
  /**
   * Puts in force what was looked at, and resolves when every permission and row follows it; what answers is exchanged
   * right after.
   * @returns the sentence that says why not, or null
   */
  put(digest: string): Promise<string | null>;
  /** Resolves when nothing is being exchanged. */
  ended(): Promise<void>;
};

/** One change at a time. */
export const createPolicyChange = (
  needs: Needs,
  exchange: (taken: Taken) => Promise<void>,
  onFault: (fault: unknown) => void,
): PolicyChange => {
  let underWay: Promise<void> | null = null;
  return {
    look: () => lookAtPolicy(needs),
    async put(digest) {
      if (underWay) return "Another change is under way. Look again in a moment.";
      const done = Promise.withResolvers<void>();
      underWay = done.promise;
      const finish = () => {
        underWay = null;
        done.resolve();
      };
      try {
        const taken = await takePolicy(needs, digest);
        if ("refused" in taken) {
          finish();
          return taken.refused;
        }
        void exchange(taken).catch(onFault).finally(finish);
        return null;
      } catch (fault) {
        finish();
        throw fault;
      }
    },
    ended: () => underWay ?? Promise.resolve(),
  };
};
