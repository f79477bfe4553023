-- A name to sign in with is one person's; an e-mail address may be several people's, and somebody may have several.

alter table address drop constraint address_pkey;
alter table address add primary key (kind, hash, subject);
create unique index address_of_one on address (kind, hash) where kind = 'user-name';
