-- Secrets never stand here in clear: what has 256 bits is stored as its SHA-256, what is short as an HMAC under the
-- master key, what must be read again is sealed (AES-256-GCM). Columns that hold one are named *_mark or sealed_*.
-- The column mac is an HMAC under the master key of whose a row is and what it opens
-- (src/platform/secrets/bound-row.ts): whoever can write the database, and has no key, can make or move no such row.

-- A sealed word that only the right master key opens.
create table installation (
  name text primary key,
  value text not null
);

-- Accounts and addresses

-- The local part is case-folded (Unicode, CaseFolding.txt, status C and S), which is more than lower case: final sigma, U+0345
-- and U+1C80 to U+1C88. The argument is in lower case. src/core/model/account/email.ts has the same list.
create function fold_email_key(key text) returns text language sql immutable
  return case when key ~ U&'[\03C2\0345\1C80-\1C88]'
    then normalize(translate(key,
      U&'\03C2\0345\1C80\1C81\1C82\1C83\1C84\1C85\1C86\1C87\1C88',
      U&'\03C3\03B9\0432\0434\043E\0441\0442\0442\044A\0463\A64B'), nfc)
    else key end;

-- The normal form of an address has a part on either side of the @, the domain in ASCII.
create function is_email_key(key text) returns boolean language sql immutable
  return key ~ '^[^@]+@([a-z0-9-]+\.)+[a-z0-9-]+$' and key = fold_email_key(key);

create table accounts (
  id text primary key,
  email text not null,
  email_key text not null unique constraint accounts_email_key_form check (is_email_key(email_key)),
  -- The operator looks after this person's address: the person cannot change it.
  email_fixed boolean not null default false,
  first_name text not null,
  last_name text not null,
  -- By which the operator finds people: names in small letters without accents, either name first. Compared by bytes,
  -- or a prefix would not use the index.
  name_key text collate "C" generated always as (translate(
    lower(first_name || ' ' || last_name),
    'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ',
    'aaaaaaceeeeiiiinoooooouuuuyyaaaaaaceeeeiiiinoooooouuuuyy'
  )) stored,
  surname_key text collate "C" generated always as (translate(
    lower(last_name || ' ' || first_name),
    'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ',
    'aaaaaaceeeeiiiinoooooouuuuyyaaaaaaceeeeiiiinoooooouuuuyy'
  )) stored,
  language text not null,
  created_at timestamptz not null,
  -- Set by the operator alone: until it is taken back nobody signs in, whatever is right.
  blocked_at timestamptz,
  -- The account closes then, unless its owner changes their mind; and when the letter went out that says that it closes soon.
  closing_at timestamptz,
  closing_reminded_at timestamptz,
  -- Since when the operator counts the person as staff.
  staff_since timestamptz,
  -- Since when a sign-in by password asks for a second step; null where it does not.
  two_step_since timestamptz,
  passkey_put_off_at timestamptz
);
create index accounts_address on accounts ((email_key collate "C"), id);
create index accounts_closing on accounts (closing_at) where closing_at is not null;
create index accounts_name on accounts (name_key, id);
create index accounts_surname on accounts (surname_key, id);

-- Subjects that no account may ever have again. Nothing else is kept of whose they were.
create table erased_accounts (
  id text primary key,
  erased_at timestamptz not null
);

-- A new address that waits for its code; the address of the account stays what it is until then.
create table email_changes (
  account_id text primary key references accounts (id) on delete cascade,
  email text not null,
  email_key text not null constraint email_changes_email_key_form check (is_email_key(email_key)),
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
  email_key text not null constraint former_addresses_email_key_form check (is_email_key(email_key)),
  changed_at timestamptz not null,
  undoable_until timestamptz not null,
  -- The mailbox of the address has said that the account is its own, and another account has the address: until it is free,
  -- the present mailbox of the account is given no link that chooses a password.
  claimed boolean not null default false,
  unique (account_id, email_key)
);
create index former_addresses_email on former_addresses (email_key);
create index former_addresses_expiry on former_addresses (undoable_until);

-- Who said "It was not me", for which mailbox, and in which browser. The link itself is a one-time secret.
create table recoveries (
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  email text not null,
  email_key text not null constraint recoveries_email_key_form check (is_email_key(email_key)),
  browser_mark text not null,
  begun_at timestamptz not null,
  expires_at timestamptz not null
);
create index recoveries_account on recoveries (account_id);
create index recoveries_expiry on recoveries (expires_at);

-- Who can use none of their ways to sign in asks support for help. Nothing changes at the account by it.
create table support_requests (
  -- short, to be read aloud; no secret
  reference text primary key,
  account_id text not null references accounts (id) on delete cascade,
  state text not null,
  sealed_said text not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  expires_at timestamptz not null
);
create unique index support_requests_open on support_requests (account_id) where state = 'open';
create index support_requests_account on support_requests (account_id);
create index support_requests_expiry on support_requests (expires_at);

-- Ways to sign in

create table passwords (
  account_id text primary key references accounts (id) on delete cascade,
  hash text not null,
  pepper_id text not null,
  -- What a policy asks of a password; null where its text was never seen here (an imported hash).
  sealed_facts text,
  -- A mark that nobody has signed in since whoever chose the password has shown that they read the mailbox; null where somebody
  -- has, or nobody showed it.
  first_use text,
  changed_at timestamptz not null,
  mac text
);

-- What was asked of passwords, and of whom a second factor is required, version after version; without a row, the
-- setting PASSERELLE_PASSWORD_MIN holds.
create table password_policies (
  version int primary key,
  min_length int not null,
  list text not null,
  grace_days int not null,
  second_step text not null default 'nobody',
  second_step_grace_days int not null default 0,
  made_at timestamptz not null
);

create table factors (
  id text primary key,
  account_id text not null references accounts (id) on delete cascade,
  kind text not null,
  name text not null,
  -- Of an app: the shared key, and the newest time step whose code was used.
  sealed_key text,
  last_step integer,
  -- Where a code is sent: a number (E.164), or an address.
  contact text,
  -- Until then the factor is neither enough alone to change the account nor demanded of who reads its mailbox. Null: the account
  -- was made with it.
  cooling_off_until timestamptz,
  made_at timestamptz not null,
  last_used_at timestamptz,
  mac text
);
create index factors_account on factors (account_id, made_at);

-- What is known of a passkey or security key (WebAuthn), beside its row in factors.
create table passkeys (
  factor_id text primary key references factors (id) on delete cascade,
  account_id text not null references accounts (id) on delete cascade,
  credential_id text not null unique,
  public_key text not null,
  sign_count double precision not null,
  transports text not null,
  backed_up boolean not null,
  mac text
);
create index passkeys_account on passkeys (account_id);

create table recovery_codes (
  account_id text not null references accounts (id) on delete cascade,
  code_mark text not null,
  made_at timestamptz not null,
  mac text,
  primary key (account_id, code_mark)
);

-- Ways to sign in that were removed or replaced in the last days, as their rows were.
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
-- A passkey that was removed lately is nobody else's until it can no longer come back.
create index former_ways_credential on former_ways ((facts -> 'passkey' ->> 'credential_id')) where kind = 'factor';
create index former_ways_expiry on former_ways (kept_until);

-- Codes and links; subject is what they are for, such as the id of an account.
create table one_time_secrets (
  purpose text not null,
  subject text not null,
  code_mark text,
  link_mark text unique,
  tries_left int not null,
  expires_at timestamptz not null,
  mac text,
  primary key (purpose, subject)
);
create index one_time_secrets_expiry on one_time_secrets (expires_at);
-- By which all secrets of one account are found.
create index one_time_secrets_subject on one_time_secrets ((subject collate "C"));

-- Signing in

-- A request that waits until a person has proved who they are.
create table journeys (
  id text primary key,
  browser_mark text not null,
  destination jsonb not null,
  interaction_uid text unique,
  account_id text references accounts (id) on delete cascade,
  proofs jsonb not null,
  session_uid text,
  expires_at timestamptz not null,
  -- From which site a request came that nobody has proved anything on, or a sign-up that waits on it: of each site, and over
  -- all, the latest are kept. Long is what does not fit into a cookie of its browser.
  network text,
  sign_up_network text,
  mac text
);
create index journeys_expiry on journeys (expires_at);
create index journeys_open on journeys (network, id) where network is not null and account_id is null;
create index journeys_open_everywhere on journeys (id) where network is not null and account_id is null;
create index journeys_open_long on journeys (id)
  where network is not null and account_id is null and octet_length(destination::text) > 2400;
create index journeys_sign_up on journeys (sign_up_network, id)
  where sign_up_network is not null and account_id is null;
create index journeys_sign_up_everywhere on journeys (id) where sign_up_network is not null and account_id is null;
create index journeys_sign_up_long on journeys (id)
  where sign_up_network is not null and account_id is null and octet_length(destination::text) > 2400;

create table sign_ups (
  journey_id text primary key references journeys (id) on delete cascade,
  email text not null,
  email_key text not null constraint sign_ups_email_key_form check (is_email_key(email_key)),
  first_name text not null,
  last_name text not null,
  language text not null,
  -- Either a password was chosen, or a passkey: the account to be, by which it knows it, and once it is made, its public key.
  password_hash text,
  pepper_id text,
  sealed_facts text,
  passkey jsonb,
  expires_at timestamptz not null,
  constraint sign_ups_password_or_passkey check ((password_hash is null) <> (passkey is null))
);
create index sign_ups_expiry on sign_ups (expires_at);

create table sessions (
  uid text primary key,
  id_mark text not null unique,
  account_id text references accounts (id) on delete cascade,
  -- Which browser it is on: the SHA-256 of the secret that names the browser.
  browser_mark text,
  authenticated_at timestamptz,
  -- When more than a password was proved.
  factor_at timestamptz,
  -- The session began with a factor that was in its cooling-off period, and nothing older.
  cooling_off_until timestamptz,
  -- When the person put a better password, or a second factor, off.
  better_password_later_at timestamptz,
  second_way_later_at timestamptz,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text not null,
  network text not null,
  details jsonb not null,
  mac text
);
create index sessions_account on sessions (account_id);
create index sessions_expiry on sessions (expires_at);

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
  -- Until when the browser skips the second step. The mac is of this alone, null where this is.
  second_step_until timestamptz,
  mac text,
  -- The trust cookie is replaced at each sign-in: the SHA-256 of the value it has now, and of the one before; since when, and
  -- whether the browser has shown that it received it. Null where it was only allowed to try.
  trust_mark text,
  former_trust_mark text,
  trust_since timestamptz,
  trust_seen boolean not null default false,
  primary key (account_id, browser_mark)
);
create index known_browsers_expiry on known_browsers (expires_at);
create index known_browsers_latest on known_browsers (account_id, last_seen_at) where signed_in_at is not null;
-- Whether a browser is known to anybody is asked while a credential-stuffing run is under way.
create index known_browsers_mark on known_browsers (browser_mark);

-- Limits

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

create table tries (
  key text primary key,
  count int not null,
  expires_at timestamptz not null
);
create index tries_expiry on tries (expires_at);

-- When letters that anybody can cause went to an address, with an account or without: those of the last day.
create table letter_counts (
  address_mark text primary key,
  sent_at timestamptz[] not null,
  -- until then one more letter waits
  held_until timestamptz,
  -- One letter a day is kept for a code, and one for a link to reset the password: when each went.
  kept_code_at timestamptz,
  kept_reset_at timestamptz,
  expires_at timestamptz not null
);
create index letter_counts_expiry on letter_counts (expires_at);

-- What is suspected, by which rule, and what it looked at: a network, or the whole service. A row or two, read as a whole.
create table suspicions (
  subject text primary key,
  rule text not null,
  inputs jsonb not null,
  expires_at timestamptz not null
);
create index suspicions_expiry on suspicions (expires_at);

-- Products and the protocol

create table products (
  id text primary key,
  name text not null,
  third_party boolean not null,
  secret_mark text,
  metadata jsonb not null,
  created_at timestamptz not null
);

create table product_uses (
  account_id text not null references accounts (id) on delete cascade,
  product_id text not null references products (id) on delete cascade,
  consented_scopes text not null,
  first_used_at timestamptz not null,
  last_used_at timestamptz not null,
  primary key (account_id, product_id)
);
create index product_uses_product on product_uses (product_id);

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

-- Everything oidc-provider keeps, but for sessions and products: codes, tokens, grants, interactions, …
create table oidc_records (
  model text not null,
  id_mark text not null,
  payload jsonb not null,
  grant_id text,
  account_id text,
  user_code_mark text,
  session_uid text,
  consumed_at timestamptz,
  expires_at timestamptz not null,
  -- As in journeys: from which site a record came that nobody has proved anything on.
  network text,
  mac text,
  primary key (model, id_mark)
);
create index oidc_records_account on oidc_records (account_id) where account_id is not null;
create index oidc_records_expiry on oidc_records (expires_at);
create index oidc_records_grant on oidc_records (grant_id) where grant_id is not null;
create index oidc_records_open on oidc_records (network, model, expires_at) where network is not null;
create index oidc_records_open_everywhere on oidc_records (model, expires_at) where network is not null;
create index oidc_records_open_long on oidc_records (model, expires_at)
  where network is not null and octet_length(payload::text) > case model when 'DeviceCode' then 400 else 2400 end;
create index oidc_records_session on oidc_records (session_uid) where session_uid is not null;
create unique index oidc_records_user_code on oidc_records (user_code_mark) where user_code_mark is not null;

create table signing_keys (
  id text primary key,
  algorithm text not null,
  state text not null,
  sealed_key text not null,
  made_at timestamptz not null,
  retired_at timestamptz
);
create unique index signing_keys_one_of_a_state on signing_keys (algorithm, state) where state <> 'retired';

-- Messages and the audit log

create table outbox (
  id text primary key,
  topic text not null,
  name text not null,
  -- Which account a message tells of: it is shown and erased with that one.
  account_id text,
  -- its recipient was typed, and has yet to be proved to be the account's
  unproved boolean not null default false,
  recipient text,
  language text,
  reference text,
  sealed_facts text,
  state text not null,
  attempts int not null,
  due_at timestamptz not null,
  useless_at timestamptz,
  last_answer text,
  made_at timestamptz not null,
  settled_at timestamptz
);
create index outbox_account on outbox (account_id) where account_id is not null;
create index outbox_due on outbox (due_at) where state = 'waiting';
create index outbox_reference on outbox (reference, made_at) where reference is not null;
create index outbox_settled on outbox (settled_at) where settled_at is not null;
-- What was sent to nobody's account goes sooner than the rest.
create index outbox_settled_of_nobody on outbox (settled_at) where settled_at is not null and account_id is null;

-- The audit log: each row is linked to the one before it, so that a later edit can be detected.
create table history (
  id text primary key,
  -- Its place in the chain; a row without one was put there by somebody else.
  seq bigint unique,
  at timestamptz not null,
  kind text not null,
  account_id text,
  -- Who did it: kind, id, on whose behalf, by which request (platform/actor.ts).
  actor jsonb not null,
  facts jsonb not null,
  -- The chain covers network, user_agent and personal through the commitment alone: SHA-256 of the salt and of them. They
  -- can be taken away, the salt with them, and the chain still holds.
  network text not null,
  user_agent text not null,
  personal jsonb not null default '{}',
  salt text,
  commitment text,
  -- HMAC of the row under the master key: nobody who has only the database makes one.
  row_mark text,
  -- SHA-256 of the hash before it and of this row.
  hash text
);
create index history_account on history (account_id, id);
-- Refused sign-ins at addresses without an account, whose network and browser the log still has: these go after a while.
create index history_strangers on history (at)
  where account_id is null and kind = 'sign-in-refused' and salt is not null;

-- Where the chain ends; locked from the moment a row is linked until its transaction ends. Without a row, at its beginning.
create table history_heads (
  chain text primary key,
  seq bigint not null,
  hash text not null
);

-- How far the chain has been signed for, and who is about to.
create table history_checkpoints (
  chain text primary key,
  hash text not null,
  leased_until timestamptz not null
);
