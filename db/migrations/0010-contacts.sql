-- Codes by text, by call, and to a back-up mailbox.

-- Where the code of such a way is sent: a number (E.164), or an address.
alter table factors add column contact text;
