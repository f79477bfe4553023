// Keeps T1 for someone with a code in hand: one field, and a plain word when the door does not open.
import { Layout, type Site } from "./layout.tsx";
import { readingOf } from "../reading.ts";
import { CodeForm, type CodeFormProps } from "./parts/code-form.tsx";

export type JoinCodePageProps = { site: Site } & CodeFormProps;

export const JoinCodePage = ({ site, value, error }: JoinCodePageProps) => {
  const { joinCode } = readingOf(site).words;
  return (
    <Layout site={site} title={error ? joinCode.notYet : joinCode.title} here="join">
      <div class="narrow">
        <h1>{joinCode.title}</h1>
        <p class="lead">{joinCode.lead}</p>
        <CodeForm value={value} error={error} />
        <p class="hint">{joinCode.link}</p>
      </div>
    </Layout>
  );
};
