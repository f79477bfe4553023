// Keeps C3 and K8 where an address is named: what it is for, what can't be done without it, and that a change needs its proof.
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

/** What only a confirmed address can do; said wherever there is none. */
export const onlyWithAddress =
  "Without a confirmed address nobody can send you a new password, and you are not told when somebody changes how you sign in.";

export const AddressPage = ({ site, address, fields }: AddressPageProps) => {
  const errors = gathered([], fields);
  return (
    <Layout
      site={site}
      title={errors.length > 0 ? "Not yet: your e-mail address" : "Your e-mail address"}
      here="account"
    >
      <div class="narrow">
        <h1>Your e-mail address</h1>
        <Standing address={address} />
        <Errors errors={errors} />
        <form class="stack" method="post" action="/account/address" novalidate={errors.length > 0}>
          {fields.map((field) => (
            <Field
              {...field}
              value={field.value ?? (address?.provedAt === null ? address.email : undefined)}
            />
          ))}
          <button class="primary" type="submit">
            Send a link to it
          </button>
        </form>
        {address ? (
          <form method="post" action="/account/address/remove">
            <button class="quiet" type="submit">
              Take the address out of my account
            </button>
          </form>
        ) : null}
        <p>
          <a href="/account/security">Leave it as it is</a>
        </p>
      </div>
    </Layout>
  );
};

const Standing = ({ address }: Pick<AddressPageProps, "address">) => {
  if (address === null) return <p class="lead">You have named none. {onlyWithAddress}</p>;
  if (address.provedAt === null)
    return (
      <p class="lead">
        You named <bdi>{address.email}</bdi>, and have not confirmed it. {onlyWithAddress}
      </p>
    );
  return (
    <p class="lead">
      <bdi>{address.email}</bdi>, confirmed on <When at={address.provedAt} show="date" />. If you change it, a
      mail to the old one says so.
    </p>
  );
};

export type ConfirmAddressPageProps = { site: Site; action: string; email: string };

export const ConfirmAddressPage = ({ site, action, email }: ConfirmAddressPageProps) => (
  <Layout site={site} title="Confirm your address" here="account">
    <div class="narrow">
      <h1>Confirm your address</h1>
      <p class="lead">
        Mails about your account go to <bdi>{email}</bdi> from now on.
      </p>
      <form class="actions" method="post" action={action}>
        <button class="primary" type="submit">
          Yes, use this address
        </button>
        <a class="button" href="/account/security">
          No
        </a>
      </form>
    </div>
  </Layout>
);
