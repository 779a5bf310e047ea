-- A mark that nobody has signed in since whoever chose the password has shown that they read the mailbox; null where somebody
-- has, or nobody showed it. Passwords of before have none: where an account is known in no browser, the next sign-in is confirmed.
alter table passwords add column first_use text;
