-- Of whom a second way to sign in is required, and how long it may be put off: the versions of the policy say it too.
alter table password_policies
  add column second_step text not null default 'nobody',
  add column second_step_grace_days int not null default 0;

-- Since when the operator counts the person as staff.
alter table accounts add column staff_since timestamptz;

-- When the person put a second way off, in this session.
alter table sessions add column second_way_later_at timestamptz;
