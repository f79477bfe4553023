-- When the person showed that mail to their address reaches them; nothing is reset by mail before.
alter table profile add column email_proved_at timestamptz;
