-- The replay journal: what no restored copy of the data may undo. Details are sealed under the person's own key.
-- `ended` is about nobody: its detail names rules and instants, and is in the clear.

create table journal (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  subject uuid,
  detail bytea
);
create index on journal (subject);
create index on journal (at);
