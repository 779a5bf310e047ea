-- What was asked of passwords, version after version; without a row, the setting PASSERELLE_PASSWORD_MIN holds.
create table password_policies (
  version int primary key,
  min_length int not null,
  list text not null,
  grace_days int not null,
  made_at timestamptz not null
);

-- What a policy asks of a password, sealed with the hash it belongs to; null until it was typed once more.
alter table passwords add column sealed_facts text;
alter table sign_ups add column sealed_facts text;

-- When the person put a better password off, in this session.
alter table sessions add column better_password_later_at timestamptz;
