-- The history becomes the audit log: each row is linked to the one before it, so that a later edit can be detected.
-- Null in rows that are not linked yet: those written before, and by processes of the version before.
alter table history add column seq bigint unique;
-- SHA-256 of the hash before it and of this row.
alter table history add column hash text;
-- HMAC of the row under the master key: nobody who has only the database makes one.
alter table history add column row_mark text;
-- The chain covers network, user_agent and personal through this alone: SHA-256 of the salt and of them. They can be
-- taken away, the salt with them, and the chain still holds.
alter table history add column commitment text;
alter table history add column salt text;
alter table history add column personal jsonb not null default '{}';

-- Where the chain ends; locked from the moment a row is linked until its transaction ends.
create table history_heads (
  chain text primary key,
  seq bigint not null,
  hash text not null,
  -- until then rows that are not linked are taken in
  takes_in_until timestamptz
);
insert into history_heads (chain, seq, hash, takes_in_until) values ('history', 0, '', now() + interval '1 day');

-- How far the chain has been signed for, and who is about to.
create table history_checkpoints (
  chain text primary key,
  hash text not null,
  leased_until timestamptz not null
);
