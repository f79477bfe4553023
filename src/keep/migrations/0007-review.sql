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
