// Keeps K3: who acts in which role of the policy, given and taken by an administrator.
import { Layout, type Site } from "./layout.tsx";
import { Field } from "./parts/field.tsx";
import { When } from "./parts/when.tsx";

export type StaffPageProps = {
  site: Site;
  /** Roles that can be given. */
  roles: readonly { id: string; label: string }[];
  /** Who has one; the name is null where the reader's role may not see it, or the person is gone. */
  staff: readonly { id: string; name: string | null; role: string; givenAt: number }[];
  /** The user name as it was typed. */
  typed: string;
  error?: string | undefined;
};

export const StaffPage = ({ site, roles, staff, typed, error }: StaffPageProps) => (
  <Layout site={site} title="Roles" here="desk" shape="wide">
    <h1>Roles</h1>
    <p class="lead">What each role may look at stands in the policy. Whoever is looked at can see it.</p>
    <div class="held">
      <section class="card" aria-labelledby="staff">
        <h2 id="staff">Who has a role</h2>
        {staff.length === 0 ? <p class="empty">Nobody yet.</p> : null}
        <ul class="rows">
          {staff.map(({ id, name, role, givenAt }) => (
            <li class="row">
              <span class="row-main">
                {name === null ? <i class="empty">name not shown</i> : <bdi>{name}</bdi>}{" "}
                <span class="tag">{role}</span>
              </span>
              <span class="row-side">
                since <When at={givenAt} show="date" />
              </span>
              <form method="post" action="/desk/staff/end">
                <input type="hidden" name="id" value={id} />
                <button
                  class="quiet"
                  type="submit"
                  aria-label={`End the role ${role} of ${name ?? "this person"}`}
                >
                  End
                </button>
              </form>
            </li>
          ))}
        </ul>
      </section>
      <section class="card" aria-labelledby="give">
        <h2 id="give">Give a role</h2>
        <form method="post" action="/desk/staff" class="stack">
          <Field
            id="user-name"
            label="User name"
            type="text"
            required
            value={typed}
            error={error}
            autocomplete="off"
            max={200}
          />
          <span class="answers">
            <label>
              <span class="hush">Role</span>
              <select name="role">
                {roles.map(({ id, label }) => (
                  <option value={id}>{label}</option>
                ))}
              </select>
            </label>
            <button type="submit">Give</button>
          </span>
        </form>
      </section>
    </div>
  </Layout>
);
