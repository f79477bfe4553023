-- What the walls know of a person beside the mask, what people chose, and which version each was told of.

alter table subject
  add column region text not null default '',
  add column age text not null default 'unknown',
  add column told int not null default 0;
alter table subject
  alter column region drop default,
  alter column age drop default,
  alter column told drop default;
create index on subject (told);

create table activation (
  number int primary key,
  policy text not null,
  version int not null,
  digest bytea not null,
  at timestamptz not null,
  effective timestamptz not null,
  notice_days int not null,
  waits text not null
);

create table choice (
  id uuid primary key,
  subject uuid not null references subject on delete cascade,
  choice text not null,
  state text not null,
  at timestamptz not null,
  place text not null,
  activation int not null
);
create index on choice (subject, choice, at);

create table notice (
  subject uuid not null references subject on delete cascade,
  activation int not null,
  at timestamptz not null,
  by text not null,
  primary key (subject, activation)
);
