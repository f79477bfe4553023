// Takes what a browser answered with a passkey: whose it is, once (C3, K8).
import { checkPasskey } from "../collect/passkeys.ts";
import type { WebNeeds } from "./needs.ts";
import { partyFor } from "./passkey-party.ts";

/**
 * Whose passkey has answered, or null.
 * @param subject who has to have answered, or null for whoever it says it is
 */
export const takePasskey = async (
  needs: WebNeeds,
  passkey: unknown,
  typed: unknown,
  subject: string | null,
): Promise<string | null> => {
  const ticket = needs.tickets.read("passkey", typed);
  if (!ticket) return null;
  return checkPasskey(needs.collect, partyFor(needs), ticket.carries.challenge, passkey, subject, (data) =>
    needs.tickets.spend(data, ticket),
  );
};
