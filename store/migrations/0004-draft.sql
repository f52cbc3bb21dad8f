-- What somebody has begun to fill in and not yet submitted; found again by its code, forgotten after a week.
create table draft (
  city    text not null,
  code    text not null,
  kind    text not null,
  command text not null,
  data    jsonb not null,
  done    jsonb not null,
  answer  jsonb,
  changed timestamptz not null,
  primary key (city, code)
);
create index draft_changed on draft (city, changed);
