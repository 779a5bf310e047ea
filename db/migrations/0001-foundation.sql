-- Secrets never stand here in clear: what has 256 bits is stored as its SHA-256, what is short as an HMAC
-- under the master key, what must be read again is sealed (AES-256-GCM). Columns that hold one are named *_mark or sealed_*.

-- What this installation must be opened with: a sealed word that only the right master key opens.
create table installation (
  name text primary key,
  value text not null
);

create table accounts (
  id text primary key,
  email text not null,
  email_key text not null unique,
  first_name text not null,
  last_name text not null,
  language text not null,
  created_at timestamptz not null
);

create table passwords (
  account_id text primary key references accounts (id) on delete cascade,
  hash text not null,
  pepper_id text not null,
  changed_at timestamptz not null
);

create table one_time_secrets (
  purpose text not null,
  subject text not null,
  code_mark text,
  link_mark text unique,
  tries_left int not null,
  expires_at timestamptz not null,
  primary key (purpose, subject)
);
create index one_time_secrets_expiry on one_time_secrets (expires_at);

create table journeys (
  id text primary key,
  browser_mark text not null,
  destination jsonb not null,
  interaction_uid text unique,
  account_id text references accounts (id) on delete cascade,
  proofs jsonb not null,
  session_uid text,
  expires_at timestamptz not null
);
create index journeys_expiry on journeys (expires_at);

create table sign_ups (
  journey_id text primary key references journeys (id) on delete cascade,
  email text not null,
  email_key text not null,
  first_name text not null,
  last_name text not null,
  language text not null,
  password_hash text not null,
  pepper_id text not null,
  expires_at timestamptz not null
);
create index sign_ups_expiry on sign_ups (expires_at);

create table sessions (
  uid text primary key,
  id_mark text not null unique,
  account_id text references accounts (id) on delete cascade,
  authenticated_at timestamptz,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text not null,
  network text not null,
  details jsonb not null
);
create index sessions_account on sessions (account_id);
create index sessions_expiry on sessions (expires_at);

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
  primary key (model, id_mark)
);
create index oidc_records_grant on oidc_records (grant_id) where grant_id is not null;
create index oidc_records_account on oidc_records (account_id) where account_id is not null;
create index oidc_records_session on oidc_records (session_uid) where session_uid is not null;
create unique index oidc_records_user_code on oidc_records (user_code_mark) where user_code_mark is not null;
create index oidc_records_expiry on oidc_records (expires_at);

create table signing_keys (
  id text primary key,
  algorithm text not null,
  state text not null,
  sealed_key text not null,
  made_at timestamptz not null,
  retired_at timestamptz
);
create unique index signing_keys_one_of_a_state on signing_keys (algorithm, state) where state <> 'retired';

create table outbox (
  id text primary key,
  topic text not null,
  name text not null,
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
create index outbox_due on outbox (due_at) where state = 'waiting';
create index outbox_reference on outbox (reference, made_at) where reference is not null;
create index outbox_settled on outbox (settled_at) where settled_at is not null;

create table tries (
  key text primary key,
  count int not null,
  expires_at timestamptz not null
);
create index tries_expiry on tries (expires_at);

create table history (
  id text primary key,
  at timestamptz not null,
  kind text not null,
  account_id text,
  facts jsonb not null,
  network text not null,
  user_agent text not null
);
create index history_account on history (account_id, id);
