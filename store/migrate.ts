// Numbered SQL migrations, each run once, and the role that the application works as.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { makeViews, type View } from './report.ts'

/** The role of the running application: it may add to the ledger, but never change or delete an event. */
export const applicationRole = 'liangjian_app'

const folder = join(import.meta.dirname, 'migrations')

/** Brings a database up to date; two programs that start together do it one after the other. Returns what was run. */
export async function migrate(
  config: pg.ClientConfig,
  city: string,
  views: readonly View[],
): Promise<readonly string[]> {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  await client.connect()
  const run: string[] = []
  try {
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`)
    if (Number(rows[0]!.version) < 150_000) throw new Error('PostgreSQL 15 or newer is needed')
    await client.query('select pg_advisory_lock(20260501)')
    await client.query(
      'create table if not exists migration (name text primary key, at timestamptz not null default now())',
    )
    const done = new Set(
      (await client.query<{ name: string }>('select name from migration')).rows.map((row) => row.name),
    )
    const names = readdirSync(folder).filter((file) => file.endsWith('.sql') && !done.has(file))
    // Views stand on the tables and would not let them change; they are made anew below.
    if (names.length > 0) await client.query('drop schema if exists report cascade')
    for (const name of names.sort()) {
      await client.query('begin')
      await client.query(readFileSync(join(folder, name), 'utf8'))
      await client.query('insert into migration (name) values ($1)', [name])
      await client.query('commit')
      run.push(name)
    }
    // At once: whoever is at work on this database must not find it closed for a moment.
    await client.query('begin')
    await grant(client)
    await client.query('commit')
    await makeViews(client, views)
    await client.query('insert into city (city) values ($1) on conflict do nothing', [city])
    await client.query('insert into watermark (city, position) values ($1, 0) on conflict do nothing', [city])
  } finally {
    await client.end()
  }
  return run
}

const appendOnly = ['event', 'entry', 'look', 'seal']

async function grant(client: pg.Client): Promise<void> {
  await client.query(
    `do $$ begin create role ${applicationRole} nologin; exception when duplicate_object or unique_violation then null; end $$`,
  )
  await client.query(`grant ${applicationRole} to current_user`)
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'identity')`,
  )
  for (const schema of new Set(rows.map((row) => row.schema)))
    await client.query(`grant usage on schema ${schema} to ${applicationRole}`)
  for (const { schema, name } of rows) {
    const rights = appendOnly.includes(name) ? 'select, insert' : 'select, insert, update, delete'
    await client.query(`revoke all on ${schema}."${name}" from ${applicationRole}`)
    if (name !== 'migration') await client.query(`grant ${rights} on ${schema}."${name}" to ${applicationRole}`)
  }
  await client.query(`grant usage, select on all sequences in schema public to ${applicationRole}`)
  const door = `load(text, text[], text[], text[]), append(text, jsonb, jsonb, text, text, timestamptz, bigint, boolean, boolean, bigint, jsonb), counted(text, text[], text, jsonb, text)`
  await client.query(`revoke execute on function ${door} from public`)
  await client.query(`grant execute on function ${door} to ${applicationRole}`)
}
