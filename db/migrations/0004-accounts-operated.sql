-- Set by the operator alone: until it is taken back nobody signs in, whatever is right.
alter table accounts add column blocked_at timestamptz;

-- By which the operator finds people: names in small letters without accents, either name first. The database keeps
-- them, so that whoever changes a name need not think of it. Compared by bytes, or a prefix would not use the index.
alter table accounts
  add column name_key text collate "C" generated always as (translate(
    lower(first_name || ' ' || last_name),
    'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ',
    'aaaaaaceeeeiiiinoooooouuuuyyaaaaaaceeeeiiiinoooooouuuuyy'
  )) stored,
  add column surname_key text collate "C" generated always as (translate(
    lower(last_name || ' ' || first_name),
    'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ',
    'aaaaaaceeeeiiiinoooooouuuuyyaaaaaaceeeeiiiinoooooouuuuyy'
  )) stored;
create index accounts_name on accounts (name_key, id);
create index accounts_surname on accounts (surname_key, id);
create index accounts_address on accounts ((email_key collate "C"), id);
