// Keeps C3, K8 and O6 in the profile: every way in, every browser that is in, and how to close each of them.
import type { Child } from "hono/jsx";
import { useReading } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { When } from "./parts/when.tsx";

export type ShownPasskey = { id: string; label: string; madeAt: number; usedAt: number | null };
export type ShownSignIn = {
  id: string;
  /** Its family; null where it is not kept any more. */
  browser: string | null;
  at: number;
  provedAt: number;
  current: boolean;
};

export type SecurityPageProps = {
  site: Site;
  /** The policy's own words on passwords and browsers. */
  advice: string;
  password: boolean;
  passkeys: readonly ShownPasskey[];
  codeApp: { madeAt: number; codesLeft: number } | null;
  address: { email: string; proved: boolean } | null;
  signIns: readonly ShownSignIn[];
  /** What was just done, by its code. */
  said: string | null;
};

const done: Readonly<Record<string, string>> = {
  password: "Your password is changed, and every other browser is signed out.",
  passkey: "The passkey is added.",
  "passkey-removed": "The passkey is removed. Delete it on your device too, or it will go on offering it.",
  "only-way":
    "This passkey is your only way to sign in, so it stays. Choose a password or add another one first.",
  "code-app-removed": "The second step is turned off.",
  address: "The address is confirmed, and mails about your account go to it.",
  "address-removed": "The address is taken out of your account.",
  "no-code-app": "Set up a code app first: backup codes stand in for it.",
};

export const SecurityPage = (props: SecurityPageProps) => {
  const said = props.said === null ? undefined : done[props.said];
  return (
    <Layout site={props.site} title="How you sign in" here="account" shape="wide">
      <h1>How you sign in</h1>
      <p class="lead">{props.advice}</p>
      {said ? (
        <p class="card calm" role="status">
          {said}
        </p>
      ) : null}
      <div class="held">
        <Password {...props} />
        <Passkeys {...props} />
        <SecondStep {...props} />
        <Address {...props} />
        <SignIns {...props} />
      </div>
    </Layout>
  );
};

const Part = ({ id, title, children }: { id: string; title: string; children?: Child }) => (
  <section class="card" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
);

const Password = ({ password }: SecurityPageProps) => (
  <Part id="password" title="Password">
    <p>{password ? "You have one." : "You have none: a passkey opens your account."}</p>
    <p class="actions">
      <a class="button" href="/account/password">
        {password ? "Change it" : "Choose one"}
      </a>
    </p>
  </Part>
);

const Passkeys = ({ passkeys }: SecurityPageProps) => (
  <Part id="passkeys" title="Passkeys">
    <p>
      A passkey stays on your device, or with whoever keeps your passwords, and asks for your finger, face or
      PIN. It takes the place of password and code.
    </p>
    {passkeys.length === 0 ? <p class="empty">You have none.</p> : null}
    <ul class="rows">
      {passkeys.map(({ id, label, madeAt, usedAt }) => (
        <li class="row">
          <span class="row-main">
            <bdi>{label || "Passkey"}</bdi> of <When at={madeAt} show="date" />
          </span>
          <span class="row-side">
            {usedAt === null ? (
              "not used yet"
            ) : (
              <>
                last used <When at={usedAt} />
              </>
            )}
          </span>
          <form method="post" action={`/account/passkeys/${id}/remove`}>
            <button class="quiet" type="submit">
              Remove<span class="hush"> {label || "this passkey"}</span>
            </button>
          </form>
        </li>
      ))}
    </ul>
    <p class="actions">
      <a class="button" href="/account/passkeys">
        Add a passkey
      </a>
    </p>
  </Part>
);

const SecondStep = ({ codeApp }: SecurityPageProps) => (
  <Part id="second-step" title="Second step">
    {codeApp ? (
      <>
        <p>
          After your password, a code of your app is asked for, since <When at={codeApp.madeAt} show="date" />
          . {codeApp.codesLeft} of your backup codes are left.
        </p>
        <div class="actions">
          <form method="post" action="/account/backup-codes">
            <button type="submit">New backup codes</button>
          </form>
          <a class="button" href="/account/code-app">
            Set up another app
          </a>
          <form method="post" action="/account/code-app/remove">
            <button class="quiet" type="submit">
              Turn it off
            </button>
          </form>
        </div>
      </>
    ) : (
      <>
        <p>
          With a code app, whoever has your password still can't sign in. A passkey needs no second step: it
          is two in one.
        </p>
        <p class="actions">
          <a class="button" href="/account/code-app">
            Set up a code app
          </a>
        </p>
      </>
    )}
  </Part>
);

const Address = ({ address }: SecurityPageProps) => (
  <Part id="address" title="E-mail address">
    <p>
      {address ? (
        <>
          <bdi>{address.email}</bdi> {address.proved ? "is confirmed." : "is not confirmed yet."}{" "}
        </>
      ) : (
        "You have named none. "
      )}
      {address?.proved ? null : useReading().words.address.onlyWith}
    </p>
    <p class="actions">
      <a class="button" href="/account/address">
        {address === null ? "Name one" : address.proved ? "Change it" : "Confirm or change it"}
      </a>
    </p>
  </Part>
);

const SignIns = ({ signIns }: SecurityPageProps) => (
  <Part id="sign-ins" title="Where you are signed in">
    <ul class="rows">
      {signIns.map(({ id, browser, at, provedAt, current }) => (
        <li class="row">
          <span class="row-main">
            {browser ?? "A browser"} {current ? <span class="tag">this one</span> : null}
          </span>
          <span class="row-side">
            since <When at={at} />, last proved <When at={provedAt} />
          </span>
          {current ? null : (
            <form method="post" action={`/account/sign-ins/${id}/end`}>
              <button class="quiet" type="submit">
                Sign out<span class="hush"> {browser ?? "this browser"}</span>
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
    {signIns.length > 1 ? (
      <form class="actions" method="post" action="/account/sign-ins/end-others">
        <button type="submit">Sign out everywhere else</button>
      </form>
    ) : null}
  </Part>
);
