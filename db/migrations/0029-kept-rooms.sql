-- Of the letters to an address one a day is kept for a code, and one for a link to reset the password: when each went.
alter table letter_counts add column kept_code_at timestamptz, add column kept_reset_at timestamptz;
