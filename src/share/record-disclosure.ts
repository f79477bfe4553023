// Each time something about a person leaves, they can read who got what and why, and the ledger has it too (D2, K5).
import type { Clock } from "../keep/clock.ts";
import type { Data } from "../keep/database.ts";
import type { Ledger } from "../keep/ledger.ts";
import type { Pieces } from "../keep/pieces.ts";
import { tables } from "../keep/tables.ts";
import type { ShareGround } from "../policy/core.ts";

type Needs = { pieces: Pieces; ledger: Ledger; clock: Clock; newId: () => string };

/** What a disclosure record holds, sealed, beside its instant; names are the policy's. */
export type Disclosed = {
  recipient: string;
  categories: readonly string[];
  purpose: string;
  ground: ShareGround;
  /** The rules that allowed it: of the share, and of the purpose. */
  rules: readonly string[];
};

/** Last in the caller's transaction, which states a purpose that may put such a record in. */
export const recordDisclosure = async (
  { pieces, ledger, clock, newId }: Needs,
  data: Data,
  { subject, ...disclosed }: Disclosed & { subject: string },
): Promise<void> => {
  const id = newId();
  const record = await pieces.seal(
    tables.disclosure,
    "record",
    { id, subject },
    { disclosure: JSON.stringify(disclosed) },
  );
  await data.insertInto("disclosure").values({ id, subject, at: clock(), record }).execute();
  const { ground, ...said } = disclosed;
  await ledger.append(data, [{ kind: "shared", about: [subject], ...said, detail: ground }]);
};
