-- Refused sign-ins at addresses without an account, whose network and browser the log still has: these go after a while.
create index history_strangers on history (at)
  where account_id is null and kind = 'sign-in-refused' and salt is not null;
