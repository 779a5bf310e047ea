table accounts
  blocked_at timestamp with time zone
  closing_at timestamp with time zone
  closing_reminded_at timestamp with time zone
  created_at timestamp with time zone not null
  email text not null
  email_fixed boolean not null default false
  email_key text not null
  first_name text not null
  id text not null
  language text not null
  last_name text not null
  name_key text generated translate(lower(((first_name || ' '::text) || last_name)), 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ'::text, 'aaaaaaceeeeiiiinoooooouuuuyyaaaaaaceeeeiiiinoooooouuuuyy'::text)
  passkey_put_off_at timestamp with time zone
  staff_since timestamp with time zone
  surname_key text generated translate(lower(((last_name || ' '::text) || first_name)), 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ'::text, 'aaaaaaceeeeiiiinoooooouuuuyyaaaaaaceeeeiiiinoooooouuuuyy'::text)
  two_step_since timestamp with time zone
  constraint accounts_email_key_form CHECK (is_email_key(email_key))
  constraint accounts_email_key_key UNIQUE (email_key)
  constraint accounts_pkey PRIMARY KEY (id)
  CREATE INDEX accounts_address ON public.accounts USING btree (email_key COLLATE "C", id)
  CREATE INDEX accounts_closing ON public.accounts USING btree (closing_at) WHERE (closing_at IS NOT NULL)
  CREATE INDEX accounts_name ON public.accounts USING btree (name_key, id)
  CREATE INDEX accounts_surname ON public.accounts USING btree (surname_key, id)

table email_changes
  account_id text not null
  browser_mark text not null
  email text not null
  email_key text not null
  expires_at timestamp with time zone not null
  constraint email_changes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint email_changes_email_key_form CHECK (is_email_key(email_key))
  constraint email_changes_pkey PRIMARY KEY (account_id)
  CREATE INDEX email_changes_expiry ON public.email_changes USING btree (expires_at)

table erased_accounts
  erased_at timestamp with time zone not null
  id text not null
  constraint erased_accounts_pkey PRIMARY KEY (id)

table factors
  account_id text not null
  contact text
  cooling_off_until timestamp with time zone
  id text not null
  kind text not null
  last_step integer
  last_used_at timestamp with time zone
  mac text
  made_at timestamp with time zone not null
  name text not null
  sealed_key text
  constraint factors_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint factors_pkey PRIMARY KEY (id)
  CREATE INDEX factors_account ON public.factors USING btree (account_id, made_at)

table former_addresses
  account_id text not null
  changed_at timestamp with time zone not null
  claimed boolean not null default false
  email text not null
  email_key text not null
  id text not null
  undoable_until timestamp with time zone not null
  constraint former_addresses_account_id_email_key_key UNIQUE (account_id, email_key)
  constraint former_addresses_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint former_addresses_email_key_form CHECK (is_email_key(email_key))
  constraint former_addresses_pkey PRIMARY KEY (id)
  CREATE INDEX former_addresses_email ON public.former_addresses USING btree (email_key)
  CREATE INDEX former_addresses_expiry ON public.former_addresses USING btree (undoable_until)

table former_ways
  account_id text not null
  ended_at timestamp with time zone not null
  facts jsonb not null
  id text not null
  kept_until timestamp with time zone not null
  kind text not null
  made_at timestamp with time zone not null
  constraint former_ways_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint former_ways_pkey PRIMARY KEY (id)
  CREATE INDEX former_ways_account ON public.former_ways USING btree (account_id)
  CREATE INDEX former_ways_credential ON public.former_ways USING btree ((((facts -> 'passkey'::text) ->> 'credential_id'::text))) WHERE (kind = 'factor'::text)
  CREATE INDEX former_ways_expiry ON public.former_ways USING btree (kept_until)

table history
  account_id text
  actor jsonb not null
  at timestamp with time zone not null
  commitment text
  facts jsonb not null
  hash text
  id text not null
  kind text not null
  network text not null
  personal jsonb not null default '{}'::jsonb
  row_mark text
  salt text
  seq bigint
  user_agent text not null
  constraint history_pkey PRIMARY KEY (id)
  constraint history_seq_key UNIQUE (seq)
  CREATE INDEX history_account ON public.history USING btree (account_id, id)
  CREATE INDEX history_strangers ON public.history USING btree (at) WHERE ((account_id IS NULL) AND (kind = 'sign-in-refused'::text) AND (salt IS NOT NULL))

table history_checkpoints
  chain text not null
  hash text not null
  leased_until timestamp with time zone not null
  constraint history_checkpoints_pkey PRIMARY KEY (chain)

table history_heads
  chain text not null
  hash text not null
  seq bigint not null
  constraint history_heads_pkey PRIMARY KEY (chain)

table installation
  name text not null
  value text not null
  constraint installation_pkey PRIMARY KEY (name)

table journeys
  account_id text
  browser_mark text not null
  destination jsonb not null
  expires_at timestamp with time zone not null
  id text not null
  interaction_uid text
  mac text
  network text
  proofs jsonb not null
  session_uid text
  sign_up_network text
  constraint journeys_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint journeys_interaction_uid_key UNIQUE (interaction_uid)
  constraint journeys_pkey PRIMARY KEY (id)
  CREATE INDEX journeys_expiry ON public.journeys USING btree (expires_at)
  CREATE INDEX journeys_open ON public.journeys USING btree (network, id) WHERE ((network IS NOT NULL) AND (account_id IS NULL))
  CREATE INDEX journeys_open_everywhere ON public.journeys USING btree (id) WHERE ((network IS NOT NULL) AND (account_id IS NULL))
  CREATE INDEX journeys_open_long ON public.journeys USING btree (id) WHERE ((network IS NOT NULL) AND (account_id IS NULL) AND (octet_length((destination)::text) > 2400))
  CREATE INDEX journeys_sign_up ON public.journeys USING btree (sign_up_network, id) WHERE ((sign_up_network IS NOT NULL) AND (account_id IS NULL))
  CREATE INDEX journeys_sign_up_everywhere ON public.journeys USING btree (id) WHERE ((sign_up_network IS NOT NULL) AND (account_id IS NULL))
  CREATE INDEX journeys_sign_up_long ON public.journeys USING btree (id) WHERE ((sign_up_network IS NOT NULL) AND (account_id IS NULL) AND (octet_length((destination)::text) > 2400))

table known_browsers
  account_id text not null
  browser_mark text not null
  expires_at timestamp with time zone not null
  first_seen_at timestamp with time zone not null
  former_trust_mark text
  last_seen_at timestamp with time zone not null
  mac text
  network text not null
  second_step_until timestamp with time zone
  signed_in_at timestamp with time zone
  trust_mark text
  trust_seen boolean not null default false
  trust_since timestamp with time zone
  user_agent text not null
  constraint known_browsers_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint known_browsers_pkey PRIMARY KEY (account_id, browser_mark)
  CREATE INDEX known_browsers_expiry ON public.known_browsers USING btree (expires_at)
  CREATE INDEX known_browsers_latest ON public.known_browsers USING btree (account_id, last_seen_at) WHERE (signed_in_at IS NOT NULL)
  CREATE INDEX known_browsers_mark ON public.known_browsers USING btree (browser_mark)

table letter_counts
  address_mark text not null
  expires_at timestamp with time zone not null
  held_until timestamp with time zone
  kept_code_at timestamp with time zone
  kept_reset_at timestamp with time zone
  sent_at timestamp with time zone[] not null
  constraint letter_counts_pkey PRIMARY KEY (address_mark)
  CREATE INDEX letter_counts_expiry ON public.letter_counts USING btree (expires_at)

table migrations
  applied_at timestamp with time zone not null
  checksum text not null
  name text not null
  version integer not null
  constraint migrations_pkey PRIMARY KEY (version)

table oidc_records
  account_id text
  consumed_at timestamp with time zone
  expires_at timestamp with time zone not null
  grant_id text
  id_mark text not null
  mac text
  model text not null
  network text
  payload jsonb not null
  session_uid text
  user_code_mark text
  constraint oidc_records_pkey PRIMARY KEY (model, id_mark)
  CREATE INDEX oidc_records_account ON public.oidc_records USING btree (account_id) WHERE (account_id IS NOT NULL)
  CREATE INDEX oidc_records_expiry ON public.oidc_records USING btree (expires_at)
  CREATE INDEX oidc_records_grant ON public.oidc_records USING btree (grant_id) WHERE (grant_id IS NOT NULL)
  CREATE INDEX oidc_records_open ON public.oidc_records USING btree (network, model, expires_at) WHERE (network IS NOT NULL)
  CREATE INDEX oidc_records_open_everywhere ON public.oidc_records USING btree (model, expires_at) WHERE (network IS NOT NULL)
  CREATE INDEX oidc_records_open_long ON public.oidc_records USING btree (model, expires_at) WHERE ((network IS NOT NULL) AND (octet_length((payload)::text) >
CASE model
    WHEN 'DeviceCode'::text THEN 400
    ELSE 2400
END))
  CREATE INDEX oidc_records_session ON public.oidc_records USING btree (session_uid) WHERE (session_uid IS NOT NULL)
  CREATE UNIQUE INDEX oidc_records_user_code ON public.oidc_records USING btree (user_code_mark) WHERE (user_code_mark IS NOT NULL)

table one_time_secrets
  code_mark text
  expires_at timestamp with time zone not null
  link_mark text
  mac text
  purpose text not null
  subject text not null
  tries_left integer not null
  constraint one_time_secrets_link_mark_key UNIQUE (link_mark)
  constraint one_time_secrets_pkey PRIMARY KEY (purpose, subject)
  CREATE INDEX one_time_secrets_expiry ON public.one_time_secrets USING btree (expires_at)
  CREATE INDEX one_time_secrets_subject ON public.one_time_secrets USING btree (subject COLLATE "C")

table outbox
  account_id text
  attempts integer not null
  due_at timestamp with time zone not null
  id text not null
  language text
  last_answer text
  made_at timestamp with time zone not null
  name text not null
  recipient text
  reference text
  sealed_facts text
  settled_at timestamp with time zone
  state text not null
  topic text not null
  unproved boolean not null default false
  useless_at timestamp with time zone
  constraint outbox_pkey PRIMARY KEY (id)
  CREATE INDEX outbox_account ON public.outbox USING btree (account_id) WHERE (account_id IS NOT NULL)
  CREATE INDEX outbox_due ON public.outbox USING btree (due_at) WHERE (state = 'waiting'::text)
  CREATE INDEX outbox_reference ON public.outbox USING btree (reference, made_at) WHERE (reference IS NOT NULL)
  CREATE INDEX outbox_settled ON public.outbox USING btree (settled_at) WHERE (settled_at IS NOT NULL)
  CREATE INDEX outbox_settled_of_nobody ON public.outbox USING btree (settled_at) WHERE ((settled_at IS NOT NULL) AND (account_id IS NULL))

table passkeys
  account_id text not null
  backed_up boolean not null
  credential_id text not null
  factor_id text not null
  mac text
  public_key text not null
  sign_count double precision not null
  transports text not null
  constraint passkeys_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint passkeys_credential_id_key UNIQUE (credential_id)
  constraint passkeys_factor_id_fkey FOREIGN KEY (factor_id) REFERENCES factors(id) ON DELETE CASCADE
  constraint passkeys_pkey PRIMARY KEY (factor_id)
  CREATE INDEX passkeys_account ON public.passkeys USING btree (account_id)

table password_policies
  grace_days integer not null
  list text not null
  made_at timestamp with time zone not null
  min_length integer not null
  second_step text not null default 'nobody'::text
  second_step_grace_days integer not null default 0
  version integer not null
  constraint password_policies_pkey PRIMARY KEY (version)

table passwords
  account_id text not null
  changed_at timestamp with time zone not null
  first_use text
  hash text not null
  mac text
  pepper_id text not null
  sealed_facts text
  constraint passwords_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint passwords_pkey PRIMARY KEY (account_id)

table product_events
  account_id text not null
  facts jsonb not null
  id text not null
  kind text not null
  made_at timestamp with time zone not null
  product_id text not null
  state text not null
  constraint product_events_pkey PRIMARY KEY (id, product_id)
  constraint product_events_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE
  CREATE INDEX product_events_account ON public.product_events USING btree (account_id, id)
  CREATE INDEX product_events_pending ON public.product_events USING btree (product_id, id) WHERE (state = 'pending'::text)

table product_uses
  account_id text not null
  consented_scopes text not null
  first_used_at timestamp with time zone not null
  last_used_at timestamp with time zone not null
  product_id text not null
  constraint product_uses_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint product_uses_pkey PRIMARY KEY (account_id, product_id)
  constraint product_uses_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE
  CREATE INDEX product_uses_product ON public.product_uses USING btree (product_id)

table products
  created_at timestamp with time zone not null
  id text not null
  metadata jsonb not null
  name text not null
  secret_mark text
  third_party boolean not null
  constraint products_pkey PRIMARY KEY (id)

table recoveries
  account_id text not null
  begun_at timestamp with time zone not null
  browser_mark text not null
  email text not null
  email_key text not null
  expires_at timestamp with time zone not null
  id text not null
  constraint recoveries_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint recoveries_email_key_form CHECK (is_email_key(email_key))
  constraint recoveries_pkey PRIMARY KEY (id)
  CREATE INDEX recoveries_account ON public.recoveries USING btree (account_id)
  CREATE INDEX recoveries_expiry ON public.recoveries USING btree (expires_at)

table recovery_codes
  account_id text not null
  code_mark text not null
  mac text
  made_at timestamp with time zone not null
  constraint recovery_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint recovery_codes_pkey PRIMARY KEY (account_id, code_mark)

table sessions
  account_id text
  authenticated_at timestamp with time zone
  better_password_later_at timestamp with time zone
  browser_mark text
  cooling_off_until timestamp with time zone
  details jsonb not null
  expires_at timestamp with time zone not null
  factor_at timestamp with time zone
  id_mark text not null
  mac text
  network text not null
  second_way_later_at timestamp with time zone
  seen_at timestamp with time zone not null
  started_at timestamp with time zone not null
  uid text not null
  user_agent text not null
  constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint sessions_id_mark_key UNIQUE (id_mark)
  constraint sessions_pkey PRIMARY KEY (uid)
  CREATE INDEX sessions_account ON public.sessions USING btree (account_id)
  CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at)

table sign_in_guards
  address_mark text not null
  blocked_until timestamp with time zone
  blocks integer not null
  browser_mark text not null
  expires_at timestamp with time zone not null
  failures integer not null
  failures_ever integer not null
  waits_until timestamp with time zone
  constraint sign_in_guards_pkey PRIMARY KEY (address_mark, browser_mark)
  CREATE INDEX sign_in_guards_expiry ON public.sign_in_guards USING btree (expires_at)

table sign_ups
  email text not null
  email_key text not null
  expires_at timestamp with time zone not null
  first_name text not null
  journey_id text not null
  language text not null
  last_name text not null
  passkey jsonb
  password_hash text
  pepper_id text
  sealed_facts text
  constraint sign_ups_email_key_form CHECK (is_email_key(email_key))
  constraint sign_ups_journey_id_fkey FOREIGN KEY (journey_id) REFERENCES journeys(id) ON DELETE CASCADE
  constraint sign_ups_password_or_passkey CHECK (((password_hash IS NULL) <> (passkey IS NULL)))
  constraint sign_ups_pkey PRIMARY KEY (journey_id)
  CREATE INDEX sign_ups_expiry ON public.sign_ups USING btree (expires_at)

table signing_keys
  algorithm text not null
  id text not null
  made_at timestamp with time zone not null
  retired_at timestamp with time zone
  sealed_key text not null
  state text not null
  constraint signing_keys_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX signing_keys_one_of_a_state ON public.signing_keys USING btree (algorithm, state) WHERE (state <> 'retired'::text)

table support_requests
  account_id text not null
  ended_at timestamp with time zone
  expires_at timestamp with time zone not null
  made_at timestamp with time zone not null
  reference text not null
  sealed_said text not null
  state text not null
  constraint support_requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE
  constraint support_requests_pkey PRIMARY KEY (reference)
  CREATE INDEX support_requests_account ON public.support_requests USING btree (account_id)
  CREATE INDEX support_requests_expiry ON public.support_requests USING btree (expires_at)
  CREATE UNIQUE INDEX support_requests_open ON public.support_requests USING btree (account_id) WHERE (state = 'open'::text)

table suspicions
  expires_at timestamp with time zone not null
  inputs jsonb not null
  rule text not null
  subject text not null
  constraint suspicions_pkey PRIMARY KEY (subject)
  CREATE INDEX suspicions_expiry ON public.suspicions USING btree (expires_at)

table tries
  count integer not null
  expires_at timestamp with time zone not null
  key text not null
  constraint tries_pkey PRIMARY KEY (key)
  CREATE INDEX tries_expiry ON public.tries USING btree (expires_at)
