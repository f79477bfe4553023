-- The first rooms. The register (keep/tables.ts) declares the same columns; a start compares the two.
-- Roles, grants and row policies are not here: they are compiled from the policy at each start.

create table subject (
  id uuid primary key,
  kind text not null,
  status text not null,
  permissions bigint not null default 0,
  created_at timestamptz not null
);

create table profile (
  subject uuid primary key references subject on delete cascade,
  created_at timestamptz not null,
  user_name bytea not null,
  details bytea not null
);

create table registration (
  subject uuid primary key references subject on delete cascade,
  at timestamptz not null,
  page text not null,
  network bytea
);

create table agreement (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  document text not null,
  version int not null,
  digest bytea not null,
  page text not null,
  at timestamptz not null
);
create index on agreement (subject);

create table credential (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  provider text not null,
  secret bytea not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index on credential (subject);

create table sign_in (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index on sign_in (subject);

create table request (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  at timestamptz not null,
  method text not null,
  route text not null,
  status int not null,
  network bytea not null
);
create index on request (subject, at);
create index on request (at);

create table session (
  id uuid primary key,
  technician uuid not null references subject on delete cascade,
  state text not null check (state in ('waiting', 'live', 'ended')),
  opened_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  ended_why text,
  invite_ends_at timestamptz not null,
  code_hash bytea,
  code_attempt int not null
);
create index on session (technician, opened_at);
create unique index session_open_code on session (code_hash) where state <> 'ended';
create index on session (ended_at) where ended_at is not null;

create table participant (
  id uuid primary key,
  session uuid not null references session on delete cascade,
  subject uuid not null references subject on delete cascade,
  role text not null check (role in ('technician', 'guest')),
  joined_at timestamptz not null,
  left_at timestamptz,
  notice_version int not null,
  token_hash bytea unique,
  shown_as bytea,
  network bytea,
  unique (session, subject)
);
create index on participant (subject);

-- Nobody writes where they have no seat; a seat goes with its session and with its subject, and takes its messages along.
create table message (
  session uuid not null,
  seq int not null,
  author uuid not null,
  client_id uuid not null,
  at timestamptz not null,
  body bytea not null,
  primary key (session, seq),
  unique (author, session, client_id),
  foreign key (session, author) references participant (session, subject) on delete cascade
);

create table event (
  id uuid primary key,
  session uuid not null references session on delete cascade,
  subject uuid not null references subject on delete cascade,
  kind text not null,
  at timestamptz not null
);
create index on event (session, at);
create index on event (subject);

create table ledger (
  seq bigint primary key,
  entry text not null,
  hash bytea not null,
  signature bytea not null
);

create table ledger_head (
  one int primary key check (one = 1),
  seq bigint not null,
  hash bytea not null
);
insert into ledger_head values (1, 0, '\x');

create table document (
  id text not null,
  version int not null,
  title text not null,
  body text not null,
  digest bytea not null,
  published_at timestamptz not null,
  primary key (id, version)
);

create table purpose_bit (
  bit int generated always as identity (minvalue 0 start 0) primary key,
  purpose text not null unique
);
