-- Taking an account back: ways that were removed lately can be put back, ways that were added lately prove less, and
-- links to choose a password that belong to one mailbox.

-- Until then the way is neither enough alone to change the account nor demanded of who reads its mailbox. Null: the account
-- was made with it.
alter table factors add column cooling_off_until timestamptz;
update factors set cooling_off_until = made_at + interval '72 hours'
  from accounts where accounts.id = factors.account_id and factors.made_at > accounts.created_at + interval '1 minute';

-- The session began with such a way and nothing older.
alter table sessions add column cooling_off_until timestamptz;

-- What was removed or replaced in the last days, as its rows were.
create table former_ways (
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  kind text not null,
  facts jsonb not null,
  made_at timestamptz not null,
  ended_at timestamptz not null,
  kept_until timestamptz not null
);
create index former_ways_account on former_ways (account_id);
create index former_ways_expiry on former_ways (kept_until);

-- Who said "It was not me", for which mailbox, and in which browser. The link itself is a one-time secret.
create table recoveries (
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  email text not null,
  email_key text not null,
  browser_mark text not null,
  begun_at timestamptz not null,
  expires_at timestamptz not null
);
create index recoveries_account on recoveries (account_id);
create index recoveries_expiry on recoveries (expires_at);
