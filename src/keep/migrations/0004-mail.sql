-- Mails to people, kept sealed until they are sent and some days longer, and what was disclosed about whom.

create table mail (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  purpose text not null,
  kind text not null,
  state text not null check (state in ('queued', 'sent', 'failed', 'refused')),
  written_at timestamptz not null,
  due_at timestamptz not null,
  tried int not null,
  next_try_at timestamptz not null,
  sent_at timestamptz,
  why text,
  letter bytea not null
);
create index on mail (subject);
create index on mail (written_at);
create index on mail (purpose, next_try_at) where state = 'queued';

create table disclosure (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  at timestamptz not null,
  record bytea not null
);
create index on disclosure (subject, at);
create index on disclosure (at);
