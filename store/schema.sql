-- What the migrations add up to. Made from a migrated database by: npm test -- db schema -u

create table identity.failure (
  city text not null,
  who text not null,
  count integer not null,
  until timestamp with time zone not null
);

create table identity.invitation (
  city text not null,
  hash text not null,
  person text not null,
  until timestamp with time zone not null,
  issuer text,
  clears boolean default false not null
);

create table identity.passkey (
  city text not null,
  id text not null,
  person text not null,
  key bytea not null,
  counter bigint not null,
  transports jsonb not null,
  made timestamp with time zone not null
);

create table identity.password (
  city text not null,
  person text not null,
  hash text not null,
  changed timestamp with time zone not null
);

create table identity.pending (
  city text not null,
  hash text not null,
  data jsonb not null,
  until timestamp with time zone not null
);

create table identity.recovery (
  city text not null,
  person text not null,
  hash text not null
);

create table identity.session (
  city text not null,
  hash text not null,
  id text not null,
  person text not null,
  way text not null,
  factor boolean not null,
  device text not null,
  idle integer not null,
  made timestamp with time zone not null,
  seen timestamp with time zone not null,
  until timestamp with time zone not null
);

create table identity.subject (
  city text not null,
  issuer text not null,
  subject text not null,
  person text not null
);

create table identity.totp (
  city text not null,
  person text not null,
  sealed text not null,
  step bigint default 0 not null,
  confirmed boolean default false not null
);

create table public.city (
  city text not null,
  law bigint default 0 not null,
  access bigint default 0 not null,
  loading boolean default false not null,
  recomputed bigint default 0 not null,
  shapes jsonb default '{}'::jsonb not null
);

create table public.command (
  city text not null,
  key text not null,
  hash text not null,
  answer jsonb not null,
  at timestamp with time zone not null
);

create table public.draft (
  city text not null,
  code text not null,
  kind text not null,
  command text not null,
  data jsonb not null,
  done jsonb not null,
  answer jsonb,
  changed timestamp with time zone not null
);

create table public.entry (
  city text not null,
  "position" bigint not null,
  line smallint not null,
  kind text not null,
  record text not null,
  measure text not null,
  on_day date not null,
  n smallint not null,
  quantity bigint not null,
  subject text,
  dims jsonb not null
);

create table public.event (
  city text not null,
  "position" bigint not null,
  kind text not null,
  record text not null,
  version integer not null,
  type text not null,
  type_version smallint default 1 not null,
  data jsonb not null,
  actor text not null,
  via text not null,
  at timestamp with time zone not null,
  law bigint not null,
  cause text
);

create table public.file (
  city text not null,
  id text not null,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 text not null,
  state text not null,
  owner text not null,
  at timestamp with time zone not null
);

create table public.import_job (
  city text not null,
  id text not null,
  owner text not null,
  name text not null,
  sha256 text not null,
  state text not null,
  done integer default 0 not null,
  total integer,
  counts jsonb default '{}'::jsonb not null,
  problems jsonb default '[]'::jsonb not null,
  refusal text,
  created timestamp with time zone not null,
  changed timestamp with time zone not null,
  kind text not null
);

create table public.leaf (
  city text not null,
  leaf text not null
);

create table public.look (
  city text not null,
  id text not null,
  at timestamp with time zone not null,
  actor text not null,
  what text not null,
  kind text not null,
  record text not null,
  detail jsonb not null
);

create table public.migration (
  name text not null,
  at timestamp with time zone default now() not null
);

create table public.outbox (
  city text not null,
  "position" bigint not null,
  line smallint not null,
  kind text not null,
  record text not null,
  recipient text not null,
  template text not null,
  about jsonb not null,
  at timestamp with time zone not null,
  sent timestamp with time zone,
  attempts smallint default 0 not null,
  retry timestamp with time zone
);

create table public.party (
  city text not null,
  who text not null,
  kind text not null,
  id text not null,
  created timestamp with time zone not null,
  due timestamp with time zone,
  open boolean not null
);

create table public.record (
  city text not null,
  kind text not null,
  id text not null,
  version integer not null,
  phase text not null,
  open boolean not null,
  title text not null,
  unit text,
  level smallint not null,
  token text,
  facets jsonb not null,
  due timestamp with time zone,
  provisional boolean not null,
  wake timestamp with time zone,
  law bigint not null,
  state jsonb not null,
  created timestamp with time zone not null,
  changed timestamp with time zone not null
);

create table public.rollup (
  city text not null,
  leaf text not null,
  on_day date not null,
  n bigint not null,
  quantity bigint not null,
  subjects bigint not null,
  records bigint not null
);

create table public.seal (
  city text not null,
  day date not null,
  first bigint not null,
  last bigint not null,
  count bigint not null,
  root text not null,
  chain text not null,
  leaves bytea not null
);

create table public.search (
  city text not null,
  kind text not null,
  id text not null,
  words text not null,
  tokens tsvector not null,
  created timestamp with time zone not null
);

create table public.verdict (
  city text not null,
  benefit text not null,
  block integer not null,
  is_true bytea not null,
  may_be bytea not null
);

create table public.verdict_firm (
  city text not null,
  n integer not null,
  id text not null,
  title text not null,
  listed boolean not null,
  turns date
);

create table public.verdict_given (
  city text not null,
  benefit text not null,
  edition integer not null
);

create table public.verdict_mark (
  city text not null,
  "position" bigint not null,
  day date not null,
  since date not null,
  round bigint not null
);

create table public.verdict_was (
  city text not null,
  benefit text not null,
  block integer not null,
  day date not null,
  is_true bytea not null
);

create table public.watermark (
  city text not null,
  "position" bigint not null
);

alter table party set (autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_insert_scale_factor=0.05);

alter table record set (fillfactor=85, autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_insert_scale_factor=0.05);

alter table verdict set (fillfactor=70);

alter table city add constraint city_pkey PRIMARY KEY (city);

alter table command add constraint command_pkey PRIMARY KEY (city, key);

alter table draft add constraint draft_pkey PRIMARY KEY (city, code);

alter table entry add constraint entry_pkey PRIMARY KEY (city, "position", line);

alter table event add constraint event_pkey PRIMARY KEY (city, kind, record, version);

alter table file add constraint file_pkey PRIMARY KEY (city, id);

alter table identity.failure add constraint failure_pkey PRIMARY KEY (city, who);

alter table identity.invitation add constraint invitation_pkey PRIMARY KEY (city, hash);

alter table identity.passkey add constraint passkey_pkey PRIMARY KEY (city, id);

alter table identity.password add constraint password_pkey PRIMARY KEY (city, person);

alter table identity.pending add constraint pending_pkey PRIMARY KEY (city, hash);

alter table identity.recovery add constraint recovery_pkey PRIMARY KEY (city, person, hash);

alter table identity.session add constraint session_pkey PRIMARY KEY (city, hash);

alter table identity.subject add constraint subject_pkey PRIMARY KEY (city, issuer, subject);

alter table identity.totp add constraint totp_pkey PRIMARY KEY (city, person);

alter table import_job add constraint import_job_pkey PRIMARY KEY (city, id);

alter table leaf add constraint leaf_pkey PRIMARY KEY (city, leaf);

alter table look add constraint look_pkey PRIMARY KEY (city, id);

alter table migration add constraint migration_pkey PRIMARY KEY (name);

alter table outbox add constraint outbox_pkey PRIMARY KEY (city, "position", line);

alter table party add constraint party_pkey PRIMARY KEY (city, who, kind, id);

alter table record add constraint record_pkey PRIMARY KEY (city, kind, id);

alter table rollup add constraint rollup_pkey PRIMARY KEY (city, leaf, on_day);

alter table seal add constraint seal_pkey PRIMARY KEY (city, day);

alter table search add constraint search_pkey PRIMARY KEY (city, kind, id);

alter table verdict add constraint verdict_pkey PRIMARY KEY (city, benefit, block);

alter table verdict_firm add constraint verdict_firm_pkey PRIMARY KEY (city, n);

alter table verdict_given add constraint verdict_given_pkey PRIMARY KEY (city, benefit);

alter table verdict_mark add constraint verdict_mark_pkey PRIMARY KEY (city);

alter table verdict_was add constraint verdict_was_pkey PRIMARY KEY (city, benefit, block, day);

alter table watermark add constraint watermark_pkey PRIMARY KEY (city);

CREATE INDEX command_at ON public.command USING btree (city, at);

CREATE INDEX draft_changed ON public.draft USING btree (city, changed);

CREATE INDEX entry_measure ON public.entry USING btree (city, measure, "position");

CREATE INDEX entry_record ON public.entry USING btree (city, kind, record);

CREATE INDEX entry_subject ON public.entry USING btree (city, measure, COALESCE(subject, ((kind || ':'::text) || record)));

CREATE INDEX event_cause ON public.event USING btree (city, cause) WHERE (cause IS NOT NULL);

CREATE INDEX event_position_key ON public.event USING btree (city, "position");

CREATE INDEX passkey_person ON identity.passkey USING btree (city, person);

CREATE INDEX session_person ON identity.session USING btree (city, person);

CREATE INDEX import_job_owner ON public.import_job USING btree (city, owner, created DESC);

CREATE INDEX look_at ON public.look USING btree (city, at);

CREATE INDEX outbox_recipient ON public.outbox USING btree (city, recipient, at DESC);

CREATE INDEX outbox_waiting ON public.outbox USING btree (city, at) WHERE (sent IS NULL);

CREATE INDEX party_created ON public.party USING btree (city, kind, who, created DESC);

CREATE INDEX party_due ON public.party USING btree (city, kind, who, due, id) WHERE open;

CREATE INDEX party_record ON public.party USING btree (city, id, kind);

CREATE INDEX record_created ON public.record USING btree (city, kind, created DESC);

CREATE INDEX record_due ON public.record USING btree (city, kind, due, id) WHERE open;

CREATE INDEX record_phase ON public.record USING btree (city, kind, phase, unit, created DESC);

CREATE INDEX record_unit_created ON public.record USING btree (city, kind, unit, created DESC);

CREATE INDEX record_unit_due ON public.record USING btree (city, kind, unit, due, id) INCLUDE (level) WHERE open;

CREATE INDEX record_wake ON public.record USING btree (city, wake) WHERE (wake IS NOT NULL);

CREATE INDEX search_tokens ON public.search USING gin (tokens) WITH (gin_pending_list_limit='512');

CREATE UNIQUE INDEX verdict_firm_id ON public.verdict_firm USING btree (city, id);

CREATE INDEX verdict_firm_title ON public.verdict_firm USING btree (city, title, id);

CREATE INDEX verdict_firm_turns ON public.verdict_firm USING btree (city, turns) WHERE (turns IS NOT NULL);

create sequence public.event_position increment 1 cache 1;

create function append(text,jsonb,jsonb,text,text,timestamp with time zone,bigint,boolean,boolean,bigint,jsonb)
returns bigint language plpgsql volatile as $$
declare
  w record;
  gone text;
  began timestamptz;
  positions bigint[];
  done integer;
  last bigint;
  was_due timestamptz;
  was_open boolean;
begin
  -- Shared by all appends; whoever folds takes it alone for a moment and then knows that no lower position is under way.
  -- Whoever changes law or access holds it alone: all others have decided before, and are seen, or find it changed.
  if p_enacts or p_confers then
    perform pg_advisory_xact_lock(hashtextextended(p_city, 0));
    for w in
      select * from jsonb_to_recordset(p_counted) c (kinds text[], unit text, facets jsonb, who text, n bigint)
    loop
      if counted(p_city, w.kinds, w.unit, w.facets, w.who) <> w.n then
        raise exception using errcode = 'LJ001', message = 'counted otherwise';
      end if;
    end loop;
  else
    perform pg_advisory_xact_lock_shared(hashtextextended(p_city, 0));
  end if;
  -- A program of before does not say under which access it decided.
  if p_access is not null and not exists (
    select from city where city = p_city and law = p_law and access = p_access)
  then
    raise exception using errcode = 'LJ001', message = 'law or access moved on';
  end if;

  if p_answers <> '[]' then
    insert into command (city, key, hash, answer, at)
    select p_city, a.key, a.hash, a.answer, p_at from jsonb_to_recordset(p_answers) a (key text, hash text, answer jsonb)
    on conflict do nothing;
    get diagnostics done = row_count;
    if done <> jsonb_array_length(p_answers) then raise exception using errcode = 'LJ001', message = 'key used'; end if;
  end if;

  for w in
    select * from jsonb_to_recordset(p_writes) w (
      kind text, id text, cause text, expected integer, version integer, phase text, open boolean, title text, unit text,
      level smallint, token text, facets jsonb, due timestamptz, provisional boolean, wake timestamptz, state jsonb,
      events jsonb, entries jsonb, messages jsonb, parties jsonb, words text, tokens tsvector)
  loop
    if w.expected = 0 then
      insert into record (city, kind, id, version, phase, open, title, unit, level, token, facets, due, provisional, wake, law, state, created, changed)
      values (p_city, w.kind, w.id, w.version, w.phase, w.open, w.title, w.unit, w.level, w.token, w.facets, w.due, w.provisional,
        w.wake, p_law, w.state, p_at, p_at)
      on conflict do nothing returning created into began;
    else
      select due, open into was_due, was_open from record where city = p_city and kind = w.kind and id = w.id;
      update record set version = w.version, phase = w.phase, open = w.open, title = w.title, unit = w.unit, level = w.level,
        token = w.token, facets = w.facets, due = w.due, provisional = w.provisional, wake = w.wake, law = p_law,
        state = w.state, changed = p_at
      where city = p_city and kind = w.kind and id = w.id and version = w.expected returning created into began;
    end if;
    get diagnostics done = row_count;
    if done <> 1 then raise exception using errcode = 'LJ001', message = 'record moved on'; end if;

    positions := array(select nextval('event_position') from generate_series(w.expected + 1, w.version));
    last := positions[w.version - w.expected];
    insert into event (city, position, kind, record, version, type, type_version, data, actor, via, at, law, cause)
    select p_city, positions[e.version - w.expected], w.kind, w.id, e.version, e.type, e."typeVersion", e.data, p_actor, p_via,
      p_at, p_law, w.cause
    from jsonb_to_recordset(w.events) e (version integer, type text, "typeVersion" smallint, data jsonb);

    if w.entries <> '[]' then
      insert into entry (city, position, line, kind, record, measure, on_day, n, quantity, subject, dims)
      select p_city, positions[x.version - w.expected], row_number() over (), w.kind, w.id, x.measure, x."on",
        coalesce(x.n, 1), coalesce(x.quantity, x.n, 1), x.subject, coalesce(x.dims, '{}')
      from jsonb_to_recordset(w.entries) x (version integer, measure text, "on" date, n smallint, quantity bigint, subject text, dims jsonb);
    end if;

    if w.parties->'added' <> '[]' then
      insert into party (city, who, kind, id, created, due, open)
      select p_city, value, w.kind, w.id, began, w.due, w.open from jsonb_array_elements_text(w.parties->'added')
      on conflict do nothing;
    end if;
    if w.parties->'removed' <> '[]' then
      for gone in select value from jsonb_array_elements_text(w.parties->'removed') loop
        delete from party where city = p_city and who = gone and kind = w.kind and id = w.id;
      end loop;
    end if;

    if w.expected > 0 and (was_due, was_open) is distinct from (w.due, w.open) then
      update party set due = w.due, open = w.open where city = p_city and kind = w.kind and id = w.id;
    end if;

    if w.words is not null then
      insert into search (city, kind, id, words, tokens, created)
      values (p_city, w.kind, w.id, w.words, dated(w.tokens, w.kind, began), began)
      on conflict (city, kind, id) do update set words = excluded.words, tokens = excluded.tokens;
    end if;

    if w.messages <> '[]' then
      insert into outbox (city, position, line, kind, record, recipient, template, about, at)
      select p_city, last, row_number() over (), w.kind, w.id, m."to", m.template, m.about, p_at
      from jsonb_to_recordset(w.messages) m ("to" text, template text, about jsonb);
    end if;
  end loop;

  if p_enacts or p_confers then
    update city set law = law + p_enacts::int, access = access + p_confers::int where city = p_city;
  end if;
  return last;
end $$;

create function counted(text,text[],text,jsonb,text)
returns bigint language plpgsql stable as $$
begin
  -- Each on its own index.
  if p_who is not null then
    return (select count(*) from party p join record r on r.city = p.city and r.kind = p.kind and r.id = p.id
      where p.city = p_city and p.kind = any (p_kinds) and p.who = p_who and p.open
        and (p_unit is null or r.unit = p_unit) and r.facets @> p_facets);
  elsif p_unit is not null then
    return (select count(*) from record r
      where r.city = p_city and r.kind = any (p_kinds) and r.unit = p_unit and r.open and r.facets @> p_facets);
  else
    return (select count(*) from record r
      where r.city = p_city and r.kind = any (p_kinds) and r.open and r.facets @> p_facets);
  end if;
end $$;

create function dated(tsvector,text,timestamp with time zone)
returns tsvector language sql stable as $$
  select p_tokens || array_to_tsvector(array_agg('@' || p_kind || ' ' || piece || whose))
  from (select (p_created at time zone interval '8 hours')::date - date '1970-01-01' as day) d
  cross join lateral unnest(array['d' || day, 'w' || day / 8, 'b' || day / 64]) piece
  cross join (
    select ''
    union all
    select ' ' || substr(token, 2) from unnest(tsvector_to_array(p_tokens)) token
    where starts_with(token, '@of ') or starts_with(token, '@unit:')
  ) mark (whose)
$$;

create function load(text,text[],text[],text[])
returns TABLE(what "char", kind text, id text, version bigint, body jsonb) language sql stable as $$
  select 'c'::"char", null::text, null::text, c.law, to_jsonb(c.access) from city c where c.city = p_city
  union all
  select 'k', k.hash, k.key, 0, k.answer from command k where k.city = p_city and k.key = any (p_keys)
  union all
  select 'r', r.kind, r.id, r.version, r.state
  from unnest(p_kinds, p_ids) as w (kind, id)
  -- The limit keeps the planner from joining whole tables: each record is one look-up by its key, at any size.
  cross join lateral (select * from record where city = p_city and kind = w.kind and id = w.id limit 1) r
$$;
