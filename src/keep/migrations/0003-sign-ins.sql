-- When the person of a sign-in last proved who they are, when it ended, and with which browser it was begun.
alter table sign_in
  add column proved_at timestamptz,
  add column ended_at timestamptz,
  add column device bytea;
update sign_in set proved_at = created_at;
alter table sign_in alter column proved_at set not null;

-- How often something was tried, under a keyed hash of what it is. A link or a challenge that was used is one that
-- was tried once. Nothing here leads to a person, and what has ended is taken out by the sweep.
create table tries (
  key bytea primary key,
  count int not null,
  ends_at timestamptz not null
);
create index on tries (ends_at);
