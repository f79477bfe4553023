// Keeps C3 and K8 where an address is named: what it is for, what can't be done without it, and that a change needs its proof.
import { readingOf, useReading } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { Errors, gathered } from "./parts/errors.tsx";
import { Field, type FieldProps } from "./parts/field.tsx";
import { When } from "./parts/when.tsx";

export type AddressPageProps = {
  site: Site;
  address: { email: string; provedAt: number | null } | null;
  /** From the policy's collection point. */
  fields: readonly FieldProps[];
};

export const AddressPage = ({ site, address, fields }: AddressPageProps) => {
  const { words, to } = readingOf(site);
  const { address: say } = words;
  const errors = gathered([], fields);
  return (
    <Layout site={site} title={errors.length > 0 ? say.notYet : say.title} here="account">
      <div class="narrow">
        <h1>{say.title}</h1>
        <Standing address={address} />
        <Errors errors={errors} />
        <form class="stack" method="post" action={to("/account/address")} novalidate={errors.length > 0}>
          {fields.map((field) => (
            <Field
              {...field}
              value={field.value ?? (address?.provedAt === null ? address.email : undefined)}
            />
          ))}
          <button class="primary" type="submit">
            {say.send}
          </button>
        </form>
        {address ? (
          <form method="post" action={to("/account/address/remove")}>
            <button class="quiet" type="submit">
              {say.remove}
            </button>
          </form>
        ) : null}
        <p>
          <a href={to("/account/security")}>{say.leave}</a>
        </p>
      </div>
    </Layout>
  );
};

const Standing = ({ address }: Pick<AddressPageProps, "address">) => {
  const { address: say } = useReading().words;
  if (address === null)
    return (
      <p class="lead">
        {say.none} {say.onlyWith}
      </p>
    );
  const email = <bdi>{address.email}</bdi>;
  if (address.provedAt === null)
    return (
      <p class="lead">
        {say.unproved(email)} {say.onlyWith}
      </p>
    );
  return <p class="lead">{say.proved(email, <When at={address.provedAt} show="date" />)}</p>;
};

export type ConfirmAddressPageProps = { site: Site; action: string; email: string };

export const ConfirmAddressPage = ({ site, action, email }: ConfirmAddressPageProps) => {
  const { words, to } = readingOf(site);
  const { confirm } = words.address;
  return (
    <Layout site={site} title={confirm.title} here="account">
      <div class="narrow">
        <h1>{confirm.title}</h1>
        <p class="lead">{confirm.lead(<bdi>{email}</bdi>)}</p>
        <form class="actions" method="post" action={to(action)}>
          <button class="primary" type="submit">
            {confirm.yes}
          </button>
          <a class="button" href={to("/account/security")}>
            {confirm.no}
          </a>
        </form>
      </div>
    </Layout>
  );
};
