// Records that somebody with an account agreed to later versions of the texts: which, when, and on which page (C1).
import { purpose, type CollectNeeds } from "./needs.ts";
import type { AgreedDocument } from "./register-technician.ts";

/** Adds to what was agreed to before; nothing of that is changed. */
export const agreeAnew = (
  needs: CollectNeeds,
  subject: string,
  agreed: readonly AgreedDocument[],
  page: string,
): Promise<void> =>
  needs.within({ actor: subject, purpose }, async (data) => {
    const at = needs.clock();
    const rows = agreed.map(({ id, version, digest }) => ({
      id: needs.newId(),
      subject,
      document: id,
      version,
      digest,
      page,
      at,
    }));
    await data.insertInto("agreement").values(rows).execute();
    const detail = agreed.map(({ id, version }) => `${id}@${version}`).join(" ");
    await needs.ledger.append(data, [{ kind: "agreed", about: [subject], detail }]);
  });
