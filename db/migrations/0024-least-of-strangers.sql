-- What strangers make us keep has a bound for each site and model, over all, and for what is long: the latest are kept.
drop index journeys_open;
create index journeys_open on journeys (network, id) where network is not null and account_id is null;
create index journeys_open_everywhere on journeys (id) where network is not null and account_id is null;
create index journeys_open_long on journeys (id)
  where network is not null and account_id is null and octet_length(destination::text) > 4096;
drop index oidc_records_open;
create index oidc_records_open on oidc_records (network, model, expires_at) where network is not null;
create index oidc_records_open_everywhere on oidc_records (model, expires_at) where network is not null;
create index oidc_records_open_long on oidc_records (model, expires_at)
  where network is not null and octet_length(payload::text) > 4096;
-- What was sent to nobody's account goes sooner than the rest.
create index outbox_settled_of_nobody on outbox (settled_at) where settled_at is not null and account_id is null;
