-- Who can use none of their ways asks support for help. What they typed is sealed; nothing changes at the account by it.
create table support_requests (
  -- short, to be read aloud; no secret
  reference text primary key,
  account_id text not null references accounts on delete cascade,
  state text not null,
  sealed_said text not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  expires_at timestamptz not null
);
create unique index support_requests_open on support_requests (account_id) where state = 'open';
create index support_requests_account on support_requests (account_id);
create index support_requests_expiry on support_requests (expires_at);
