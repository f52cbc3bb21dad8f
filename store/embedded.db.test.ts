import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nobody } from '../kernel/access.ts'
import { execute } from '../kernel/door.ts'
import { openWorld } from '../server/world.ts'
import { buckets } from '../tests/bucket/index.ts'
import { findBinaries } from './binaries.ts'
import { claimFolder, FolderInUseError } from './claim.ts'
import { loginAs } from './connection.ts'
import { applicationRole } from './migrate.ts'
import { buffersFor, startEmbedded, stopEmbedded, type Embedded, type EmbeddedConfig } from './embedded.ts'

test('keeps pages in an eighth of the memory, neither less than 128 MB nor more than 1 GB', () => {
  const gigabyte = 2 ** 30
  expect([0.5, 1, 2, 4, 8, 64].map((memory) => buffersFor(memory * gigabyte))).toEqual([
    '128MB',
    '128MB',
    '256MB',
    '512MB',
    '1024MB',
    '1024MB',
  ])
})

const isRoot = process.getuid?.() === 0
let home: string
let folder: string
let children: ChildProcess[]

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lj-embedded-'))
  chmodSync(home, 0o755)
  folder = join(home, 'data')
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await stopEmbedded(folder)
  rmSync(home, { recursive: true, force: true })
})

async function query(config: EmbeddedConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...config })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Another Node process that runs `body` with startEmbedded, claimFolder and the folder at hand; resolves with its first line. */
async function inAnotherProcess(body: string): Promise<{ child: ChildProcess; line: string }> {
  const url = (name: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href)
  const program = `
    import { startEmbedded, claimFolder, FolderInUseError } from ${url('embedded.ts')}
    const folder = ${JSON.stringify(folder)}
    ${body}
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  let said = ''
  for await (const chunk of child.stdout) {
    said += String(chunk)
    if (said.includes('\n')) break
  }
  return { child, line: said.trim() }
}

function postmaster(): number {
  return Number.parseInt(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8'), 10)
}

describe('an embedded database', () => {
  test('is created at the first start, reached by socket only, and kept for the second', async () => {
    const first = await startEmbedded({ folder })
    expect(first.adopted).toBe(false)
    const [settings] = await query(
      first.config,
      `select current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as commit, current_setting('wal_level') as wal,
         current_setting('server_encoding') as encoding, current_setting('server_version_num')::int / 10000 as major`,
    )
    expect(settings).toEqual({ addresses: '', fsync: 'on', commit: 'on', wal: 'logical', encoding: 'UTF8', major: 18 })
    expect(statSync(first.config.host).mode & 0o777).toBe(0o700)
    if (isRoot) expect(statSync(first.config.host).uid).not.toBe(0)

    const client = new pg.Client(first.url)
    await client.connect()
    await client.query(`create table promise as select '两健𠮷' as words`)
    await client.end()
    await first.stop()
    expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false)

    const second = await startEmbedded({ folder })
    expect(second.adopted).toBe(false)
    expect(await query(second.config, 'select words from promise')).toEqual([{ words: '两健𠮷' }])
    await second.stop()
  })

  test('left running by a program that was killed is adopted, and can be stopped', async () => {
    const { child, line } = await inAnotherProcess(`
      const { config } = await startEmbedded({ folder })
      console.log(JSON.stringify(config))`)
    const config = JSON.parse(line) as EmbeddedConfig
    await query(config, 'create table promise as select 1 as n')
    const pid = postmaster()
    child.kill('SIGKILL')
    await once(child, 'exit')

    const next = await startEmbedded({ folder })
    expect(next.adopted).toBe(true)
    expect(postmaster()).toBe(pid)
    expect(await query(next.config, 'select n from promise')).toEqual([{ n: 1 }])
    await next.stop()
    expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false)
    await expect(query(next.config, 'select 1')).rejects.toThrow(/ENOENT|ECONNREFUSED/)
  })

  test('lets the application in as its own role, which nothing that it says makes the owner', async () => {
    const embedded = await startEmbedded({ folder })
    const config = { connectionString: embedded.url }
    const open = (login: string) =>
      openWorld({ config, login: { connectionString: login }, city: 'well', domains: [buckets] })
    for (const login of [embedded.login, loginAs(embedded.url, applicationRole, 'pass:w@rd')]) {
      const world = await open(login)
      const make = { kind: 'bucket', name: 'make', input: { size: 5, colour: 'red' } }
      expect(await execute(world.around, nobody, make)).toHaveProperty('done')
      for (const leave of [`select set_config('role', 'none', false)`, 'reset role', 'set role none'])
        await expect(
          world.database.transaction(async (say) => {
            await say(leave)
            await say(`update event set actor = 'somebody else'`)
          }),
        ).rejects.toThrow(/permission denied for table event/)
      await expect(world.database.query(`set session authorization ${embedded.config.user}`)).rejects.toThrow(
        /permission denied/,
      )
      await expect(world.database.query(`set role ${embedded.config.user}`)).rejects.toThrow(/permission denied/)
      await world.close()
    }
    await embedded.stop()
  })

  test('whose server was killed recovers all that it had acknowledged', async () => {
    const first = await startEmbedded({ folder })
    await query(first.config, 'create table promise (n int)')
    const writer = new pg.Client({ ...first.config })
    writer.on('error', () => undefined)
    await writer.connect()
    for (let n = 0; n < 50; n++) await writer.query('insert into promise values ($1)', [n])
    first.leave()
    const pid = postmaster()
    process.kill(pid, 'SIGKILL')

    const second = await startEmbedded({ folder })
    expect(second.adopted).toBe(false)
    expect(postmaster()).not.toBe(pid)
    expect(await query(second.config, 'select count(*)::int as n from promise')).toEqual([{ n: 50 }])
    await writer.end().catch(() => undefined)
    await second.stop()
  })

  test('whose server is killed under a running program is started again', async () => {
    let revived: () => void
    const again = new Promise<void>((done) => (revived = done))
    const server = await startEmbedded({ folder, onRevive: () => revived() })
    await query(server.config, 'create table promise as select 1 as n')
    process.kill(postmaster(), 'SIGKILL')
    await again
    expect(await query(server.config, 'select n from promise')).toEqual([{ n: 1 }])
    await server.stop()
    await sleep(1000)
    expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false)
  })

  test('starts although its old process id now belongs to another program', async () => {
    await (await startEmbedded({ folder })).stop()
    const sleeper = spawn('sleep', ['600'])
    children.push(sleeper)
    writeFileSync(
      join(folder, 'postgres/postmaster.pid'),
      `${sleeper.pid}\n${folder}/postgres\n1\n5432\n.\n\n0 0\nready\n`,
    )
    const server = await startEmbedded({ folder })
    expect(server.adopted).toBe(false)
    expect(sleeper.exitCode).toBeNull()
    await server.stop()
  })

  test('is started once when two ask at the same moment', async () => {
    const both = await Promise.all([startEmbedded({ folder }), startEmbedded({ folder })])
    expect(both.filter(({ adopted }) => adopted)).toHaveLength(1)
    await Promise.all(both.map((one) => one.stop()))
  })

  test('may lie deeper than a socket address can be long', async () => {
    folder = join(home, 'x'.repeat(80), 'y'.repeat(80))
    const server: Embedded = await startEmbedded({ folder })
    expect(server.config.host.length).toBeLessThan(80)
    expect(await query(server.config, 'select 1 as n')).toEqual([{ n: 1 }])
    await server.stop()
    expect(existsSync(server.config.host)).toBe(false)
  })

  test('may lie in a home that nobody else can enter', async () => {
    chmodSync(home, 0o700)
    const first = await startEmbedded({ folder })
    await query(first.config, 'create table promise as select 1 as n')
    first.leave()
    const second = await startEmbedded({ folder })
    expect(second.adopted).toBe(true)
    await second.stop()
    const third = await startEmbedded({ folder })
    expect(await query(third.config, 'select n from promise')).toEqual([{ n: 1 }])
    await third.stop()
  })

  test('that cannot start says so with the end of its log', async () => {
    await (await startEmbedded({ folder })).stop()
    await expect(startEmbedded({ folder, settings: { shared_buffers: 'plenty' } })).rejects.toThrow(/shared_buffers/)
  })

  test('will not overwrite a folder that holds something else', async () => {
    mkdirSync(join(folder, 'postgres'), { recursive: true })
    writeFileSync(join(folder, 'postgres/letter.txt'), 'keep me')
    await expect(startEmbedded({ folder })).rejects.toThrow(/holds files but no database/)
    expect(readFileSync(join(folder, 'postgres/letter.txt'), 'utf8')).toBe('keep me')
  })
})

describe('the PostgreSQL programs', () => {
  test('run for an unprivileged user even from a closed home and without the links of the install script', () => {
    chmodSync(home, 0o700)
    const native = join(home, 'package/native')
    cpSync(dirname(dirname(findBinaries({}).postgres)), native, { recursive: true, verbatimSymlinks: true })
    cpSync(join(dirname(dirname(findBinaries({}).postgres)), '../package.json'), join(home, 'package/package.json'))
    const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
    for (const { target } of links) rmSync(join(native, '..', target))

    const cache = mkdtempSync(join(tmpdir(), 'lj-cache-'))
    chmodSync(cache, 0o755)
    try {
      const runAs = isRoot ? { uid: 65534, gid: 65534 } : undefined
      const found = findBinaries({ ...(runAs && { runAs }), native, caches: [cache] })
      expect(found.postgres.startsWith(isRoot ? cache : native)).toBe(true)
      for (const program of [found.postgres, found.initdb])
        expect(spawnSync(program, ['--version'], { ...runAs, cwd: '/', encoding: 'utf8' }).stdout).toContain(
          '(PostgreSQL) 18',
        )
    } finally {
      rmSync(cache, { recursive: true })
    }
  })
})

describe('a claim on a data folder', () => {
  test('refuses a second program, naming the first', async () => {
    const { child, line } = await inAnotherProcess(`
      claimFolder(folder, { port: 8123 })
      console.log('claimed')`)
    expect(line).toBe('claimed')
    const refusal = refusalOf(() => claimFolder(folder, { port: 9000 }))
    expect(refusal.running).toMatchObject({
      pid: child.pid,
      port: 8123,
      since: expect.stringMatching(/^\d{4}-/) as string,
    })
    expect(refusal.message).toContain(`process ${child.pid}, port 8123`)
  })

  test('of a program that was killed is no claim', async () => {
    const { child } = await inAnotherProcess(`
      claimFolder(folder, { port: 8123 })
      console.log('claimed')`)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const release = claimFolder(folder, { port: 9000 })
    expect(refusalOf(() => claimFolder(folder, { port: 9001 })).running).toMatchObject({ pid: process.pid, port: 9000 })
    release()
    claimFolder(folder, { port: 9001 })()
  })

  test('is held as long as its holder lives, though nobody keeps what releases it', async () => {
    const { line } = await inAnotherProcess(`
      claimFolder(folder, { port: 8123 })
      let waste = []
      for (let n = 0; n < 400; n++) { waste = [waste.length, Buffer.alloc(1e6), new Array(1e5).fill(n)]; await new Promise((r) => setTimeout(r, 0)) }
      console.log('claimed')`)
    expect(line).toBe('claimed')
    expect(refusalOf(() => claimFolder(folder, { port: 9000 })).running.port).toBe(8123)
  })

  test('goes to exactly one of several that ask at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        inAnotherProcess(`
          try { claimFolder(folder, { port: ${9000 + n} }); console.log('mine') }
          catch (error) { console.log(error instanceof FolderInUseError ? 'refused' : error) }`),
      ),
    )
    expect(asked.map(({ line }) => line).toSorted()).toEqual(['mine', ...Array<string>(5).fill('refused')])
  })

  function refusalOf(claim: () => void): FolderInUseError {
    try {
      claim()
    } catch (error) {
      if (error instanceof FolderInUseError) return error
      throw error
    }
    throw new Error('The claim was granted.')
  }
})
