-- Signing in: what proves who somebody is. Secrets are stored hashed, or sealed with the key of the data folder.
create schema identity;

create table identity.session (
  city   text not null,
  hash   text not null,
  id     text not null,
  person text not null,
  way    text not null,
  -- Whether a second factor was shown (or is not asked for in this city).
  factor boolean not null,
  device text not null,
  idle   integer not null,
  made   timestamptz not null,
  seen   timestamptz not null,
  until  timestamptz not null,
  primary key (city, hash)
);
create index session_person on identity.session (city, person);

create table identity.password (
  city    text not null,
  person  text not null,
  hash    text not null,
  changed timestamptz not null,
  primary key (city, person)
);

create table identity.totp (
  city      text not null,
  person    text not null,
  sealed    text not null,
  -- The last step that was used: a code is good once.
  step      bigint not null default 0,
  confirmed boolean not null default false,
  primary key (city, person)
);

create table identity.recovery (
  city   text not null,
  person text not null,
  hash   text not null,
  primary key (city, person, hash)
);

create table identity.passkey (
  city       text not null,
  id         text not null,
  person     text not null,
  key        bytea not null,
  counter    bigint not null,
  transports jsonb not null,
  made       timestamptz not null,
  primary key (city, id)
);
create index passkey_person on identity.passkey (city, person);

create table identity.invitation (
  city   text not null,
  hash   text not null,
  person text not null,
  until  timestamptz not null,
  primary key (city, hash)
);

-- What was asked and is still to be answered: a passkey's challenge, a single sign-on under way. Good once.
create table identity.pending (
  city  text not null,
  hash  text not null,
  data  jsonb not null,
  until timestamptz not null,
  primary key (city, hash)
);

create table identity.subject (
  city    text not null,
  issuer  text not null,
  subject text not null,
  person  text not null,
  primary key (city, issuer, subject)
);

-- Failures by whom they strike: a login, an address.
create table identity.failure (
  city  text not null,
  who   text not null,
  count integer not null,
  until timestamptz not null,
  primary key (city, who)
);
