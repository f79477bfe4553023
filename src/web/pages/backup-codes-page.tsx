// Keeps K8 where backup codes are shown, once: we keep nothing from which they could be read.
import { Layout, type Site } from "./layout.tsx";

export type BackupCodesPageProps = { site: Site; codes: readonly string[] };

export const BackupCodesPage = ({ site, codes }: BackupCodesPageProps) => (
  <Layout site={site} title="Your backup codes" here="account">
    <div class="narrow">
      <h1>Your backup codes</h1>
      <p class="lead">
        Print them or write them down now: they are shown this once. Each stands in for one code of your app,
        if you have lost it. Earlier backup codes do not work any more.
      </p>
      <ol class="codes">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p>Without app and codes, nobody gets past the second step by a mail alone, and neither do you.</p>
      <p class="actions">
        <a class="button primary" href="/account/security">
          I have them
        </a>
      </p>
    </div>
  </Layout>
);
