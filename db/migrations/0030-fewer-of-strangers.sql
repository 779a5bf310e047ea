-- A request is long where it does not fit into a cookie of its browser; and sign-ups that wait have a bound as well.
drop index journeys_open_long;
create index journeys_open_long on journeys (id)
  where network is not null and account_id is null and octet_length(destination::text) > 2400;
drop index oidc_records_open_long;
create index oidc_records_open_long on oidc_records (model, expires_at)
  where network is not null and octet_length(payload::text) > case model when 'DeviceCode' then 400 else 2400 end;

alter table journeys add column sign_up_network text;
create index journeys_sign_up on journeys (sign_up_network, id)
  where sign_up_network is not null and account_id is null;
create index journeys_sign_up_everywhere on journeys (id) where sign_up_network is not null and account_id is null;
create index journeys_sign_up_long on journeys (id)
  where sign_up_network is not null and account_id is null and octet_length(destination::text) > 2400;

-- Messages are found by their account or their reference.
drop index outbox_recipient;
