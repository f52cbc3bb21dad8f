-- Most commands move nothing in the order of lists: those who have a part in a record are then not looked for, which in a large city
-- read pages that nobody else needed.
create or replace function append(
  p_city text, p_writes jsonb, p_answers jsonb, p_actor text, p_via text, p_at timestamptz,
  p_law bigint, p_enacts boolean, p_confers boolean, p_access bigint default null, p_counted jsonb default '[]'
) returns bigint language plpgsql as $$
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
