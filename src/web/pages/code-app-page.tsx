// Keeps K8 where a code app is set up: nothing is turned on before the app has shown that it works.
import { raw } from "hono/html";
import { renderSVG } from "uqr";
import { readingOf } from "../reading.ts";
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

export const CodeAppPage = ({ site, url, ticket, error }: CodeAppPageProps) => {
  const { words, to } = readingOf(site);
  const { codeApp: say } = words;
  return (
    <Layout site={site} title={error ? say.notYet : say.title} here="account">
      <div class="narrow">
        <h1>{say.title}</h1>
        <p class="lead">
          {say.lead((text) => (
            <a href={url}>{text}</a>
          ))}
        </p>
        <div class="qr" role="img" aria-label={say.picture}>
          {raw(renderSVG(url, { border: 2 }))}
        </div>
        <p>{say.type(<code class="secret">{secretIn(url)}</code>)}</p>
        <Errors errors={error ? [{ field: "code", text: error }] : []} />
        <form class="stack" method="post" action={to("/account/code-app")}>
          <input type="hidden" name="code-app" value={ticket} />
          <Field
            id="code"
            label={say.code}
            type="text"
            required
            error={error}
            autocomplete="one-time-code"
            max={10}
          />
          <button class="primary" type="submit">
            {say.send}
          </button>
        </form>
        <p>
          <a href={to("/account/security")}>{say.leave}</a>
        </p>
      </div>
    </Layout>
  );
};
