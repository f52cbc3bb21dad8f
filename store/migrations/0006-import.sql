-- A sheet that somebody brings: checked first, entered when confirmed; what is known of it survives a restart.
create table import_job (
  city     text not null,
  id       text not null,
  owner    text not null,
  name     text not null,
  sha256   text not null,
  -- checking, checked, entering, entered, cancelled, refused
  state    text not null,
  done     integer not null default 0,
  total    integer,
  counts   jsonb not null default '{}',
  -- The first bad cells, and why the whole file was refused.
  problems jsonb not null default '[]',
  refusal  text,
  created  timestamptz not null,
  changed  timestamptz not null,
  primary key (city, id)
);
create index import_job_owner on import_job (city, owner, created desc);
