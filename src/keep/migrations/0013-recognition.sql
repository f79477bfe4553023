create table recognition (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  staff uuid not null,
  role text not null,
  at timestamptz not null,
  kind text not null,
  place text not null,
  how bytea not null
);
create index on recognition (subject, at);
create index on recognition (at);
create index on recognition (staff);

create index on staff_role (ended_at) where ended_at is not null;
