// What a database is made of, read from PostgreSQL's own catalogue: the dump that is reviewed, and what would keep it from being distributed.
import type pg from 'pg'

const OURS = `('public', 'identity')`

/** Tables, keys, indexes, sequences and functions as text, the same on every machine. */
export async function dumpSchema(client: pg.Client): Promise<string> {
  const lines = async (text: string) => (await client.query<{ line: string }>(text)).rows.map((row) => row.line)
  const tables = await lines(`
    select format(E'create table %I.%I (\n%s\n);', n.nspname, c.relname, string_agg(
      format('  %I %s', a.attname, format_type(a.atttypid, a.atttypmod))
        || case when d.adbin is null then '' else ' default ' || pg_get_expr(d.adbin, d.adrelid) end
        || case when a.attnotnull then ' not null' else '' end, E',\n' order by a.attnum)) as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where n.nspname in ${OURS} and c.relkind in ('r', 'p') group by n.nspname, c.relname order by n.nspname, c.relname`)
  const constraints = await lines(`
    select format('alter table %s add constraint %I %s;', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as line
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where n.nspname in ${OURS} and k.contype in ('p', 'u', 'f', 'c', 'x') and k.conrelid <> 0
    order by k.conrelid::regclass::text, k.conname`)
  const indexes = await lines(`
    select pg_get_indexdef(i.indexrelid) || ';' as line
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${OURS} and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by i.indexrelid::regclass::text`)
  const storage = await lines(`
    select format('alter table %s set (%s);', c.oid::regclass, array_to_string(c.reloptions, ', ')) as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${OURS} and c.relkind in ('r', 'p') and c.reloptions is not null order by c.oid::regclass::text`)
  const sequences = await lines(`
    select format('create sequence %I.%I increment %s cache %s;', schemaname, sequencename, increment_by, cache_size) as line
    from pg_sequences where schemaname in ${OURS} order by schemaname, sequencename`)
  const functions = await lines(`
    select format(E'create function %s\nreturns %s language %s %s as $$%s$$;', p.oid::regprocedure, pg_get_function_result(p.oid),
      l.lanname, case p.provolatile when 'v' then 'volatile' when 's' then 'stable' else 'immutable' end, p.prosrc) as line
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
    where n.nspname in ${OURS} order by p.oid::regprocedure::text`)
  const head = '-- What the migrations add up to. Made from a migrated database by: npm test -- db schema -u'
  return `${[head, ...tables, ...storage, ...constraints, ...indexes, ...sequences, ...functions].join('\n\n')}\n`
}

/** What would keep a table from being spread over machines by city: what is unique or refers without it first, or fires. */
export async function undistributable(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ fault: string }>(`
    with ours as (
      select c.oid, c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ${OURS} and c.relkind in ('r', 'p') and c.oid <> 'migration'::regclass
    ), city as (
      select attrelid, attnum from pg_attribute where attname = 'city' and not attisdropped
    )
    select name || ' has no primary key that begins with city' as fault from ours where not exists (
      select 1 from pg_index i join city on city.attrelid = i.indrelid and city.attnum = i.indkey[0]
      where i.indrelid = ours.oid and i.indisprimary)
    union all
    select i.indexrelid::regclass || ' is unique and does not begin with city' from pg_index i join ours on ours.oid = i.indrelid
    where i.indisunique and not exists (select 1 from city where city.attrelid = i.indrelid and city.attnum = i.indkey[0])
    union all
    select k.conname || ' refers and does not begin with city' from pg_constraint k join ours on ours.oid = k.conrelid
    where k.contype = 'f' and not (
      exists (select 1 from city where city.attrelid = k.conrelid and city.attnum = k.conkey[1])
      and exists (select 1 from city where city.attrelid = k.confrelid and city.attnum = k.confkey[1]))
    union all
    select k.conname || ' excludes without city' from pg_constraint k join ours on ours.oid = k.conrelid
    where k.contype = 'x' and not exists (select 1 from city where city.attrelid = k.conrelid and city.attnum = any (k.conkey))
    union all
    select t.tgname || ' is a trigger' from pg_trigger t join ours on ours.oid = t.tgrelid where not t.tgisinternal
    order by 1`)
  return rows.map((row) => row.fault)
}
