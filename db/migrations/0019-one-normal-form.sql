-- The normal form of an address has a part on either side of the @, the domain in ASCII.
create function is_email_key(key text) returns boolean language sql immutable
  return key ~ '^[^@]+@([a-z0-9-]+\.)+[a-z0-9-]+$';

-- At domains with signs in them (xn--l8h) none was kept, so that all of them were one. What only waits is begun anew. Who
-- has such an address keeps it, and is found, and signs in, by a form that nobody else has.
delete from sign_ups where not is_email_key(email_key);
delete from email_changes where not is_email_key(email_key);
update accounts set email_key = md5(id) || '@unreadable.invalid' where not is_email_key(email_key);
update former_addresses set email_key = md5(id) || '@unreadable.invalid' where not is_email_key(email_key);
update recoveries set email_key = md5(id) || '@unreadable.invalid' where not is_email_key(email_key);

-- Rows that stand are checked by a migration of its own, without a lock that keeps others from writing.
alter table accounts add constraint accounts_email_key_form check (is_email_key(email_key)) not valid;
alter table sign_ups add constraint sign_ups_email_key_form check (is_email_key(email_key)) not valid;
alter table email_changes add constraint email_changes_email_key_form check (is_email_key(email_key)) not valid;
alter table former_addresses add constraint former_addresses_email_key_form check (is_email_key(email_key)) not valid;
alter table recoveries add constraint recoveries_email_key_form check (is_email_key(email_key)) not valid;
