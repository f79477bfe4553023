-- An epoch key is wrapped under the root key and a half that lies outside of the vault, and is destroyed with it:
-- so an old copy of the vault does not open with today's root key.

alter table epoch add column halved boolean not null default false;
create index on subject_key (epoch);
