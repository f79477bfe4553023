// Keeps T1 for someone with a code in hand: one field, and a plain word when the door does not open.
import { Layout, type Site } from "./layout.tsx";
import { CodeForm, type CodeFormProps } from "./parts/code-form.tsx";

export type JoinCodePageProps = { site: Site } & CodeFormProps;

export const JoinCodePage = ({ site, value, error }: JoinCodePageProps) => (
  <Layout site={site} title={error ? "Not yet: join a session" : "Join a session"} here="join">
    <div class="narrow">
      <h1>Join a session</h1>
      <p class="lead">
        You need no account and no program. You read what would be recorded before you decide.
      </p>
      <CodeForm value={value} error={error} />
      <p class="hint">You were sent a link? Open it: it leads to the same door.</p>
    </div>
  </Layout>
);
