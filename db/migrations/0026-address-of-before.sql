-- The accounts that had an address until lately are found by it: anybody can ask for that.
create index former_addresses_email on former_addresses (email_key);
