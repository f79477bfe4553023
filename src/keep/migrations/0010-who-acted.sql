-- Finds what somebody did with other people's data, once their own is erased.

create index on look (staff);
create index on hold (staff);
