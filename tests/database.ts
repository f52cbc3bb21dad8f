/** The database of the tests: one server for a whole run (ours, or `TEST_DATABASE_URL`), a fresh database for each file. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import pg from 'pg'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { claimFolder, startEmbedded, stopEmbedded } from '../store/embedded.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, by its maintenance database, and the prefix of the databases made in it. */
    testServer: { readonly url: string; readonly prefix: string }
  }
}

/** A connection string, in the shape that a pg client or pool takes. */
export interface DatabaseConfig {
  readonly connectionString: string
}

export interface TestDatabase {
  /** The maintenance database of the server: for creating others, not for tables. */
  readonly config: DatabaseConfig
  /** A new database: empty, or a copy of a template of this run. */
  fresh(options?: { template?: string }): Promise<DatabaseConfig>
  /** Fills a template once in a run, whichever test file comes first, and returns its name for `fresh`. */
  template(name: string, fill: (config: DatabaseConfig) => Promise<void>): Promise<string>
  /** Drops what `fresh` made. */
  close(): Promise<void>
}

/** The server of this run, for one test file; the file calls `close()` when done. */
export function testDatabase(): Promise<TestDatabase> {
  const { url, prefix } = inject('testServer')
  const made: string[] = []
  return Promise.resolve({
    config: { connectionString: url },
    async fresh({ template = 'template0' } = {}) {
      const name = `${prefix}_${randomBytes(6).toString('hex')}`
      await command(url, `create database ${name} template ${template}`)
      made.push(name)
      return databaseOf(url, name)
    },
    template: (name, fill) => makeTemplate(url, `${prefix}_template_${name}`, fill),
    async close() {
      for (const name of made.splice(0)) await command(url, `drop database if exists ${name} with (force)`)
    },
  })
}

/** Starts the server before the tests of a project and removes every trace of it after them (vitest's globalSetup). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `lj_test_${randomBytes(4).toString('hex')}`
  const given = process.env.TEST_DATABASE_URL
  if (given) {
    project.provide('testServer', { url: given, prefix })
    return () => dropAll(given, prefix)
  }
  await removeLeftovers()
  const folder = mkdtempSync(join(tmpdir(), 'lj-test-'))
  const release = claimFolder(folder, { port: 0 })
  const remove = () => {
    release()
    rmSync(folder, { recursive: true, force: true })
  }
  // Nothing here outlives the run, so the disk need not keep it; all else is as in production.
  const server = await startEmbedded({ folder, settings: { fsync: 'off' } }).catch((error: unknown) => {
    remove()
    throw error
  })
  project.provide('testServer', { url: databaseOf(server.url, 'postgres').connectionString, prefix })
  return async () => {
    await server.stop()
    remove()
  }
}

/** A run that was killed leaves its server and folder behind, claimed by nobody. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith('lj-test-'))) {
    const folder = join(tmpdir(), name)
    if (!existsSync(join(folder, 'running.json'))) continue
    try {
      claimFolder(folder, { port: 0 })()
    } catch {
      continue
    }
    await stopEmbedded(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Under a lock of the server, so that two files in two processes fill it once; unfinished ones do not get the name. */
async function makeTemplate(
  url: string,
  name: string,
  fill: (config: DatabaseConfig) => Promise<void>,
): Promise<string> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount !== 0) return name
    await client.query(`drop database if exists ${name}_filling with (force)`)
    await client.query(`create database ${name}_filling template template0`)
    await fill(databaseOf(url, `${name}_filling`))
    await client.query(`alter database ${name}_filling rename to ${name}`)
    return name
  } finally {
    await client.end()
  }
}

async function dropAll(url: string, prefix: string): Promise<void> {
  const names = await command(url, `select datname from pg_database where datname like '${prefix}%'`)
  for (const { datname } of names.rows as { datname: string }[])
    await command(url, `drop database ${datname} with (force)`)
}

async function command(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The same server, another database. */
function databaseOf(url: string, name: string): DatabaseConfig {
  return { connectionString: url.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`) }
}
