-- The account closes then, unless its owner changes their mind.
alter table accounts add column closing_at timestamptz;
create index accounts_closing on accounts (closing_at) where closing_at is not null;

-- Which browser a session is on: the SHA-256 of the secret that names the browser.
alter table sessions add column browser_mark text;

-- Browsers in which a person has signed in before. Such a browser has a counter of failed tries to itself.
create table known_browsers (
  account_id text not null references accounts (id) on delete cascade,
  browser_mark text not null,
  user_agent text not null,
  network text not null,
  -- null: it was only allowed to try, by the link of a letter
  signed_in_at timestamptz,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (account_id, browser_mark)
);
create index known_browsers_expiry on known_browsers (expires_at);

-- Failed sign-ins in a row, for an address whether or not it has an account: one row for all unknown browsers, one for
-- each known one.
create table sign_in_guards (
  address_mark text not null,
  -- empty: all the unknown browsers
  browser_mark text not null,
  failures int not null,
  failures_ever int not null,
  waits_until timestamptz,
  blocked_until timestamptz,
  blocks int not null,
  expires_at timestamptz not null,
  primary key (address_mark, browser_mark)
);
create index sign_in_guards_expiry on sign_in_guards (expires_at);
