-- The local part of a normal form is folded (Unicode, CaseFolding.txt, C and S) and not only in lower case: final sigma, iota
-- below and forms of Cyrillic letters in old prints made two accounts of one address. src/core/account/email.ts has the same list.
create function fold_email_key(key text) returns text language sql immutable
  return case when key ~ U&'[\03C2\0345\1C80-\1C88]'
    then normalize(translate(key,
      U&'\03C2\0345\1C80\1C81\1C82\1C83\1C84\1C85\1C86\1C87\1C88',
      U&'\03C3\03B9\0432\0434\043E\0441\0442\0442\044A\0463\A64B'), nfc)
    else key end;

update sign_ups set email_key = fold_email_key(email_key) where email_key <> fold_email_key(email_key);
update email_changes set email_key = fold_email_key(email_key) where email_key <> fold_email_key(email_key);
update recoveries set email_key = fold_email_key(email_key) where email_key <> fold_email_key(email_key);

-- Where two accounts have one address, the one that had the folded form keeps it, else the older one. The other is found, and
-- signs in, by a form that nobody else has; letters go to its address as before. `passerelle doctor` names it.
update accounts set email_key = changed.folded from (
    select id, fold_email_key(email_key) as folded,
      row_number() over (partition by fold_email_key(email_key) order by created_at, id) as nth
    from accounts where email_key <> fold_email_key(email_key)) as changed
  where accounts.id = changed.id and changed.nth = 1
    and not exists (select from accounts as other where other.email_key = changed.folded);
update accounts set email_key = md5(id) || '@unreadable.invalid' where email_key <> fold_email_key(email_key);

-- Of two that an account had, the later one is the one that it left last.
delete from former_addresses using former_addresses as later
  where former_addresses.account_id = later.account_id and former_addresses.id <> later.id
    and fold_email_key(former_addresses.email_key) = fold_email_key(later.email_key)
    and (former_addresses.changed_at, former_addresses.id) < (later.changed_at, later.id);
update former_addresses set email_key = fold_email_key(email_key) where email_key <> fold_email_key(email_key);

-- The constraints of every table that keeps one ask for it from now on.
create or replace function is_email_key(key text) returns boolean language sql immutable
  return key ~ '^[^@]+@([a-z0-9-]+\.)+[a-z0-9-]+$' and key = fold_email_key(key);
