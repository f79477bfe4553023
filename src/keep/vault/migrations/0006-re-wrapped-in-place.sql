-- A key that is re-wrapped stays on its page, so that no index has to follow it: half of each page is left free, and no
-- index is on the epoch. Whose keys are under an old one is looked for from one end of the table to the other.

alter table subject_key set (fillfactor = 45);
drop index subject_key_epoch_idx;
