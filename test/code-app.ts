// A code app, as people have one: reads the secret off the page and shows codes.
import { createOTP } from "@better-auth/utils/otp";
import { base32 } from "@better-auth/utils/base32";

const stepLength = 30_000;

/** The step that runs by the machine's clock. */
export const runningStep = (): number => Math.floor(Date.now() / stepLength);

/** An app that has read the page's letters. */
export const codeApp = (page: string) => {
  const letters = /class="secret">([^<]+)</.exec(page)?.[1]?.replaceAll(" ", "") ?? "";
  const secret = new TextDecoder().decode(base32.decode(letters));
  return { codeAt: (step: number): Promise<string> => createOTP(secret).hotp(step) };
};
