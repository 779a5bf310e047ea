-- A row that opens something carries a mark (HMAC under the master key) of what it opens: whoever can write the
-- database, and has no key, can neither make such a row nor move one to another account.

alter table passwords add column mac text;
alter table sessions add column mac text;
alter table journeys add column mac text;
alter table factors add column mac text;
alter table passkeys add column mac text;
alter table recovery_codes add column mac text;
alter table one_time_secrets add column mac text;
alter table oidc_records add column mac text;
-- Of a browser that skips the second step: until when.
alter table known_browsers add column mac text;
