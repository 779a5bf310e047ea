-- Two-step verification: since when a sign-in by password asks for a second step; null where it does not. Until now every
-- account that has a second step was asked for it, one by a passkey too: for those it stays so.
alter table accounts add column two_step_since timestamptz;

update accounts set two_step_since = first.made_at
  from (select account_id, min(made_at) as made_at from factors where kind <> 'email' group by account_id) as first
  where accounts.id = first.account_id;
