-- When letters that anybody can cause went to an address, with an account or without: those of the last day.
create table letter_counts (
  address_mark text primary key,
  sent_at timestamptz[] not null,
  -- until then one more letter waits
  held_until timestamptz,
  expires_at timestamptz not null
);
create index letter_counts_expiry on letter_counts (expires_at);

-- Whether a browser is known to anybody is asked while a stuffing run is under way.
create index known_browsers_mark on known_browsers (browser_mark);

-- What is suspected, by which rule, and what it looked at: a network, or the whole service. A row or two, read as a whole.
create table suspicions (
  subject text primary key,
  rule text not null,
  inputs jsonb not null,
  expires_at timestamptz not null
);
create index suspicions_expiry on suspicions (expires_at);
