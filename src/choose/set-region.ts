// Lets a person say which region's rules hold for them; what their choices come to there follows at once (K7).
import { personIn } from "../keep/standing.ts";
import type { Policy } from "../policy/core.ts";
import { purpose, type ChooseNeeds } from "./needs.ts";

/**
 * The regions of the policy and the person's own; none where the policy knows only one.
 * @param said the policy in the words in which it is read; in its own where left out
 */
export const regionsFor = async (
  needs: ChooseNeeds,
  subject: string,
  said?: Policy,
): Promise<{ id: string; label: string; own: boolean }[]> => {
  const { regions } = said ?? needs.inForce.versions.running.compiled.policy;
  const { region } = await needs.within({ actor: subject, purpose }, (data) => personIn(data, subject));
  return Object.entries(regions).map(([id, { label }]) => ({ id, label, own: id === region }));
};

/** @returns false where the policy has no such region; nothing is changed then */
export const setRegion = async (needs: ChooseNeeds, subject: string, region: string): Promise<boolean> => {
  const { regions } = needs.inForce.versions.running.compiled.policy;
  if (!(region in regions)) return false;
  await needs.within({ actor: subject, purpose }, async (data) => {
    await needs.restand(data, subject, { region });
    await needs.ledger.append(data, [
      { kind: "chose", about: [subject], rules: [`regions.${region}`], detail: "region" },
    ]);
  });
  return true;
};
