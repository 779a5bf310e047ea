-- The mailbox of the address has said that the account is its own, and another account has the address: until it is free,
-- the mailbox of now is given no link that chooses a password.
alter table former_addresses add column claimed boolean not null default false;
