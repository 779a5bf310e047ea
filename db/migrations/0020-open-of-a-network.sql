-- From which network a request came that nobody has proved anything on: of each, the latest are kept.
alter table journeys add column network text;
create index journeys_open on journeys (network, id) where account_id is null;
alter table oidc_records add column network text;
create index oidc_records_open on oidc_records (network, expires_at) where network is not null;
