// Keeps C3, K8 and O6 in the profile: every way in, every browser that is in, and how to close each of them.
import type { Child } from "hono/jsx";
import { readingOf, useReading } from "../reading.ts";
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

export const SecurityPage = (props: SecurityPageProps) => {
  const { security } = readingOf(props.site).words;
  const said = Object.entries(security.done).find(([code]) => code === props.said)?.[1];
  return (
    <Layout site={props.site} title={security.title} here="account" shape="wide">
      <h1>{security.title}</h1>
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

/** A button that leads to a page. */
const Leads = ({ href, children }: { href: string; children?: Child }) => (
  <a class="button" href={useReading().to(href)}>
    {children}
  </a>
);

type DoesProps = { action: string; quiet?: boolean; alone?: boolean; children?: Child };

/** A button that does something. `alone`: no other stands beside it. */
const Does = ({ action, quiet = false, alone = false, children }: DoesProps) => (
  <form class={alone ? "actions" : undefined} method="post" action={useReading().to(action)}>
    <button class={quiet ? "quiet" : undefined} type="submit">
      {children}
    </button>
  </form>
);

const Password = ({ password }: SecurityPageProps) => {
  const say = useReading().words.security.password;
  return (
    <Part id="password" title={say.title}>
      <p>{password ? say.have : say.none}</p>
      <p class="actions">
        <Leads href="/account/password">{password ? say.change : say.choose}</Leads>
      </p>
    </Part>
  );
};

const Passkeys = ({ passkeys }: SecurityPageProps) => {
  const say = useReading().words.security.passkeys;
  return (
    <Part id="passkeys" title={say.title}>
      <p>{say.lead}</p>
      {passkeys.length === 0 ? <p class="empty">{say.none}</p> : null}
      <ul class="rows">
        {passkeys.map(({ id, label, madeAt, usedAt }) => (
          <li class="row">
            <span class="row-main">
              {say.of(<bdi>{label || say.unnamed}</bdi>, <When at={madeAt} show="date" />)}
            </span>
            <span class="row-side">{usedAt === null ? say.unused : say.used(<When at={usedAt} />)}</span>
            <Does action={`/account/passkeys/${id}/remove`} quiet>
              {say.remove}
              <span class="hush">{say.which(label)}</span>
            </Does>
          </li>
        ))}
      </ul>
      <p class="actions">
        <Leads href="/account/passkeys">{say.add}</Leads>
      </p>
    </Part>
  );
};

const SecondStep = ({ codeApp }: SecurityPageProps) => {
  const { security, locale } = useReading().words;
  const { secondStep: say } = security;
  return (
    <Part id="second-step" title={say.title}>
      {codeApp ? (
        <>
          <p>{say.on(<When at={codeApp.madeAt} show="date" />, codeApp.codesLeft.toLocaleString(locale))}</p>
          <div class="actions">
            <Does action="/account/backup-codes">{say.codes}</Does>
            <Leads href="/account/code-app">{say.another}</Leads>
            <Does action="/account/code-app/remove" quiet>
              {say.turnOff}
            </Does>
          </div>
        </>
      ) : (
        <>
          <p>{say.off}</p>
          <p class="actions">
            <Leads href="/account/code-app">{say.setUp}</Leads>
          </p>
        </>
      )}
    </Part>
  );
};

const Address = ({ address }: SecurityPageProps) => {
  const { security, address: named } = useReading().words;
  const { address: say } = security;
  const email = <bdi>{address?.email}</bdi>;
  const stands =
    address === null ? named.none : address.proved ? say.confirmed(email) : say.unconfirmed(email);
  return (
    <Part id="address" title={say.title}>
      <p>
        {stands} {address?.proved ? null : named.onlyWith}
      </p>
      <p class="actions">
        <Leads href="/account/address">
          {address === null ? say.name : address.proved ? say.change : say.confirm}
        </Leads>
      </p>
    </Part>
  );
};

const SignIns = ({ signIns }: SecurityPageProps) => {
  const say = useReading().words.security.signIns;
  return (
    <Part id="sign-ins" title={say.title}>
      <ul class="rows">
        {signIns.map(({ id, browser, at, provedAt, current }) => (
          <li class="row">
            <span class="row-main">
              {say.browser(browser)} {current ? <span class="tag">{say.current}</span> : null}
            </span>
            <span class="row-side">{say.since(<When at={at} />, <When at={provedAt} />)}</span>
            {current ? null : (
              <Does action={`/account/sign-ins/${id}/end`} quiet>
                {say.end}
                <span class="hush">{say.which(browser)}</span>
              </Does>
            )}
          </li>
        ))}
      </ul>
      {signIns.length > 1 ? (
        <Does action="/account/sign-ins/end-others" alone>
          {say.endOthers}
        </Does>
      ) : null}
    </Part>
  );
};
