-- The ledger: events are the only truth, everything else is folded from them or written beside them in the same append.

create table city (
  city   text primary key,
  -- Counted up when a record that lays down law, or one that confers access, is appended: caches ask by it.
  law    bigint not null default 0,
  access bigint not null default 0,
  -- Whether the city's year was replayed (an example city): such a database takes recorded moments.
  replayed boolean not null default false
);

create sequence event_position;

create table event (
  city         text not null,
  position     bigint not null,
  kind         text not null,
  record       text not null,
  version      integer not null,
  type         text not null,
  type_version smallint not null default 1,
  data         jsonb not null,
  actor        text not null,
  via          text not null,
  at           timestamptz not null,
  law          bigint not null,
  cause        text,
  primary key (city, kind, record, version)
);
create index event_position_key on event (city, position);

create table record (
  city        text not null,
  kind        text not null,
  id          text not null,
  version     integer not null,
  phase       text not null,
  open        boolean not null,
  title       text not null,
  unit        text,
  level       smallint not null,
  token       text,
  facets      jsonb not null,
  due         timestamptz,
  provisional boolean not null,
  wake        timestamptz,
  law         bigint not null,
  state       jsonb not null,
  created     timestamptz not null,
  changed     timestamptz not null,
  primary key (city, kind, id)
) with (fillfactor = 85);
create index record_due on record (city, kind, due, id) where open;
create index record_unit_due on record (city, kind, unit, due, id) where open;
-- Without the id: an index that has it would be taken for the primary key while the table's statistics are young.
create index record_created on record (city, kind, created desc);
create index record_unit_created on record (city, kind, unit, created desc);
create index record_wake on record (city, wake) where wake is not null;

-- Who else has a part in a record: units beside the owner, enterprises, persons.
create table party (
  city text not null,
  who  text not null,
  kind text not null,
  id   text not null,
  primary key (city, who, kind, id)
);

create table search (
  city   text not null,
  kind   text not null,
  id     text not null,
  words  text not null,
  tokens tsvector not null,
  primary key (city, kind, id)
);
create index search_tokens on search using gin (tokens);

create table entry (
  city     text not null,
  position bigint not null,
  line     smallint not null,
  kind     text not null,
  record   text not null,
  measure  text not null,
  on_day   date not null,
  n        smallint not null,
  quantity bigint not null,
  subject  text,
  dims     jsonb not null,
  primary key (city, position, line)
);
create index entry_measure on entry (city, measure, on_day, position);

-- Entries up to the watermark, summed by day; a figure reads this and the entries after it.
create table rollup (
  city     text not null,
  measure  text not null,
  on_day   date not null,
  dims     jsonb not null,
  n        bigint not null,
  quantity bigint not null,
  primary key (city, measure, on_day, dims)
);
create table watermark (
  city     text primary key,
  position bigint not null
);

create table command (
  city   text not null,
  key    text not null,
  hash   text not null,
  answer jsonb not null,
  at     timestamptz not null,
  primary key (city, key)
);
create index command_at on command (city, at);

create table outbox (
  city     text not null,
  position bigint not null,
  line     smallint not null,
  kind     text not null,
  record   text not null,
  recipient text not null,
  template text not null,
  about    jsonb not null,
  at       timestamptz not null,
  sent     timestamptz,
  attempts smallint not null default 0,
  primary key (city, position, line)
);
create index outbox_waiting on outbox (city, at) where sent is null;

-- Who looked at personal data, and attempts that were refused.
create table look (
  city   text not null,
  id     text not null,
  at     timestamptz not null,
  actor  text not null,
  what   text not null,
  kind   text not null,
  record text not null,
  detail jsonb not null,
  primary key (city, id)
);
create index look_at on look (city, at);

-- Each day's events under one Merkle root, chained to the day before.
create table seal (
  city  text not null,
  day   date not null,
  first bigint not null,
  last  bigint not null,
  count bigint not null,
  root  text not null,
  chain text not null,
  primary key (city, day)
);

create table file (
  city    text not null,
  id      text not null,
  name    text not null,
  type    text not null,
  size    bigint not null,
  sha256  text not null,
  state   text not null,
  owner   text not null,
  at      timestamptz not null,
  primary key (city, id)
);

-- One append, one round trip. Writes: one object per record; answers: one per command. Returns the last position, or
-- null when a record had moved on or a key had been used in the meantime, and then nothing has been written.
create function append(
  p_city text, p_writes jsonb, p_answers jsonb, p_actor text, p_via text, p_at timestamptz,
  p_law bigint, p_enacts boolean, p_confers boolean
) returns bigint language plpgsql as $$
declare
  wanted integer := jsonb_array_length(p_writes);
  done integer;
  w jsonb;
  last bigint;
begin
  -- Shared by all appends; whoever folds takes it alone for a moment and then knows that no lower position is under way.
  perform pg_advisory_xact_lock_shared(hashtextextended(p_city, 0));

  insert into command (city, key, hash, answer, at)
  select p_city, a->>'key', a->>'hash', a->'answer', p_at from jsonb_array_elements(p_answers) a
  on conflict do nothing;
  get diagnostics done = row_count;
  if done <> jsonb_array_length(p_answers) then raise exception using errcode = 'LJ001', message = 'key used'; end if;

  for w in select value from jsonb_array_elements(p_writes) loop
    if (w->>'expected')::int = 0 then
      insert into record (city, kind, id, version, phase, open, title, unit, level, token, facets, due, provisional, wake, law, state, created, changed)
      values (p_city, w->>'kind', w->>'id', (w->>'version')::int, w->>'phase', (w->>'open')::boolean, w->>'title', w->>'unit',
        (w->>'level')::smallint, w->>'token', w->'facets', (w->>'due')::timestamptz, (w->>'provisional')::boolean,
        (w->>'wake')::timestamptz, p_law, w->'state', p_at, p_at)
      on conflict do nothing;
    else
      update record set version = (w->>'version')::int, phase = w->>'phase', open = (w->>'open')::boolean, title = w->>'title',
        unit = w->>'unit', level = (w->>'level')::smallint, token = w->>'token', facets = w->'facets',
        due = (w->>'due')::timestamptz, provisional = (w->>'provisional')::boolean, wake = (w->>'wake')::timestamptz,
        law = p_law, state = w->'state', changed = p_at
      where city = p_city and kind = w->>'kind' and id = w->>'id' and version = (w->>'expected')::int;
    end if;
    get diagnostics done = row_count;
    if done <> 1 then raise exception using errcode = 'LJ001', message = 'record moved on'; end if;
  end loop;

  with e as (
    select nextval('event_position') as position, w.value->>'kind' as kind, w.value->>'id' as record, w.value->>'cause' as cause, e.value as e
    from jsonb_array_elements(p_writes) w, jsonb_array_elements(w.value->'events') e
  ), written as (
    insert into event (city, position, kind, record, version, type, type_version, data, actor, via, at, law, cause)
    select p_city, position, kind, record, (e->>'version')::int, e->>'type', (e->>'typeVersion')::smallint, e->'data',
      p_actor, p_via, p_at, p_law, cause
    from e
    returning position, kind, record, version
  ), posted as (
    insert into entry (city, position, line, kind, record, measure, on_day, n, quantity, subject, dims)
    select p_city, written.position, row_number() over (partition by written.position)::smallint, written.kind, written.record, x->>'measure',
      (x->>'on')::date, coalesce((x->>'n')::smallint, 1), coalesce((x->>'quantity')::bigint, (x->>'n')::bigint, 1),
      x->>'subject', coalesce(x->'dims', '{}')
    from jsonb_array_elements(p_writes) w, jsonb_array_elements(w.value->'entries') x
    join written on true
    where written.kind = w.value->>'kind' and written.record = w.value->>'id' and written.version = (x->>'version')::int
  )
  select max(position) into last from written;

  insert into party (city, who, kind, id)
  select p_city, p.value, w.value->>'kind', w.value->>'id'
  from jsonb_array_elements(p_writes) w, jsonb_array_elements_text(w.value->'parties'->'added') p
  on conflict do nothing;
  delete from party using jsonb_array_elements(p_writes) w, jsonb_array_elements_text(w.value->'parties'->'removed') p
  where party.city = p_city and party.who = p.value and party.kind = w.value->>'kind' and party.id = w.value->>'id';

  insert into search (city, kind, id, words, tokens)
  select p_city, w.value->>'kind', w.value->>'id', w.value->>'words', (w.value->>'tokens')::tsvector
  from jsonb_array_elements(p_writes) w where w.value ? 'words'
  on conflict (city, kind, id) do update set words = excluded.words, tokens = excluded.tokens;

  insert into outbox (city, position, line, kind, record, recipient, template, about, at)
  select p_city, last, row_number() over ()::smallint, w.value->>'kind', w.value->>'id', m->>'to', m->>'template', m->'about', p_at
  from jsonb_array_elements(p_writes) w, jsonb_array_elements(w.value->'messages') m;

  if p_enacts or p_confers then
    update city set law = law + p_enacts::int, access = access + p_confers::int where city = p_city;
  end if;
  return last;
exception when sqlstate 'LJ001' then
  return null;
end $$;

-- One load, one round trip: the city's versions, answers already given to these keys, and the records asked for.
create function load(p_city text, p_keys text[], p_kinds text[], p_ids text[])
returns table (what "char", kind text, id text, version bigint, body jsonb) language sql stable as $$
  select 'c'::"char", null::text, null::text, c.law, to_jsonb(c.access) from city c where c.city = p_city
  union all
  select 'k', k.hash, k.key, 0, k.answer from command k where k.city = p_city and k.key = any (p_keys)
  union all
  select 'r', r.kind, r.id, r.version, r.state
  from unnest(p_kinds, p_ids) as w (kind, id)
  -- The limit keeps the planner from joining whole tables: each record is one look-up by its key, at any size.
  cross join lateral (select * from record where city = p_city and kind = w.kind and id = w.id limit 1) r
$$;
