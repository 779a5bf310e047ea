-- A passkey that was removed lately is nobody else's until it can no longer come back.
create index former_ways_credential on former_ways ((facts -> 'passkey' ->> 'credential_id')) where kind = 'factor';
