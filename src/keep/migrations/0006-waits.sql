-- What an erasure has to wait for, and the erasure that is under way: whose it is, and its receipt.

create table hold (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  kind text not null,
  staff uuid not null,
  role text not null,
  set_at timestamptz not null,
  ends_at timestamptz not null,
  hidden boolean not null,
  hidden_until timestamptz,
  ended_at timestamptz,
  reason bytea not null
);
create index on hold (subject, kind);
create index on hold (ended_at);
create index on hold (ends_at) where ended_at is null;

alter table rights_request
  add column erasing uuid,
  add column receipt text,
  add column receipt_at timestamptz;
