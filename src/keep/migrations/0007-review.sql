-- Every look of staff at somebody's data, which that person can read.

create table look (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  staff uuid not null,
  at timestamptz not null,
  role text not null,
  purpose text not null,
  categories text not null,
  page text not null
);
create index on look (subject, at);
create index on look (at);

-- Links that were mailed to whoever asks what is held about them: each opens once, for a visit that ends soon.
create table review_link (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  asked_at timestamptz not null,
  ends_at timestamptz not null,
  token_hash bytea not null unique,
  used_at timestamptz,
  visit_hash bytea unique,
  visit_ends_at timestamptz
);
create index on review_link (subject, asked_at);
create index on review_link (asked_at);

-- Downloads of all that is held about somebody: they are made while they are fetched, and nothing of them is stored.
create table download (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  asked_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null check (state in ('ready', 'running', 'whole', 'broken')),
  total int not null,
  done int not null,
  fetched int not null
);
create index on download (subject, asked_at);
create index on download (asked_at);
