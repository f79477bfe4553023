// Keeps R7: whoever wants to know what is held about them asks here, with an account or without, and learns it from their own mail alone.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { Errors, gathered, type FormError } from "./parts/errors.tsx";
import { Field, type FieldProps } from "./parts/field.tsx";

export type DataRequestPageProps = {
  site: Site;
  action: string;
  field: FieldProps;
  /** What is kept of the asking, in the policy's words. */
  notice: string | null;
  /** Leads to where a child's data is told of; null where the policy knows no limit of age. */
  childReport?: string | null;
  errors: readonly FormError[];
  /** Where to write by hand. */
  contact: { email: string; post: readonly string[] };
};

export const DataRequestPage = (props: DataRequestPageProps) => {
  const { site, action, field, notice, errors, contact, childReport = null } = props;
  const { words, to } = readingOf(site);
  const { dataRequest } = words;
  return (
    <Layout site={site} title={dataRequest.title} here="data-request">
      <div class="narrow">
        <h1>{dataRequest.title}</h1>
        <p class="lead">{dataRequest.lead}</p>
        <Errors errors={gathered(errors, [field])} />
        <form class="stack" method="post" action={action}>
          <Field {...field} />
          {notice === null ? null : <p class="hint">{notice}</p>}
          <button class="primary" type="submit">
            {dataRequest.send}
          </button>
        </form>
        <div class="card calm">
          <h2>{dataRequest.otherWays}</h2>
          <ul>
            <li>
              {dataRequest.account((text) => (
                <a href={to("/account/data")}>{text}</a>
              ))}
            </li>
            <li>{dataRequest.guest}</li>
            {childReport === null ? null : (
              <li>
                <a href={to(childReport)}>{readingOf(site).words.childReport.link}</a>
              </li>
            )}
            <li>
              {dataRequest.write(<a href={`mailto:${contact.email}`}>{contact.email}</a>)}
              {contact.post.length === 0 ? null : <address>{contact.post.join(", ")}</address>}
            </li>
          </ul>
        </div>
      </div>
    </Layout>
  );
};

/** A mailed link was followed: nothing is opened, or used up, before the reader says so. */
export const OpenLinkPage = ({ site, action }: { site: Site; action: string }) => {
  const { dataRequest } = readingOf(site).words;
  return (
    <Layout site={site} title={dataRequest.openTitle} here="data-request">
      <div class="narrow">
        <h1>{dataRequest.openTitle}</h1>
        <p class="lead">{dataRequest.openLead}</p>
        <form method="post" action={action}>
          <button class="primary" type="submit">
            {dataRequest.open}
          </button>
        </form>
      </div>
    </Layout>
  );
};
