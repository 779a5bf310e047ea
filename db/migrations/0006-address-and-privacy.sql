-- A new address that waits for its code; the address of the account stays what it is until then.
create table email_changes (
  account_id text primary key references accounts (id) on delete cascade,
  email text not null,
  email_key text not null,
  -- of the browser that asked: there the link of the letter has a button
  browser_mark text not null,
  expires_at timestamptz not null
);
create index email_changes_expiry on email_changes (expires_at);

-- What an address was changed from. Until then its mailbox can take the account back.
create table former_addresses (
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  email text not null,
  email_key text not null,
  changed_at timestamptz not null,
  undoable_until timestamptz not null,
  unique (account_id, email_key)
);
create index former_addresses_expiry on former_addresses (undoable_until);

-- The operator looks after this person's address: the person cannot change it.
alter table accounts add column email_fixed boolean not null default false;
-- When the letter went out that says that the account closes soon.
alter table accounts add column closing_reminded_at timestamptz;

-- Subjects that no account may ever have again. Nothing else is kept of whose they were.
create table erased_accounts (
  id text primary key,
  erased_at timestamptz not null
);

-- What products have to be told of a change, one row a product. It outlives the account: its erasure is told too.
create table product_events (
  id text not null,
  product_id text not null references products (id) on delete cascade,
  account_id text not null,
  kind text not null,
  facts jsonb not null,
  state text not null,
  made_at timestamptz not null,
  primary key (id, product_id)
);
create index product_events_account on product_events (account_id, id);
create index product_events_pending on product_events (product_id, id) where state = 'pending';

-- By which all secrets of one account are found, and all letters to one address.
create index one_time_secrets_subject on one_time_secrets ((subject collate "C"));
create index outbox_recipient on outbox (recipient) where recipient is not null;
