// Keeps K8 where backup codes are shown, once: we keep nothing from which they could be read.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";

export type BackupCodesPageProps = { site: Site; codes: readonly string[] };

export const BackupCodesPage = ({ site, codes }: BackupCodesPageProps) => {
  const { words, to } = readingOf(site);
  const { backupCodes: say } = words;
  return (
    <Layout site={site} title={say.title} here="account">
      <div class="narrow">
        <h1>{say.title}</h1>
        <p class="lead">{say.lead}</p>
        <ol class="codes">
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <p>{say.without}</p>
        <p class="actions">
          <a class="button primary" href={to("/account/security")}>
            {say.have}
          </a>
        </p>
      </div>
    </Layout>
  );
};
