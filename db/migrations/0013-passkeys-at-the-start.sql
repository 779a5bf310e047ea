-- Signing up with a passkey in place of a password, and when somebody has put the offer of one off.

-- Either a password was chosen, or a passkey: the account to be, by which it knows it, and once it is made, its public key.
alter table sign_ups
  alter column password_hash drop not null,
  alter column pepper_id drop not null,
  add column passkey jsonb,
  add constraint sign_ups_password_or_passkey check ((password_hash is null) <> (passkey is null));

alter table accounts add column passkey_put_off_at timestamptz;
