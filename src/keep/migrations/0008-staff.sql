-- Who of the staff acts in which role of the policy.

create table staff_role (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  role text not null,
  given_at timestamptz not null,
  ended_at timestamptz
);
create index on staff_role (subject);
create unique index on staff_role (subject, role) where ended_at is null;
