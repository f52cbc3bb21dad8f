// The program as somebody starts it: once, twice, stopped, with wrong settings, on another database, for a new city.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import * as domains from '../domains/index.ts'
import { moment } from '../kernel/clock/date.ts'
import { openWorld } from '../server/world.ts'
import { fold } from '../store/tally.ts'
import { testDatabase } from './database.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'lj-start-'))
const running: Started[] = []
afterEach(async () => {
  for (const one of running.splice(0)) if (one.child.exitCode === null) await one.end('SIGKILL')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Started = {
  readonly child: ChildProcess
  readonly said: () => string
  end(signal: NodeJS.Signals): Promise<number | null>
}
type Env = Readonly<Record<string, string>>

const base = (more: Env): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  LIANGJIAN_DEMO: 'no',
  LIANGJIAN_HOST: '127.0.0.1',
  LIANGJIAN_LOG: 'silent',
  ...more,
})

function cli(args: readonly string[], env: Env = {}) {
  return spawnSync(process.execPath, ['cli/main.ts', ...args], { cwd: root, encoding: 'utf8', env: base(env) })
}

function start(env: Env): Started {
  const child = spawn(process.execPath, ['cli/main.ts', 'start'], { cwd: root, env: base(env) })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const started: Started = {
    child,
    said: () => said,
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
  running.push(started)
  return started
}

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return String(port)
}

/** Waits until it accepts commands; fails with what it said when it does not. */
async function ready(port: string, one: Started): Promise<void> {
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/ready`).then(
          (answer) => answer.status,
          () => one.said(),
        ),
      { timeout: 60_000 },
    )
    .toBe(200)
}

describe('on its own database', () => {
  const data = join(folder, 'own')
  const pidFile = join(data, 'postgres', 'postmaster.pid')

  test('it starts, says where it is, refuses a second on the same data, stops at Ctrl-C, and starts again', async () => {
    const port = await freePort()
    const env = { PORT: port, LIANGJIAN_DATA: data }
    const first = start(env)
    await ready(port, first)
    expect(first.said()).toContain(`http://localhost:${port}`)
    expect(first.said()).toContain('found')
    const second = cli(['start'], { ...env, PORT: await freePort() })
    expect(second.status).toBe(1)
    expect(second.stderr).toMatch(new RegExp(`in use already by process ${first.child.pid} on port ${port}`))
    expect(existsSync(pidFile)).toBe(true)
    expect(await first.end('SIGINT')).toBe(0)
    // Nothing of it is left: its database has gone, too.
    expect(existsSync(pidFile)).toBe(false)
    const again = start(env)
    await ready(port, again)
    expect(await again.end('SIGTERM')).toBe(0)
  })

  test('a killed one recovers by itself', async () => {
    const port = await freePort()
    const env = { PORT: port, LIANGJIAN_DATA: data }
    const first = start(env)
    await ready(port, first)
    await first.end('SIGKILL')
    const again = start(env)
    await ready(port, again)
    expect(await again.end('SIGINT')).toBe(0)
  })

  test('it stops for good when its database is stopped in the same moment', async () => {
    const port = await freePort()
    const one = start({ PORT: port, LIANGJIAN_DATA: data })
    await ready(port, one)
    const [postmaster] = readFileSync(pidFile, 'utf8').split('\n')
    process.kill(Number(postmaster), 'SIGINT')
    expect(await one.end('SIGINT')).toBe(0)
    expect(existsSync(pidFile)).toBe(false)
  })

  test('an example whose loading was interrupted leaves nothing running and is not taken for a whole one', async () => {
    const data = join(folder, 'interrupted')
    const unfinished = join(data, 'postgres', 'example-unfinished')
    const port = await freePort()
    const one = start({ PORT: port, LIANGJIAN_DATA: data, LIANGJIAN_DEMO: 'yes' })
    await expect.poll(() => existsSync(unfinished), { timeout: 60_000 }).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await one.end('SIGINT')).toBe(0)
    expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false)
    expect(existsSync(unfinished)).toBe(true)
    const again = start({ PORT: port, LIANGJIAN_DATA: data })
    await ready(port, again)
    expect(again.said()).toContain('found')
    expect(existsSync(unfinished)).toBe(false)
    expect(await again.end('SIGINT')).toBe(0)
  })

  test('a new city is founded from the terminal: three administrators, each with a link that works once', async () => {
    const port = await freePort()
    const env = { PORT: port, LIANGJIAN_DATA: data }
    const one = start(env)
    await ready(port, one)
    const words = '--name 示例市 --name-en Example --division 220500 --system 甲某 --security 乙某 --audit 丙某'.split(
      ' ',
    )
    expect(cli(['found', ...words.slice(0, -2)], env).stderr).toContain('--audit')
    const founded = cli(['found', ...words], env)
    const { links } = JSON.parse(founded.stdout) as { links: Record<string, string> }
    expect(Object.keys(links)).toEqual(['system-admin', 'security-admin', 'audit-admin'])
    const origin = `http://localhost:${port}`
    const send = (path: string, body: object) =>
      fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify(body),
      })
    const code = new URL(links['system-admin']!).searchParams.get('code')
    const password = 'seven calm rivers'
    expect((await send('/auth/invitation', { code, password })).status).toBe(200)
    expect((await send('/auth/invitation', { code, password })).status).toBe(401)
    expect((await send('/auth/sign-in', { login: 'system-admin', password })).status).toBe(200)
    const twice = cli(['found', ...words], env)
    expect(twice.status).toBe(1)
    expect(twice.stdout).toContain('already-founded')
    expect(await one.end('SIGINT')).toBe(0)
  })
})

test('on another PostgreSQL it starts none of its own', async () => {
  const databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  const port = await freePort()
  const data = join(folder, 'other')
  const env = { PORT: port, LIANGJIAN_DATA: data, DATABASE_URL: connectionString }
  const one = start(env)
  await ready(port, one)
  expect(existsSync(join(data, 'postgres'))).toBe(false)
  for (const [LANG, says] of [
    ['zh_CN.UTF-8', /（no-such-date）：请填写今天或今天以前[\s\S]*有误的地方：--as-of/],
    ['en_US.UTF-8', /\(no-such-date\): Enter a date that exists, today or earlier[\s\S]*Wrong at: --as-of/],
  ] as const) {
    const ahead = cli(['figure', 'F01', '--as-of', '2099-01-01'], { ...env, LANG })
    expect([ahead.status, JSON.parse(ahead.stdout)]).toEqual([1, { refused: 'no-such-date', field: 'as-of' }])
    expect(ahead.stderr).toMatch(says)
  }
  expect(await one.end('SIGINT')).toBe(0)
  await databases.close()
})

test('an example whose loading into another PostgreSQL was interrupted is not served: it says what happened and what to do', async () => {
  const databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  const client = new pg.Client(connectionString)
  await client.connect()
  const count = () =>
    client.query('select count(*)::int as n from event').then(
      ({ rows }) => rows[0].n as number,
      () => 0,
    )
  const port = await freePort()
  const env = { PORT: port, LIANGJIAN_DATA: join(folder, 'half'), DATABASE_URL: connectionString }
  const one = start({ ...env, LIANGJIAN_DEMO: 'yes' })
  await expect.poll(count, { timeout: 60_000 }).toBeGreaterThan(100)
  // While it is being loaded, whoever asks is told that this is not all.
  expect(cli(['figure', 'F01'], env).stderr).toMatch(/没有装完[\s\S]*not loaded to its end/)
  await one.end('SIGKILL')
  for (const LIANGJIAN_DEMO of ['yes', 'no']) {
    const again = cli(['start'], { ...env, LIANGJIAN_DEMO })
    expect(again.status).toBe(1)
    expect(again.stderr).toMatch(/示例城市没有装完，没有启动[\s\S]*清空这个数据库再启动[\s\S]*drop database "lj_test_/)
    expect(again.stderr).toMatch(/holds half a city[\s\S]*empty this database and start again/)
    expect(again.stderr).not.toMatch(/^\s+at /m)
  }
  // Once it is whole, it is served.
  await client.query('update city set loading = false')
  const whole = start(env)
  await ready(port, whole)
  expect(await whole.end('SIGINT')).toBe(0)
  await client.end()
  await databases.close()
})

test('what is not as it was recorded is told by the exit code: a record that was changed, a figure that counts wrong', async () => {
  const databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  const env = { LIANGJIAN_DATA: join(folder, 'proved'), DATABASE_URL: connectionString, LIANGJIAN_DEMO: 'no' }
  const input = { uscc: '91220501MA00000001', name: '甲', division: '220502', industry: '27' }
  const more = { registeredOn: '2020-01-01', private: true, evidence: '章程' }
  expect(cli(['do', 'enterprise', 'enter', '--input', JSON.stringify({ ...input, ...more })], env).status).toBe(0)
  for (const verb of ['rebuild', 'verify']) expect(cli([verb], env).status).toBe(0)
  const client = new pg.Client(connectionString)
  await client.connect()
  await client.query(`update record set title = '乙' where kind = 'enterprise'`)
  const differs = cli(['rebuild'], env)
  expect([differs.status, differs.stderr]).toEqual([1, expect.stringMatching(/rebuild --mend/)])
  expect(cli(['rebuild', '--mend'], env).status).toBe(0)
  expect(cli(['rebuild'], env).status).toBe(0)
  const world = await openWorld({
    config: { connectionString },
    city: 'tonghua',
    domains: Object.values(domains),
    now: () => moment(Date.now()),
  })
  await fold(world.database, 'tonghua', world.registry.figures.values())
  await world.close()
  expect(cli(['verify'], env).status).toBe(0)
  expect((await client.query('update rollup set quantity = quantity + 1')).rowCount).toBeGreaterThan(0)
  const counted = cli(['verify'], env)
  expect([counted.status, counted.stderr]).toEqual([1, expect.stringMatching(/different/)])
  await client.end()
  await databases.close()
})

test('wrong settings are refused at once, each with its name, its value and what would be right', () => {
  const { status, stderr } = cli(['start'], {
    PORT: 'eighty',
    LIANGJIAN_LOGG: 'info',
    LIANGJIAN_DATA: join(folder, 'none'),
  })
  expect(status).toBe(2)
  expect(stderr).toMatch(/PORT=eighty[\s\S]*whole number/)
  expect(stderr).toContain('LIANGJIAN_LOGG')
  expect(existsSync(join(folder, 'none'))).toBe(false)
})

test('a setting that leads nowhere is refused as that setting, and nothing of the start is left', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.once('listening', resolve))
  const { port } = taken.address() as AddressInfo
  const data = join(folder, 'nowhere')
  const nowhere = (env: Env) => cli(['start'], { PORT: String(port), LIANGJIAN_DATA: data, ...env })
  const onTaken = nowhere({})
  expect(onTaken.status).toBe(2)
  expect(onTaken.stderr).toMatch(new RegExp(`PORT=${port}[\\s\\S]*free`))
  expect(onTaken.stderr).not.toMatch(/^\s+at /m)
  expect(existsSync(join(data, 'postgres', 'postmaster.pid'))).toBe(false)
  taken.close()
  for (const host of ['no.such.host.invalid', '192.0.2.1']) {
    const unbound = nowhere({ LIANGJIAN_HOST: host })
    expect(unbound.status).toBe(2)
    expect(unbound.stderr).toMatch(new RegExp(`LIANGJIAN_HOST=${host}[\\s\\S]*an address of this machine`))
    expect(unbound.stderr).not.toMatch(/^\s+at /m)
  }
  const unreached = nowhere({ DATABASE_URL: 'postgres://someone:hidden@127.0.0.1:1/none' })
  expect(unreached.status).toBe(2)
  expect(unreached.stderr).toMatch(/DATABASE_URL=postgres:\/\/someone:\*{6}@127.0.0.1:1\/none\n[\s\S]*can be reached/)
  expect(unreached.stderr).not.toContain('hidden')
  const verb = cli(['verify'], { DATABASE_URL: 'postgres://someone:hidden@127.0.0.1:1/none' })
  expect([verb.status, verb.stderr]).toEqual([2, unreached.stderr])
  writeFileSync(join(folder, 'file'), '')
  const notAFolder = nowhere({ LIANGJIAN_DATA: join(folder, 'file') })
  expect(notAFolder.status).toBe(2)
  expect(notAFolder.stderr).toMatch(/LIANGJIAN_DATA=[\s\S]*written to/)
})

describe('faces that scripts rely on', () => {
  const answer = (...args: string[]): unknown => JSON.parse(cli(args).stdout)

  test('clock: one case', () => {
    const due = (...args: string[]) => (answer('clock', ...args, '--json') as { due: string }).due
    expect(due('--unit', 'working-day', '--budget', '5', '--from', '2026-02-11')).toBe('2026-02-25')
    expect(due('--unit', 'calendar-day', '--budget', '10', '--from', '2026-02-11')).toBe('2026-02-24')
    expect(
      due('--unit', 'working-day', '--budget', '5', '--from', '2026-02-11', '--pause', '2026-02-12..2026-02-13'),
    ).toBe('2026-02-27')
    const far = answer('clock', '--unit', 'month', '--budget', '6', '--from', '2027-01-31', '--json')
    expect(far).toMatchObject({ provisional: true })
    expect((far as { steps: string[] }).steps.length).toBeGreaterThan(1)
  })

  test('clock, size and merge: cases from a file, wrong ones refused by field', () => {
    const file = (cases: unknown) => {
      const path = join(folder, 'cases.json')
      writeFileSync(path, JSON.stringify(cases))
      return path
    }
    const clocks = file([
      { unit: 'working-day', budget: 1, from: '2026-02-13', pauses: [] },
      { unit: 'working-day', budget: 1, from: '2026-02-30', pauses: [] },
      { unit: 'calendar-day', budget: 3, from: '2026-05-01', pauses: [['2026-05-02', '2026-05-02']] },
      { unit: 'working-day', budget: 1, from: '2026-02-13', pause: [['2026-02-14', '2026-02-14']] },
      { id: 7, unit: 'working-hour', budget: 4, from: '2026-02-10' },
    ])
    expect(answer('clock', '--cases', clocks)).toMatchObject([
      { due: '2026-02-14' },
      { refused: 'no-such-date', field: 'from' },
      { due: '2026-05-06' },
      { refused: 'unknown-member', field: 'pause' },
      {
        due: '2026-02-11',
        at: '2026-02-11T14:30:00.000+08:00',
        steps: expect.arrayContaining([expect.stringMatching(/9:00至12:00/)]) as unknown,
      },
    ])
    const sizes = file([
      { industry: '工业', facts: { X: 1000, Y: 40_000 } },
      { industry: '工业', facts: { X: 5 } },
      { industry: '工业', facts: { X: 500 } },
      { industry: '工业', fact: { X: 500 } },
    ])
    expect(answer('size', '--cases', sizes)).toEqual([
      { size: '大型', missing: [] },
      { size: '微型', missing: [] },
      { size: 'unknown', missing: ['Y'] },
      { refused: 'unknown-member', field: 'fact' },
    ])
    const licence = { code: 'licence', fields: ['name', 'address'], materials: ['lease'], produces: ['licence-paper'] }
    const seal = { code: 'seal', fields: ['name'], materials: ['licence-paper', 'identity'] }
    const merged = file([
      { items: [seal, licence] },
      {
        items: [
          { ...licence, materials: ['seal-set'] },
          { ...seal, produces: ['seal-set'] },
        ],
      },
      { items: [licence, { code: 'licence' }] },
    ])
    expect(answer('merge', '--cases', merged)).toEqual([
      { fields: ['address', 'name'], materials: ['identity', 'lease'], order: [['licence'], ['seal']] },
      { refused: 'cycle', path: ['licence', 'seal', 'licence'] },
      { refused: 'code-again', field: 'items[1].code' },
    ])
  })

  test('a verb that asks about a city begins none where there is none', () => {
    const nowhere = join(folder, 'mistyped')
    for (const args of [
      ['show', 'appeal', 'x'],
      ['figure', 'F01'],
      ['verify'],
      ['rebuild'],
      ['do', 'appeal', 'raise'],
    ]) {
      const { status, stdout, stderr } = cli(args, { LIANGJIAN_DATA: nowhere })
      expect([args[0], status, stdout]).toEqual([args[0], 2, ''])
      expect(stderr).toMatch(/LIANGJIAN_DATA=.*mistyped[\s\S]*npm start/)
    }
    expect(existsSync(nowhere)).toBe(false)
  })

  test('every verb refuses what it does not know, in the language of the terminal', () => {
    const verbs = [...cli(['help']).stdout.matchAll(/^ {2}([a-z]+)/gm)].map(([, verb]) => verb!)
    expect(verbs.length).toBeGreaterThan(12)
    for (const verb of verbs) {
      const { status, stdout, stderr } = cli([verb, '--nonsense'], { LANG: 'en_US.UTF-8' })
      expect([verb, status, stdout]).toEqual([verb, 2, ''])
      expect(stderr).toMatch(
        new RegExp(`${verb} has no flag --nonsense[\\s\\S]*Usage: npm run -s liangjian -- ${verb}`),
      )
    }
    expect(cli(['openapi', '--wirte']).stderr).toMatch(/是否指 --write/)
    expect(cli(['figur']).stderr).toMatch(/是否指 figure/)
    const clock = cli(['clock', '--unit', 'working-day', '--budget', '5', '--from', '2026-02-30', '--json'])
    expect([clock.status, JSON.parse(clock.stdout)]).toEqual([2, { refused: 'no-such-date', field: 'from' }])
    expect(clock.stderr).toMatch(/--from 2026-02-30: 请填写存在的日期/)
    for (const budget of ['0x10', '1e3', '-1', ' ']) {
      const { status, stderr } = cli(['clock', '--unit', 'month', `--budget=${budget}`, '--from', '2026-02-03'])
      expect([budget, status, stderr]).toEqual([budget, 2, expect.stringMatching(/期限应为 0 到 3660 的整数/)])
    }
  })

  test('what is misused says so, and exits with 2', () => {
    for (const args of [['nothing'], ['figure'], ['clock', '--unit', 'week'], ['size', '--cases', 'nowhere.json']]) {
      const { status, stderr } = cli(args)
      expect(status, args.join(' ')).toBe(2)
      expect(stderr).not.toContain('    at ')
      expect(stderr.trim().length).toBeGreaterThan(5)
    }
  })
})
