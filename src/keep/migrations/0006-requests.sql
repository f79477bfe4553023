-- What people ask for about their data, and when it is due; one erasure at a time for each person.

create table rights_request (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  kind text not null
    check (kind in ('access', 'correction', 'restriction', 'erasure', 'objection', 'comment', 'child')),
  state text not null check (state in ('open', 'running', 'done', 'refused', 'taken-back')),
  asked_at timestamptz not null,
  due_at timestamptz not null,
  zone text not null,
  calendar text not null,
  place text not null,
  done_at timestamptz,
  words bytea,
  check ((done_at is null) = (state in ('open', 'running')))
);
create index on rights_request (subject, asked_at);
create index on rights_request (due_at) where done_at is null;
create index on rights_request (done_at);
create unique index one_erasure on rights_request (subject)
  where kind in ('erasure', 'child') and done_at is null;
