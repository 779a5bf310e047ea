import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openDatabase, type Where } from './open.ts'
import { schemaText } from './schema-text.ts'
import { temporaryDatabase } from './testing.ts'

const server = process.env.PASSERELLE_TEST_DATABASE_URL

const migration = `
  create table products (
    id text primary key,
    name varchar(80) not null default 'none',
    settings jsonb not null default '{}',
    made_at timestamptz not null default now(),
    price numeric(10, 2),
    logo bytea,
    number bigint generated always as identity,
    tags text[] not null default '{}'::text[],
    constraint products_price_fair check (price > 0 and price < 1000)
  );
  create table accounts (
    id text primary key,
    product text not null references products (id) on delete cascade,
    address text not null,
    number bigint generated always as identity,
    lower_address text generated always as (lower(address)) stored,
    unique (product, address)
  );
  create index accounts_numbered on accounts (number);
  create index accounts_recent on accounts (product, address desc) where address <> '';
  create unique index accounts_lower on accounts (lower(address));
  alter table accounts drop column number;
  alter table accounts add column height int not null default 7;
`
const expected = `table accounts
  address text not null
  height integer not null default 7
  id text not null
  lower_address text generated lower(address)
  product text not null
  constraint accounts_pkey PRIMARY KEY (id)
  constraint accounts_product_address_key UNIQUE (product, address)
  constraint accounts_product_fkey FOREIGN KEY (product) REFERENCES products(id) ON DELETE CASCADE
  CREATE INDEX accounts_recent ON public.accounts USING btree (product, address DESC) WHERE (address <> ''::text)
  CREATE UNIQUE INDEX accounts_lower ON public.accounts USING btree (lower(address))

table products
  id text not null
  logo bytea
  made_at timestamp with time zone not null default now()
  name character varying(80) not null default 'none'::character varying
  number bigint not null identity
  price numeric(10,2)
  settings jsonb not null default '{}'::jsonb
  tags text[] not null default '{}'::text[]
  constraint products_pkey PRIMARY KEY (id)
  constraint products_price_fair CHECK (((price > (0)::numeric) AND (price < (1000)::numeric)))
`

test('the text of the schema is the same on every database, and in an order that tells no history', async () => {
  const where: Where = server ? { kind: 'postgres', url: await temporaryDatabase(server) } : { kind: 'memory' }
  const { db, close } = await openDatabase(where)
  await sql.raw(migration).execute(db)
  assert.equal(await schemaText(db), expected)
  await close()
})
