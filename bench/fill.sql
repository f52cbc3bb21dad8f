-- Multiplies the cases of the template: `told` says how often each, `variant` what is said in each copy. Every table of the
-- ledger gets what `append` would have left in it; rows come in the order of time, as they would have come.
create table made as
with firm as (select array_agg(id order by id) as ids from record where kind = 'enterprise')
select t, g,
  substr(id, 1, 9) || 'C' || upper(lpad(to_hex(((t::bigint * (select count(*) from variant) + g) * 2654435761) & 16777215), 6, '0')) as id,
  firm.ids[1 + (t::bigint * 104729 + g * 7919) % array_length(firm.ids, 1)] as enterprise,
  ((t::bigint * 7919 + g * 104729) % 10800) * interval '1 second' as earlier,
  null::text as token
from told cross join firm cross join lateral generate_series(0, copies - 1) g
order by t, g;
-- The code of a copy is its id, so that a bench can come as its appellant.
update made set token = rtrim(translate(encode(sha256(convert_to(id, 'UTF8')), 'base64'), '+/', '-_'), '=');
create index made_t on made (t, g);

create table happened as
select e.position, told.t, told.id, sum(told.copies) over (order by e.position) - told.copies as before
from event e join told on told.id = e.record where e.kind = '{kind}';
create index happened_position on happened (position);
create table base as select max(position) as position from event;
analyze made, happened, told, variant;

insert into record (city, kind, id, version, phase, open, title, unit, level, token, facets, due, provisional, wake, law, state, created, changed)
select r.city, r.kind, m.id, r.version, r.phase, r.open, r.title || v.title, r.unit, r.level, m.token, r.facets, r.due, r.provisional,
  r.wake, r.law,
  r.state || {state},
  r.created - m.earlier, r.changed - m.earlier
from (select told.t, record.* from told join record on record.kind = '{kind}' and record.id = told.id order by record.created) r
cross join lateral (select * from made where made.t = r.t order by g) m
join variant v on v.g = m.g;

insert into event (city, position, kind, record, version, type, type_version, data, actor, via, at, law, cause)
select e.city, base.position + e.before + m.g + 1, e.kind, m.id, e.version, e.type, e.type_version,
  case when e.version = 1 then e.data || {data} else e.data end,
  e.actor, e.via, e.at - m.earlier, e.law, e.cause
from base cross join (select h.t, h.before, event.* from happened h join event on event.position = h.position order by h.position) e
cross join lateral (select * from made where made.t = e.t order by g) m
join variant v on v.g = m.g;

insert into entry (city, position, line, kind, record, measure, on_day, n, quantity, subject, dims)
select x.city, base.position + x.before + m.g + 1, x.line, x.kind, m.id, x.measure, x.on_day, x.n, x.quantity,
  replace(x.subject, x.record, m.id), x.dims
from base cross join (select h.t, h.before, entry.* from happened h join entry on entry.position = h.position order by h.position, line) x
cross join lateral (select * from made where made.t = x.t order by g) m;

insert into party (city, who, kind, id, created, due, open)
select p.city, case when p.who like 'enterprise:%' then 'enterprise:' || m.enterprise else p.who end, p.kind, m.id,
  p.created - m.earlier, p.due, p.open
from told join party p on p.kind = '{kind}' and p.id = told.id cross join lateral (select * from made where made.t = told.t order by g) m;

insert into search (city, kind, id, words, tokens, created)
select s.city, s.kind, m.id, {words},
  dated(s.tokens || v.tokens::tsvector || array_to_tsvector(array['@enterprise:' || m.enterprise, '@token ' || m.token]),
    s.kind, r.created - m.earlier), r.created - m.earlier
from (select * from told order by t) told
join record r on r.kind = '{kind}' and r.id = told.id
cross join lateral (
  select s.city, s.kind, array_to_tsvector(array(
    select one from unnest(tsvector_to_array(s.tokens)) one where one not similar to '@(enterprise:|token )%|@% [dwb][0-9]+( %)?')) as tokens
  from search s where s.kind = '{kind}' and s.id = told.id) s
cross join lateral (select * from made where made.t = told.t order by g) m
join variant v on v.g = m.g;

insert into command (city, key, hash, answer, at)
select c.city, rtrim(translate(encode(sha256(convert_to(m.id || c.key, 'UTF8')), 'base64'), '+/', '-_'), '='), c.hash,
  jsonb_set(c.answer, '{done,id}', to_jsonb(m.id)), c.at - m.earlier
from (select told.t, command.* from told join command on command.answer->'done'->>'id' = told.id order by command.at) c
cross join lateral (select * from made where made.t = c.t order by g) m;

-- Told already: only what is fresh waits to be sent.
insert into outbox (city, position, line, kind, record, recipient, template, about, at, sent)
select o.city, last.position + row_number() over (), 1, o.kind, m.id,
  case when o.recipient like 'enterprise:%' then 'enterprise:' || m.enterprise else o.recipient end, o.template,
  o.about || jsonb_build_object('title', (o.about->>'title') || v.title), o.at - m.earlier, o.at
from (select max(position) as position from event) last
cross join (select told.t, outbox.* from told join outbox on outbox.kind = '{kind}' and outbox.record = told.id order by outbox.position, line) o
cross join lateral (select * from made where made.t = o.t order by g) m
join variant v on v.g = m.g;

select setval('event_position', greatest((select max(position) from event), (select max(position) from outbox)));
drop table told, variant, made, happened, base;
