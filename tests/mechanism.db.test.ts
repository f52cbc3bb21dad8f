// The mechanism itself: a domain that exists only here is one folder and one line, and has everything at once.
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compareFigures } from '../store/compare.ts'
import { compareRecords } from '../store/rebuild.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { lanterns } from './lantern/index.ts'
import { served, type Served } from './served.ts'

const root = join(import.meta.dirname, '..')

describe('in the server', () => {
  let s: Served
  let id = ''
  let code = ''
  beforeAll(async () => {
    s = await served([lanterns])
    const asked = await s.ask(undefined, 'POST', '/api/records/lantern/ask', {
      input: { street: '新华大街', colour: 'red', phone: '13900001234' },
    })
    id = (asked.body['done'] as { id: string }).id
    code = asked.body['reveal'] as string
  })
  afterAll(() => s.close())
  const hang = (input: unknown, person = 'hao') => s.ask(person, 'POST', `/api/records/lantern/${id}/hang`, { input })

  test('it has its routes, described in OpenAPI with input and refusals', async () => {
    expect(id).toMatch(/^DL260211-/)
    const { body } = await s.ask(undefined, 'GET', '/openapi.json')
    const paths = body['paths'] as Record<string, { post: { requestBody: unknown; responses: unknown } }>
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/records/lantern',
        '/api/records/lantern/{id}',
        '/api/records/lantern/ask',
        '/api/records/lantern/{id}/hang',
      ]),
    )
    expect(JSON.stringify(paths['/api/records/lantern/ask'])).toContain('"enum":["red","gold"]')
    expect(JSON.stringify(paths['/api/records/lantern/{id}/hang'])).toContain('too-high')
  })

  test('its form is on the portal, on the home page, and in what the desks draw theirs from', async () => {
    expect((await s.ask(undefined, 'GET', '/')).text).toContain('/start/lantern/ask')
    expect((await s.ask(undefined, 'GET', '/start/lantern/ask')).text).toContain('三个工作日。')
    const begun = await s.ask(undefined, 'POST', '/start/lantern/ask', '', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    const form = await s.ask(undefined, 'GET', `${begun.headers.get('location')}/page/details`)
    expect(form.text).toMatch(/街道[\s\S]*name="street"[\s\S]*颜色[\s\S]*红色[\s\S]*金色/)
    const meta = (await s.ask('hao', 'GET', '/api/meta')).body['kinds'] as Record<
      string,
      { commands: object; columns: string[] }
    >
    expect(Object.keys(meta['lantern']!.commands)).toEqual(['ask', 'hang', 'lower'])
    expect(meta['lantern']!.columns).toEqual(['street', 'colour'])
  })

  test('its list and search show it to those who may see it, its page has a clock, a history and only the allowed buttons', async () => {
    const list = async (person: string, query = '') =>
      ((await s.ask(person, 'GET', `/api/records/lantern?${query}`)).body['items'] as { id: string }[]).map(
        (one) => one.id,
      )
    expect(await list('hao')).toEqual([id])
    expect(await list('hao', 'q=新华')).toEqual([id])
    expect(await list('hui')).toEqual([])
    expect((await s.ask('hui', 'GET', `/api/records/lantern/${id}`)).status).toBe(404)
    const own = (await s.ask(undefined, 'GET', `/record/lantern/${id}?code=${code}`)).text
    expect(own).toMatch(/还剩 3 个工作日[\s\S]*花灯办法第一条/)
    expect(own).toContain('13900001234')
    expect(own).not.toContain('/hang"')
    const theirs = (await s.ask('hao', 'GET', `/record/lantern/${id}`)).text
    expect(theirs).toContain(`/record/lantern/${id}/hang"`)
    expect(theirs).not.toContain('13900001234')
  })

  test('its refusals are told in both languages, with the field; a stranger is not let in', async () => {
    const refused = await hang({ height: 50 })
    expect(refused.body['fields']).toEqual([
      { field: 'height', problem: 'too-high', message: '花灯不能挂得高于 9 米。' },
    ])
    const english = await s.ask('hao', 'POST', `/api/records/lantern/${id}/hang?lang=en`, { input: { height: 50 } })
    expect(english.body['detail']).toBe('A lantern may not hang higher than 9 metres.')
    expect((await hang({ height: 3, depth: 1 })).body['code']).toBe('invalid-input')
    expect((await hang({ height: 3 }, 'hui')).status).toBe(404)
  })

  test('its command is done, audited, and counted by its figure, which opens to it', async () => {
    expect((await hang({ height: 3 })).status).toBe(200)
    const shown = (await s.ask('hao', 'GET', `/api/records/lantern/${id}`)).body
    expect(shown['timeline']).toMatchObject([
      { type: 'asked', actor: 'anonymous' },
      { type: 'hung', actor: 'hao', actorName: 'hao某' },
    ])
    expect((shown['clock'] as { state: string }[])[0]!.state).toBe('ended')
    const figure = (await s.ask(undefined, 'GET', '/api/figures/lanterns-hung')).body
    expect(figure).toMatchObject({ name: '悬挂花灯', value: 1 })
    const opened = (await s.ask('hao', 'GET', '/api/figures/lanterns-hung/records')).body
    expect((opened['items'] as { id: string }[])[0]!.id).toBe(id)
    expect((await s.ask('hui', 'GET', '/api/figures/lanterns-hung/records')).body).toMatchObject({
      items: [],
      hidden: 1,
    })
    const { database, registry, cache } = s.town.world
    expect((await compareRecords(database, 'town', registry, await cache.law(0))).differences).toEqual([])
    expect(await compareFigures(database, 'town', registry.figures.values(), '2026-12-31')).toEqual([])
  })
})

describe('in a copy of the repository', () => {
  let copy = ''
  let databases: TestDatabase
  let url = ''
  beforeAll(async () => {
    databases = await testDatabase()
    url = (await databases.fresh()).connectionString
    copy = mkdtempSync(join(tmpdir(), 'lj-copy-'))
    for (const name of ['kernel', 'store', 'domains', 'server', 'cli', 'cities', 'package.json', 'tsconfig.json'])
      cpSync(join(root, name), join(copy, name), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    cpSync(join(root, 'tests/lantern'), join(copy, 'domains/lanterns'), { recursive: true })
    appendFileSync(join(copy, 'domains/index.ts'), `export { lanterns } from './lanterns/index.ts'\n`)
  })
  afterAll(async () => {
    rmSync(copy, { recursive: true, force: true })
    await databases.close()
  })

  const cli = (...args: string[]) =>
    JSON.parse(
      spawnSync(process.execPath, [join(copy, 'cli/main.ts'), ...args], {
        cwd: copy,
        encoding: 'utf8',
        env: { ...process.env, DATABASE_URL: url, LIANGJIAN_DATA: join(copy, 'data'), LIANGJIAN_DEMO: 'no' },
      }).stdout,
    ) as Record<string, unknown>

  test('the one line is enough for the command line', () => {
    const admins = ['--system', '甲', '--security', '乙', '--audit', '丙']
    cli('found', '--name', '灯市', '--name-en', 'Lanterns', '--division', '220500', ...admins)
    const { records } = cli('rebuild') as { records: number }
    const done = cli('do', 'lantern', 'ask', '--input', '{"street":"新华大街","colour":"gold"}')
    const { id } = done['done'] as { id: string }
    expect(cli('show', 'lantern', id)).toMatchObject({ title: '新华大街', phase: 'asked' })
    expect(cli('do', 'lantern', 'hang', '--id', id, '--input', '{"height":10}')).toMatchObject({ refused: 'too-high' })
    expect(cli('do', 'lantern', 'hang', '--id', id, '--input', '{"height":5}')).toHaveProperty('done')
    expect(cli('figure', 'lanterns-hung')).toMatchObject({ value: 1, records: 1 })
    expect(cli('rebuild')).toMatchObject({ records: records + 1, differences: [] })
    expect(cli('verify')).toMatchObject({ different: [] })
  })

  test('a text that is missing does not compile', () => {
    // The domain and whatever it imports: the rest of the repository has nothing to say about its texts.
    writeFileSync(join(copy, 'lanterns.json'), '{"extends":"./tsconfig.json","include":["domains/lanterns"]}')
    const tsc = () =>
      spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'lanterns.json'], {
        cwd: copy,
        encoding: 'utf8',
      })
    const errors = () =>
      tsc()
        .stdout.split('\n')
        .filter((line) => line.startsWith('domains/lanterns'))
    expect(errors()).toEqual([])
    const path = join(copy, 'domains/lanterns/index.ts')
    const source = readFileSync(path, 'utf8')
    for (const [text, name] of [
      [`refusals: { 'too-high': 'A lantern may not hang higher than 9 metres.' },`, 'too-high'],
      [`options: { red: 'red', gold: 'gold' },`, 'red'],
      [`events: { asked: '申请花灯', hung: '悬挂花灯', lowered: '取下花灯' },`, 'asked'],
      [
        `fields: { street: 'Street', colour: 'Colour', phone: 'Telephone', height: 'Height', token: 'Code', hang: 'Hanging' },`,
        'height',
      ],
    ] as const) {
      expect(source).toContain(text)
      writeFileSync(path, source.replace(text, text.replace(/\{.*\}/, '{}')))
      expect(errors().join('\n')).toContain(name)
    }
    writeFileSync(path, source)
  })
})
