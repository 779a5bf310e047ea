-- The latest of an account's known browsers are found without reading the others.
create index known_browsers_latest on known_browsers (account_id, last_seen_at) where signed_in_at is not null;
