// Lets somebody in who has just proved who they are: the sign-in, its cookie, and the mark of a known browser (U11, K3).
import { browserFamily } from "../collect/browser.ts";
import { makeDevice } from "../collect/known-device.ts";
import { purpose } from "../collect/needs.ts";
import { preferencesFor } from "../collect/preferences.ts";
import { openSignIn } from "../collect/sign-in.ts";
import { collectable } from "../session/needs.ts";
import { setDevice, setPreferences, setSignIn } from "./cookies.ts";
import type { WebContext, WebNeeds } from "./needs.ts";

export const enter = async (
  needs: WebNeeds,
  c: WebContext,
  subject: string,
  userName: string,
): Promise<void> => {
  const network = { browser: browserFamily(c.get("browser")) };
  const collected = collectable(needs.permitFor(purpose), "sign-in", network);
  setSignIn(needs, c, await openSignIn(needs.collect, subject, collected));
  const remembered = await preferencesFor(needs.collect, subject);
  if (remembered) setPreferences(needs, c, remembered);
  setDevice(needs, c, makeDevice(needs.deviceKey, userName, needs.clock()));
};
