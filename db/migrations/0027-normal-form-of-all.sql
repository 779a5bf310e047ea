-- The rows that stood when 0019 was applied.
alter table accounts validate constraint accounts_email_key_form;
alter table sign_ups validate constraint sign_ups_email_key_form;
alter table email_changes validate constraint email_changes_email_key_form;
alter table former_addresses validate constraint former_addresses_email_key_form;
alter table recoveries validate constraint recoveries_email_key_form;
