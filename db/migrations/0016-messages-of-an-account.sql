-- Which account a message tells of: it is shown and erased with that one. Messages from before tell of nobody's.
alter table outbox
  add column account_id text,
  -- its recipient was typed, and has yet to be proved to be the account's
  add column unproved boolean not null default false;
create index outbox_account on outbox (account_id) where account_id is not null;
-- Nothing is found by its recipient any more: whoever has an address today may have been somebody else yesterday. The index
-- outbox_recipient stays for the version before.
