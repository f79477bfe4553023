-- Ways to sign in beside the password. What proves anything is sealed, or a keyed hash.
create table passkey (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  made_at timestamptz not null,
  used_at timestamptz,
  counter bigint not null,
  secret bytea not null
);
create index on passkey (subject);

create table code_app (
  subject uuid primary key references subject on delete cascade,
  made_at timestamptz not null,
  last_step bigint not null,
  secret bytea not null
);

create table backup_code (
  subject uuid not null references subject on delete cascade,
  hash bytea not null,
  made_at timestamptz not null,
  primary key (subject, hash)
);

-- One password for an account, however many changes of it come at once.
create unique index on credential (subject, provider);
