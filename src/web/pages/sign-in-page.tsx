// Keeps U11 and O5 at sign-in: it says that one is no longer anonymous, where to see it, and why a cookie is needed.
import { readingOf } from "../reading.ts";
import { OldBrowser } from "./parts/advice.tsx";
import { PasskeyButton, passkeyScript } from "./parts/passkey-button.tsx";
import { Errors, gathered, type FormError } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";
import { Layout, type Site } from "./layout.tsx";

export type SignInPageProps = {
  site: Site;
  action: string;
  userName?: string | undefined;
  /** One answer for an unknown name and a wrong password, so that neither tells which it was. */
  errors: readonly FormError[];
  /** The policy's own words about being signed in, where it has some. */
  notice?: string | undefined;
  /** The sign-in cookie: its name, and its life in words. */
  cookie: { name: string; life: string };
  /** Where to go afterwards, a path on this site. */
  next?: string | undefined;
  /** Name and version of a browser to warn of. */
  oldBrowser?: string | null;
};

export const SignInPage = (props: SignInPageProps) => {
  const { site, action, userName, errors, notice, cookie, next, oldBrowser } = props;
  const { words, to } = readingOf(site);
  const { signIn } = words;
  return (
    <Layout
      site={site}
      title={errors.length > 0 ? signIn.notYet : signIn.title}
      here="sign-in"
      scripts={[passkeyScript]}
    >
      <div class="narrow">
        <h1>{signIn.title}</h1>
        <Errors errors={gathered(errors, [])} />
        <form class="stack" method="post" action={action}>
          {next ? <input type="hidden" name="next" value={next} /> : null}
          <Field
            id="user-name"
            label={signIn.userName}
            type="text"
            required
            value={userName}
            autocomplete="username"
            max={200}
          />
          <Field
            id="password"
            label={signIn.password}
            type="password"
            required
            autocomplete="current-password"
            max={1000}
          />
          <button class="primary" type="submit">
            {signIn.title}
          </button>
        </form>
        <p>
          <a href={to("/new-password")}>{words.newPassword.forgotten}</a>
        </p>
        <form method="post" action={to("/sign-in/passkey")}>
          {next ? <input type="hidden" name="next" value={next} /> : null}
          <PasskeyButton does="get" options="/sign-in/passkey/options" label={words.passkey.signIn} />
        </form>
        <OldBrowser browser={oldBrowser} />
        <div class="card calm">
          <h2>{signIn.changes}</h2>
          <p>
            {notice ?? signIn.notAnonymous}{" "}
            {signIn.seen((text) => (
              <a href={to("/account")}>{text}</a>
            ))}
          </p>
          <p>{signIn.cookie(<code>{cookie.name}</code>, cookie.life)}</p>
        </div>
        <p>
          {signIn.noAccount(
            (text) => (
              <a href={to("/register")}>{text}</a>
            ),
            (text) => (
              <a href={to("/join")}>{text}</a>
            ),
          )}
        </p>
      </div>
    </Layout>
  );
};
