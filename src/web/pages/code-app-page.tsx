// Keeps K8 where a code app is set up: nothing is turned on before the app has shown that it works.
import { raw } from "hono/html";
import { renderSVG } from "uqr";
import { Layout, type Site } from "./layout.tsx";
import { Errors } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";

export type CodeAppPageProps = {
  site: Site;
  /** What the app reads, in the otpauth form. */
  url: string;
  /** Carries the secret, sealed, until the app has shown a code of it. */
  ticket: string;
  error?: string | undefined;
};

const secretIn = (url: string): string =>
  (new URL(url).searchParams.get("secret") ?? "").replace(/(.{4})(?=.)/g, "$1 ");

export const CodeAppPage = ({ site, url, ticket, error }: CodeAppPageProps) => (
  <Layout site={site} title={error ? "Not yet: set up a code app" : "Set up a code app"} here="account">
    <div class="narrow">
      <h1>Set up a code app</h1>
      <p class="lead">
        Any app for one-time codes will do. Show it this picture, or <a href={url}>open it on this device</a>.
      </p>
      <div class="qr" role="img" aria-label="Picture for your code app; the same in letters stands below">
        {raw(renderSVG(url, { border: 2 }))}
      </div>
      <p>
        Or type this into it: <code class="secret">{secretIn(url)}</code>
      </p>
      <Errors errors={error ? [{ field: "code", text: error }] : []} />
      <form class="stack" method="post" action="/account/code-app">
        <input type="hidden" name="code-app" value={ticket} />
        <Field
          id="code"
          label="The code that it shows now"
          type="text"
          required
          error={error}
          autocomplete="one-time-code"
          max={10}
        />
        <button class="primary" type="submit">
          Turn the second step on
        </button>
      </form>
      <p>
        <a href="/account/security">Leave it as it is</a>
      </p>
    </div>
  </Layout>
);
