// A device that makes passkeys, within the browser: asks nobody, and says that the person was there.
import type { CDPSession, Page } from "playwright-core";

export type Authenticator = { session: CDPSession; id: string };

/** @param verifies whether the device checks who holds it */
export const addAuthenticator = async (page: Page, verifies = true): Promise<Authenticator> => {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  });
  return { session, id: authenticatorId };
};

export type DevicePasskey = {
  credentialId: string;
  isResidentCredential: boolean;
  privateKey: string;
  signCount: number;
};

export const passkeysOn = async ({ session, id }: Authenticator): Promise<DevicePasskey[]> =>
  (await session.send("WebAuthn.getCredentials", { authenticatorId: id })).credentials;
