-- What marks a browser as known to an account is replaced at each sign-in: the SHA-256 of the value its cookie has now, and of
-- the one before; since when, and whether the browser has shown that it received it. Rows from before have none: their
-- browser is trusted by its name alone until the next sign-in there.
alter table known_browsers
  add column trust_mark text,
  add column former_trust_mark text,
  add column trust_since timestamptz,
  add column trust_seen boolean not null default false;
