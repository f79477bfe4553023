// Keeps U11 and O5 at sign-in: it says that one is no longer anonymous, where to see it, and why a cookie is needed.
import { OldBrowser } from "./parts/advice.tsx";
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

export const SignInPage = ({
  site,
  action,
  userName,
  errors,
  notice,
  cookie,
  next,
  oldBrowser,
}: SignInPageProps) => (
  <Layout site={site} title={errors.length > 0 ? "Not yet: sign in" : "Sign in"} here="sign-in">
    <div class="narrow">
      <h1>Sign in</h1>
      <Errors errors={gathered(errors, [])} />
      <form class="stack" method="post" action={action}>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <Field
          id="user-name"
          label="User name"
          type="text"
          required
          value={userName}
          autocomplete="username"
          max={200}
        />
        <Field
          id="password"
          label="Password"
          type="password"
          required
          autocomplete="current-password"
          max={1000}
        />
        <button class="primary" type="submit">
          Sign in
        </button>
      </form>
      <OldBrowser browser={oldBrowser} />
      <div class="card calm">
        <h2>What signing in changes</h2>
        <p>
          {notice ?? "From then on you are not anonymous here: what you do is tied to your account."}{" "}
          Everything that is tied to it can be seen on your <a href="/account">account page</a>.
        </p>
        <p>
          Signing in needs one cookie, <code>{cookie.name}</code>: a random number, kept {cookie.life}. If
          your browser refuses it, you cannot be signed in; every page that needs no account still works.
        </p>
      </div>
      <p>
        No account yet? <a href="/register">Open one</a>. Being helped needs none:{" "}
        <a href="/join">join with a code</a>.
      </p>
    </div>
  </Layout>
);
