-- An epoch is of some hundred people who came one after the other, so that after an erasure their keys alone are moved.
-- One that somebody was erased from ends at the next re-wrapping, whoever deletes the key; all others come under a new half.

alter table epoch add column half int, add column ending boolean not null default false;
update epoch set half = id where halved;
update epoch set ending = true
where (select value from installation where name = 'keys-destroyed') <> 'no' or (select count(*) from epoch) > 1;
alter table epoch drop column halved;
delete from installation where name = 'keys-destroyed';

-- No number is given twice: whoever still comes into an epoch that is gone is refused, and not taken into another.
create sequence epoch_number;
select setval('epoch_number', (select coalesce(max(id), 0) + 1 from epoch), false);

alter table subject_key reset (fillfactor);
create index on subject_key (epoch, subject);

create function end_epochs() returns trigger language plpgsql set search_path from current as $$
begin
  update epoch set ending = true where not ending and id in (select epoch from gone);
  return null;
end $$;
create trigger end_epochs after delete on subject_key referencing old table as gone
  for each statement execute function end_epochs();
