-- Stands here until the real one does.
alter table accounts add column closing_at timestamptz;
