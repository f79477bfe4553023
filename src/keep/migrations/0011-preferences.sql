-- Language and look that an account remembers.
create table preference (
  subject uuid primary key references subject on delete cascade,
  changed_at timestamptz not null,
  chosen bytea not null
);
