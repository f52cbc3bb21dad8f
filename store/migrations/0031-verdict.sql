-- What every enterprise is entitled to, as it was worked out from the ledger (decision 17): a bit for each enterprise and benefit.

-- Up to where the ledger has been read and on which day; `since`: the first day of which is known who was entitled on it; `round`
-- counts what has been written, so that of two who follow the ledger at once the second begins anew.
create table verdict_mark (
  city     text not null,
  position bigint not null,
  day      date not null,
  since    date not null,
  round    bigint not null,
  primary key (city)
);

-- The place of each enterprise in the bits, which stays its own; `turns`: the first day on which time alone may change its facts.
create table verdict_firm (
  city   text not null,
  n      integer not null,
  id     text not null,
  title  text not null,
  listed boolean not null,
  turns  date,
  primary key (city, n)
);
create unique index verdict_firm_id on verdict_firm (city, id);
create index verdict_firm_title on verdict_firm (city, title, id);
create index verdict_firm_turns on verdict_firm (city, turns) where turns is not null;

-- The benefits that are given, each by its edition.
create table verdict_given (
  city    text not null,
  benefit text not null,
  edition integer not null,
  primary key (city, benefit)
);

-- Of 4096 enterprises each: of whom it is true, and of whom it may be; the same but for what is open.
create table verdict (
  city    text not null,
  benefit text not null,
  block   integer not null,
  is_true bytea not null,
  may_be  bytea not null,
  primary key (city, benefit, block)
) with (fillfactor = 70);

-- Of whom it was true when the day began on which that changed.
create table verdict_was (
  city    text not null,
  benefit text not null,
  block   integer not null,
  day     date not null,
  is_true bytea not null,
  primary key (city, benefit, block, day)
);
