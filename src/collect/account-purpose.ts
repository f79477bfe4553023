// Finds out for which purpose an account may be opened at the door: to run it, or for its person's rights alone (R3, R4).
import { purpose, rightsPurpose, type CollectNeeds } from "./needs.ts";

/** Its permissions decide; for an account that is not there any purpose finds nothing. */
export const accountPurpose = async (
  { within }: Pick<CollectNeeds, "within">,
  subject: string,
): Promise<string> => {
  const rows = await within.one({ actor: subject, purpose }, (data) =>
    data.selectFrom("subject").select("id").where("id", "=", subject).compile(),
  );
  return rows.length > 0 ? purpose : rightsPurpose;
};
