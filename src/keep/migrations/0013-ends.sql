-- What ends is found by the instant from which its time runs: no sweep reads a table through.
create index on sign_in (created_at);
create index sign_in_device on sign_in (created_at) where device is not null;
