-- The vault: keys and look-up hashes, in a database of their own, so that no copy of the data holds a key.

create table epoch (
  id int primary key,
  wrapped bytea not null
);

create table subject_key (
  subject uuid primary key,
  epoch int not null references epoch,
  wrapped bytea not null
);

create table address (
  kind text not null,
  hash bytea not null,
  subject uuid not null,
  claimed_at timestamptz not null,
  primary key (kind, hash)
);
create index on address (subject);

create table secret (
  name text primary key,
  wrapped bytea not null
);
