// Signing in: better-auth checks the password, and a name that nobody has is answered as slowly and as plainly as a wrong password (K3, U11).
import { betterAuth } from "better-auth";
import { tables } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import { ensureDecoy } from "./decoy.ts";
import { passwordLength } from "./password.ts";
import { userNameKey } from "./user-name.ts";
import { purpose, type CollectNeeds } from "./needs.ts";
import { addressFor, signInHash, signInStore } from "./sign-in-store.ts";

export type SignIns = {
  /** A token for the sign-in cookie, or null: the name or the password is wrong, and which is not said. */
  signIn(userName: string, password: string): Promise<string | null>;
  signOut(token: string): Promise<void>;
  /** The signed-in subject of a cookie, or null once it has ended. */
  whoIs(token: string): Promise<{ subject: string; kind: string; name: string } | null>;
  hashPassword(password: string): Promise<string>;
};

const createAuth = (needs: CollectNeeds, secret: Buffer, signInLasts: number) =>
  betterAuth({
    // Never called over HTTP: the pages call it in process.
    baseURL: "http://upheld.invalid",
    secret: secret.toString("base64"),
    database: signInStore({ ...needs, signInLasts }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
    },
    logger: { disabled: true },
    telemetry: { enabled: false },
    advanced: { ipAddress: { disableIpTracking: true }, database: { generateId: () => needs.newId() } },
  });

const isWrong = (fault: unknown): boolean =>
  typeof fault === "object" && fault !== null && "status" in fault && fault.status === "UNAUTHORIZED";

type Secrets = { signIn: Buffer; decoy: Buffer };

export const createSignIns = async (
  needs: CollectNeeds,
  secrets: Secrets,
  signInLasts: number,
): Promise<SignIns> => {
  const auth = createAuth(needs, secrets.signIn, signInLasts);
  const hashPassword = async (password: string) => (await auth.$context).password.hash(password);
  const decoy = await ensureDecoy(needs, secrets.decoy, hashPassword);
  return {
    async signIn(userName, password) {
      const found = await needs.vault.find("user-name", userNameKey(userName));
      const email = addressFor(found?.subject ?? decoy);
      if (password.length === 0 || password.length > passwordLength.most) return null;
      try {
        const { token } = await auth.api.signInEmail({ body: { email, password } });
        return token;
      } catch (fault) {
        if (isWrong(fault)) return null;
        throw fault;
      }
    },
    signOut: async (token) =>
      void (await needs.within({ actor: service, purpose }, (data) =>
        data.deleteFrom("sign_in").where("token_hash", "=", signInHash(needs.tokenKey, token)).execute(),
      )),
    async whoIs(token) {
      const row = await needs.within({ actor: service, purpose }, (data) =>
        data
          .selectFrom("sign_in")
          .innerJoin("subject", "subject.id", "sign_in.subject")
          .innerJoin("profile", "profile.subject", "subject.id")
          .select(["subject.id as subject", "subject.kind", "sign_in.expires_at", "profile.user_name"])
          .where("sign_in.token_hash", "=", signInHash(needs.tokenKey, token))
          .where("subject.status", "=", "active")
          .executeTakeFirst(),
      );
      if (!row || row.expires_at <= needs.clock()) return null;
      const opened = await needs.pieces.open(purpose, tables.profile, "user_name", row);
      return { subject: row.subject, kind: row.kind, name: opened["user-name"] ?? "" };
    },
    hashPassword,
  };
};
