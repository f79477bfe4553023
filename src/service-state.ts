// What the pages are told of the service's own state, and what runs beside the answers (P4, K5).
import path from "node:path";
import { CompiledQuery } from "kysely";
import { digestOf } from "./collect/publish-documents.ts";
import { purpose as logPurpose } from "./collect/log-requests.ts";
import { purpose as accountPurpose } from "./collect/needs.ts";
import type { Log } from "./http/log.ts";
import { backupWarnings, readBackupState } from "./keep/backup/state.ts";
import { checkWalls } from "./keep/check-walls.ts";
import { checkpointFile, lastCheckpoint } from "./keep/checkpoint.ts";
import { whatEnds } from "./keep/what-ends.ts";
import type { Keep } from "./keep/keep.ts";
import { ledgerRows, ledgerHead, type Query } from "./keep/read-ledger.ts";
import { verifyLedger } from "./keep/verify-ledger.ts";
import { service } from "./policy/rows.ts";
import { purpose as reviewPurpose } from "./review/needs.ts";
import { smtpLine } from "./share/post-by-smtp.ts";
import { sendMails, type SendNeeds } from "./share/send-mails.ts";
import type { Published, ServiceState } from "./web/needs.ts";

export const versionsOf =
  ({ databases }: Keep) =>
  (id: string): Promise<Published[]> =>
    databases.site({ actor: service, purpose: logPurpose }, async (data) => {
      const rows = await data
        .selectFrom("document")
        .selectAll()
        .where("id", "=", id)
        .orderBy("version", "desc")
        .execute();
      return rows.map(({ published_at, ...row }) => ({ ...row, publishedAt: published_at }));
    });

export const hasAdministrator = async ({ databases }: Keep): Promise<boolean> =>
  (await databases.door({ actor: service, purpose: accountPurpose }, (data) =>
    data.selectFrom("subject").select("id").where("kind", "=", "administrator").limit(1).executeTakeFirst(),
  )) !== undefined;

export const asDesk = <T>({ databases }: Keep, act: (query: Query) => Promise<T>): Promise<T> =>
  databases.desk({ actor: service, purpose: reviewPurpose }, (data) =>
    act((text, values) => data.executeQuery(CompiledQuery.raw(text, values))),
  );

export const verifyLive = (keep: Keep) =>
  asDesk(keep, async (query) => {
    const head = await ledgerHead(query);
    const { entries, faults } = await verifyLedger(ledgerRows(query), keep.ledger.publicKey, head);
    return { entries, brokenAt: faults[0]?.seq ?? null, at: keep.clock() };
  });

/** Without a server nothing goes: what would go out waits in the outbox. */
export const sendDue = (
  smtpUrl: string | null,
  log: Log,
  needs: Omit<SendNeeds, "openLine">,
  sent: () => Promise<unknown>,
) => {
  if (!smtpUrl) return [];
  const openLine = smtpLine(smtpUrl);
  return [
    async (stopping: () => boolean): Promise<void> => {
      const report = await sendMails({ ...needs, openLine }, stopping);
      for (const [code, count] of Object.entries(report)) if (count > 0) log({ event: "mail", code, count });
      if (report.sent > 0) await sent();
    },
  ];
};

/** What the desk is told. @param text of the policy file that runs */
export const serviceState = ({
  keep,
  dataDir,
  text,
  machine,
}: {
  keep: Keep;
  dataDir: string;
  text: string;
  machine: { warnings: ServiceState["machine"] };
}): ServiceState => ({
  digest: digestOf(text).toString("hex"),
  checkWalls: () => asDesk(keep, checkWalls),
  verifyLedger: () => verifyLive(keep),
  vault: () => keep.vaultCare.state(),
  machine: () => machine.warnings(),
  ends: () => whatEnds(keep.databases.end, keep.endings, keep.clock),
  lastCheckpoint: () => lastCheckpoint(path.join(dataDir, checkpointFile)),
  async copies() {
    if (keep.backups === null) return null;
    const copies = await readBackupState(dataDir);
    return { ...copies, warnings: backupWarnings(copies, keep.clock()) };
  },
});
