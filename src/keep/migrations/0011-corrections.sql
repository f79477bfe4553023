-- What recipients of an old value are owed to be told, and that they were.
create table telling (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  recipient text not null,
  state text not null check (state in ('owed', 'told')),
  owed_at timestamptz not null,
  told_at timestamptz,
  record bytea not null,
  check ((told_at is null) = (state = 'owed'))
);
create unique index one_owed_telling on telling (subject, recipient) where state = 'owed';
create index on telling (owed_at);

-- Reports that somebody is a child, each until somebody of the staff has decided.
create table child_report (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  place text not null,
  reported_at timestamptz not null,
  decided_at timestamptz,
  words bytea
);
create index on child_report (subject);
create index on child_report (reported_at) where decided_at is null;
create index on child_report (decided_at);
