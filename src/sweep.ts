// What a sweep does, step by step: it publishes where the ledger stands, ends what has ended, and tells of changes (K6, K5, P2).
import type { ChooseNeeds } from "./choose/needs.ts";
import { advanceTold } from "./choose/tell.ts";
import { noteMailed, tellByMail } from "./choose/tell-by-mail.ts";
import type { Log } from "./http/log.ts";
import { endDue } from "./keep/end-due.ts";
import { endSubjects } from "./keep/end-subjects.ts";
import type { Keep } from "./keep/keep.ts";
import { noteCutOffs } from "./keep/own-replays.ts";
import { everyTable } from "./keep/tables.ts";
import { forgetTries } from "./keep/tries.ts";

export type SweepNeeds = {
  keep: Pick<Keep, "databases" | "vault" | "endings" | "clock">;
  choose: ChooseNeeds;
  tell: Parameters<typeof tellByMail>[0];
  checkpoints: () => Promise<void>;
  log: Log;
  onFault: (fault: unknown) => void;
};

/** To be done in this order, each whether the one before it failed or not. */
export const sweepSteps = ({
  keep: { databases, vault, endings, clock },
  choose,
  tell,
  checkpoints,
  log,
  onFault,
}: SweepNeeds): (() => Promise<unknown>)[] => [
  checkpoints,
  // Before the mails end: one whose sending was not followed by a note is noted here.
  () => noteMailed(choose),
  () => noteCutOffs(vault.journal, endings, clock),
  async () => {
    for (const { rule, rows } of await endDue(databases.end, endings, clock, onFault))
      log({ event: "ended", code: rule, count: rows });
  },
  () => tellByMail(tell),
  async () => {
    while ((await advanceTold(choose)) > 0);
  },
  () => forgetTries(databases.end, clock),
  () => endSubjects(databases.end, everyTable, (subject) => vault.destroyKey(subject), clock),
];
