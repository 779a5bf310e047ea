-- More than a password: authenticator apps, passkeys, recovery codes, browsers that skip the second step.

create table factors (
  id text primary key,
  account_id text not null references accounts on delete cascade,
  kind text not null,
  name text not null,
  -- Of an app: the shared key, sealed, and the newest time step whose code was used.
  sealed_key text,
  last_step integer,
  made_at timestamptz not null,
  last_used_at timestamptz
);
create index factors_account on factors (account_id, made_at);

-- What is known of a passkey or security key (WebAuthn), beside its row in factors.
create table passkeys (
  factor_id text primary key references factors on delete cascade,
  account_id text not null references accounts on delete cascade,
  credential_id text not null unique,
  public_key text not null,
  sign_count double precision not null,
  transports text not null,
  backed_up boolean not null
);
create index passkeys_account on passkeys (account_id);

create table recovery_codes (
  account_id text not null references accounts on delete cascade,
  code_mark text not null,
  made_at timestamptz not null,
  primary key (account_id, code_mark)
);

-- Until when a browser skips the second step.
alter table known_browsers add column second_step_until timestamptz;
-- When more than a password was proved in the session.
alter table sessions add column factor_at timestamptz;
