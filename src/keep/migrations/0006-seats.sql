-- The number of the last message that a session had, where the messages themselves are erased: no number is given again.

alter table session add column said int not null default 0;
