-- Beside the words of a record stand the day on which it began, and its eight and sixty-four days: for its kind, for the unit
-- that owes it and for each unit that has a part in it, so that of what a unit has in some days nothing else is looked at. Days
-- are counted from the first of 1970.
create or replace function dated(p_tokens tsvector, p_kind text, p_created timestamptz) returns tsvector language sql stable as $$
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

-- The weeks and months that stood there are gone. Written anew in the order of time, as before; whoever writes meanwhile waits, so
-- that nothing is left out.
lock table search in access exclusive mode;
create table dated_search as
select s.city, s.kind, s.id, s.words,
  dated(ts_delete(s.tokens, array(
    select token from unnest(tsvector_to_array(s.tokens)) token
    where starts_with(token, '@week ' || s.kind || ' ') or starts_with(token, '@month ' || s.kind || ' '))), s.kind, s.created) as tokens,
  s.created
from search s order by s.created;
drop table search;
alter table dated_search rename to search;
alter table search
  alter city set not null, alter kind set not null, alter id set not null, alter words set not null,
  alter tokens set not null, alter created set not null,
  add constraint search_pkey primary key (city, kind, id);
alter table search alter column tokens set statistics 300;
create index search_tokens on search using gin (tokens) with (gin_pending_list_limit = 512);
analyze search;
