// Every way in, tried by everybody: what the table does not grant, no door of the server gives.
import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { system } from '../kernel/access.ts'
import { schemaOf } from '../server/schema.ts'
import { readSheet } from '../server/sheet/index.ts'
import { accepted } from './arbitrary.ts'
import { served, type Served } from './served.ts'
import { agents, enterViewers, staff, type Viewer } from './viewer.ts'
import { wednesday } from './world.ts'

/** The words by which the case, and nothing else, can be recognised. */
const WORDS = '蓝色变压器轰鸣'
const PHONE = '13912345678'

const folder = mkdtempSync(join(tmpdir(), 'lj-access-'))
let s: Served
let viewers: readonly Viewer[] = []
/** One record of each kind and, where law is drafted before it is published, of each phase; by the name of its column. */
let records: readonly (readonly [column: string, kind: string, id: string])[] = []
/** What each viewer sees of each record: '·' nothing, 's' the record, 'r' its personal data too. */
const cells = new Map<string, string>()
let file = ''
let appeal = ''

beforeAll(async () => {
  s = await served([], '/nowhere', { others: [...staff, ...agents].flatMap(({ person }) => person ?? []) })
  const { town } = s
  town.set(wednesday)
  await enterViewers(town)
  const bytes = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
  const kept = await fetch(`${s.origin}/api/files`, {
    method: 'POST',
    headers: { cookie: await s.cookie('qi'), 'x-file-name': 'a.pdf', 'sec-fetch-site': 'same-origin' },
    body: bytes,
  })
  file = ((await kept.json()) as { id: string }).id
  const said = {
    title: `${WORDS}每天`,
    body: '影响生产。',
    matter: 'difficulty',
    line: 'communication',
    channel: 'web',
    phone: PHONE,
  }
  const raised = await town.done(await town.as('qi'), 'appeal', 'raise', { ...said, enterprise: 'e1', files: [file] })
  appeal = raised.done.id
  const dispatch = { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city', assisting: ['labour'] }
  await town.done(await town.as('fen'), 'appeal', 'dispatch', dispatch, appeal)
  await town.done(await town.as('hao'), 'appeal', 'sign', {}, appeal)
  // One like it, of the same enterprise and the same unit, that is confidential.
  const secret = await town.done(await town.as('qi'), 'appeal', 'raise', {
    ...said,
    title: `${WORDS}泄密`,
    enterprise: 'e1',
  })
  await town.done(await town.as('fen'), 'appeal', 'dispatch', dispatch, secret.done.id)
  await town.done(system, 'appeal', 'classify', { secrecy: 'confidential', reason: '商业秘密' }, secret.done.id)
  // Somebody else's in nearly the same words: its likes are looked for, and the case must not be among them.
  const like = { ...said, title: `${WORDS}整夜`, enterprise: 'e2' }
  const other = await town.done(await town.as('bie'), 'appeal', 'raise', like)
  const assigned = await town.done(await town.as('du'), 'assignment', 'assign', {
    enterprise: 'e1',
    leader: 'ling',
    unit: 'tax',
    from: '2026-01-01',
  })
  const visit = { enterprise: 'e1', on: '2026-02-10', assignment: assigned.done.id, summary: '看了车间。' }
  const problem = { title: '道路积雪', body: '门前积雪。', matter: 'difficulty', line: 'communication' }
  const visited = await town.done(await town.as('ling'), 'visit', 'record', { ...visit, problems: [problem] })
  const holidays = {
    year: 2027,
    notice: '测试〔2026〕1号',
    noticeDate: '2026-02-01',
    off: [{ from: '2027-01-01', to: '2027-01-03' }],
    work: [],
  }
  const hours = { from: '2026-03-01', source: '通知', spans: [{ opens: '08:00', closes: '12:00' }] }
  const rule = {
    rule: 'draft.rule',
    unit: 'working-day',
    budget: 3,
    article: '第一条',
    source: '草案',
    from: '2026-03-01',
  }
  const drafted = await town.done(await town.as('wen'), 'calendar', 'draft', holidays)
  const laid = await town.done(await town.as('wen'), 'hours', 'lay', hours)
  await town.done(await town.as('wen'), 'rule', 'lay', rule, 'draft.rule')
  const clue = await town.done(await town.as('qi'), 'clue', 'report', {
    title: '收件要先入会',
    demanded: '先入会才收材料。',
    sort: 'conditions-added',
    against: 'tax',
    phone: PHONE,
  })
  const order = { unit: 'tax', sort: 'other', barrierTitle: '以入会作条件', demand: '取消。', until: '2026-02-27' }
  await town.done(await town.as('du'), 'clue', 'uphold', order, clue.done.id)
  const { rows: barriers } = await town.world.database.query(
    `select record from event where kind = 'barrier' and cause = $1`,
    [`clue/${clue.done.id}`],
  )
  records = [
    ['appeal', 'appeal', appeal],
    ['confidential', 'appeal', secret.done.id],
    ['another’s', 'appeal', other.done.id],
    ['visit', 'visit', visited.done.id],
    ['assignment', 'assignment', assigned.done.id],
    ['enterprise', 'enterprise', 'e1'],
    ['person', 'person', 'qi'],
    ['post', 'post', 'post-hao'],
    ['mandate', 'mandate', 'm1'],
    ['unit', 'unit', 'tax'],
    ['rule', 'rule', 'appeal.sign'],
    ['rule drafted', 'rule', 'draft.rule'],
    ['calendar drafted', 'calendar', drafted.done.id],
    ['hours drafted', 'hours', laid.done.id],
    ['clue', 'clue', clue.done.id],
    ['barrier', 'barrier', String(barriers[0]!['record'])],
  ]
  viewers = [
    ...staff,
    ...agents,
    { name: 'nobody' },
    { name: 'nobody, with its code', code: raised.reveal! },
    { name: 'nobody, with another’s code', code: other.reveal! },
    { name: 'nobody, with no code of ours', code: 'guessed' },
    { name: 'an agent of another enterprise, with its code', person: 'bie', code: raised.reveal! },
  ]
  await everybody(async (viewer) => {
    for (const [column, kind, id] of records) {
      const { status, body } = await ask(viewer, 'GET', `/api/records/${kind}/${id}`)
      cells.set(
        `${viewer.name} ${column}`,
        status === 404 ? '·' : status === 200 ? (body['revealed'] ? 'r' : 's') : `${status}`,
      )
    }
  })
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await s.close()
})

const ask = (
  viewer: Viewer,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
) =>
  s.ask(viewer.person, method, path, body, {
    ...headers,
    ...(viewer.code !== undefined && { 'x-record-code': viewer.code }),
  })
const headersOf = async (viewer: Viewer): Promise<Record<string, string>> => ({
  ...(viewer.person !== undefined && { cookie: await s.cookie(viewer.person) }),
  ...(viewer.code !== undefined && { 'x-record-code': viewer.code }),
})
const cell = (viewer: Viewer, column: string) => cells.get(`${viewer.name} ${column}`)!
const sees = (viewer: Viewer, column: string) => cell(viewer, column) !== '·'
/** The ids among these records that the table shows to somebody. */
const seen = (viewer: Viewer, kind: string) =>
  records.filter(([column, of]) => of === kind && sees(viewer, column)).map(([, , id]) => id)
const ours = (kind: string, items: unknown) => {
  const ids = (items as { kind?: string; id: string }[]).map((one) => one.id)
  return records.filter(([, of, id]) => of === kind && ids.includes(id)).map(([, , id]) => id)
}
const kinds = () => [...new Set(records.map(([, kind]) => kind))]

async function everybody(look: (viewer: Viewer) => Promise<void>): Promise<void> {
  const waiting = [...viewers]
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await look(next)
    }),
  )
}

test('who sees which record is as it is written', async () => {
  const columns = records.map(([column]) => column)
  const lines = viewers.map((viewer) => [viewer.name, ...columns.map((column) => cell(viewer, column))].join(' | '))
  const head = ['Who sees what: · nothing, s the record, r its personal data too', '', ['', ...columns].join(' | '), '']
  await expect(`${[...head, ...lines].join('\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'access.txt'))
})

type Queued = { lists: Record<string, { views: Record<string, Record<string, string>> }> }
type Counted = { kind: string; queue: string; view: string; count: number }

describe('no more is to be had', () => {
  test('from lists, their counts, and their workbooks', async () => {
    const alikes = new Set<string>()
    await everybody(async (viewer) => {
      for (const kind of kinds()) {
        const list = await ask(viewer, 'GET', `/api/records/${kind}?limit=100&count=yes`)
        const items = [...(list.body['items'] as unknown[])]
        for (let next = list.body['next']; typeof next === 'string';) {
          const more = await ask(viewer, 'GET', `/api/records/${kind}?limit=100&cursor=${encodeURIComponent(next)}`)
          items.push(...(more.body['items'] as unknown[]))
          next = more.body['next']
        }
        expect(ours(kind, items), `${viewer.name}: list of ${kind}`).toEqual(seen(viewer, kind))
        expect(list.body['total'], `${viewer.name}: count of ${kind}`).toBe(items.length)
      }
      // Of those who hold one role and see the same, one fetches the workbook.
      const alike = `${viewer.name.split(' ')[0]} ${records.map(([column]) => cell(viewer, column)).join('')}`
      if (alikes.has(alike)) return
      alikes.add(alike)
      const book = await fetch(`${s.origin}/api/records/appeal/export.xlsx`, { headers: await headersOf(viewer) })
      const path = join(folder, `${viewers.indexOf(viewer)}.xlsx`)
      writeFileSync(path, Buffer.from(await book.arrayBuffer()))
      const rows: { id: string }[] = []
      for await (const row of readSheet(path, { maxRows: 1000, maxColumns: 50 }))
        rows.push({ id: String(row.cells[0]?.value) })
      expect(ours('appeal', rows), `${viewer.name}: workbook`).toEqual(seen(viewer, 'appeal'))
    })
  })

  test('from lists narrowed by number, party or clock, nor from the counts of queues', async () => {
    const ids = records.map(([, , id]) => id).join(',')
    await everybody(async (viewer) => {
      for (const kind of kinds()) {
        const named = await ask(viewer, 'GET', `/api/records/${kind}?limit=100&id=${ids}`)
        expect(ours(kind, named.body['items']), `${viewer.name}: ${kind} by number`).toEqual(seen(viewer, kind))
        for (const narrow of ['party=enterprise:e1', 'clock=overdue', 'clock=stopped', 'unit=own', 'order=oldest']) {
          const { body } = await ask(viewer, 'GET', `/api/records/${kind}?limit=100&commands=yes&${narrow}`)
          const more = ours(kind, body['items']).filter((id) => !seen(viewer, kind).includes(id))
          expect(more, `${viewer.name}: ${kind} by ${narrow}`).toEqual([])
        }
      }
      const { body } = await ask(viewer, 'GET', '/api/queues')
      for (const { kind, count } of body['items'] as { kind: string; count: number }[]) {
        const { body: list } = await ask(viewer, 'GET', `/api/records/${kind}?limit=100&count=yes`)
        expect(count, `${viewer.name}: queue of ${kind}`).toBeLessThanOrEqual(list['total'] as number)
      }
    })
  })

  test('from where earlier records were sent', async () => {
    await everybody(async (viewer) => {
      for (const [column, kind, id] of records) {
        const { status } = await ask(viewer, 'GET', `/api/records/${kind}/${id}/earlier`)
        expect(status, `${viewer.name}: earlier than ${column}`).toBe(sees(viewer, column) ? 200 : 404)
      }
    })
  })

  test('from searches, in all kinds or in one', async () => {
    await everybody(async (viewer) => {
      const all = await ask(viewer, 'GET', `/api/search?q=${encodeURIComponent(WORDS)}`)
      expect(ours('appeal', all.body['items']), `${viewer.name}: search`).toEqual(seen(viewer, 'appeal'))
      const one = await ask(viewer, 'GET', `/api/records/appeal?q=${encodeURIComponent(WORDS)}`)
      expect(ours('appeal', one.body['items']), `${viewer.name}: search in the kind`).toEqual(seen(viewer, 'appeal'))
    })
  })

  test('from what is similar', async () => {
    await everybody(async (viewer) => {
      for (const [column, kind, id] of records) {
        const { status, body } = await ask(viewer, 'GET', `/api/records/${kind}/${id}/similar`)
        expect(status, `${viewer.name}: similar to ${column}`).toBe(sees(viewer, column) ? 200 : 404)
        const earlier = await ask(viewer, 'GET', `/api/records/${kind}/${id}/earlier`)
        expect(earlier.status, `${viewer.name}: where those like ${column} went`).toBe(status)
        if (status === 200)
          for (const like of ours(kind, body['items']))
            expect(seen(viewer, kind), `${viewer.name}: likes of ${column}`).toContain(like)
      }
    })
  })

  test('from the counts on queues', async () => {
    let counted = 0
    await everybody(async (viewer) => {
      const meta = (await ask(viewer, 'GET', '/api/meta')).body['kinds'] as Record<string, Queued>
      const { body } = await ask(viewer, 'GET', '/api/queues')
      for (const { kind, queue, view, count } of body['items'] as Counted[]) {
        const query = new URLSearchParams({ ...meta[kind]!.lists[queue]!.views[view]!, count: 'yes' })
        const list = await ask(viewer, 'GET', `/api/records/${kind}?${query.toString()}`)
        expect(count, `${viewer.name}: ${queue} ${view}`).toBe(list.body['total'])
        counted += count
      }
    })
    expect(counted).toBeGreaterThan(0)
  })

  test('from sums by unit', async () => {
    await everybody(async (viewer) => {
      const list = await ask(viewer, 'GET', '/api/records/appeal?limit=100&open=yes')
      const sums = await ask(viewer, 'GET', '/api/summary/appeal')
      const open = (sums.body['items'] as { open: number }[]).reduce((sum, one) => sum + one.open, 0)
      expect(open, viewer.name).toBe((list.body['items'] as unknown[]).length)
    })
  })

  test('from figures: the value is everybody’s, the records behind it are not', async () => {
    const values = new Set<string>()
    await everybody(async (viewer) => {
      const { body } = await ask(viewer, 'GET', '/api/figures/appeal-raised')
      values.add(JSON.stringify([body['value'], body['records']]))
      const opened = await ask(viewer, 'GET', '/api/figures/appeal-raised/records?limit=100')
      expect(ours('appeal', opened.body['items']), `${viewer.name}: drill-down`).toEqual(seen(viewer, 'appeal'))
      expect((opened.body['visible'] as number) + (opened.body['hidden'] as number)).toBe(body['records'])
      const page = await ask(viewer, 'GET', '/figures/appeal-raised')
      expect(page.text.includes(WORDS), `${viewer.name}: page of the figure`).toBe(seen(viewer, 'appeal').length > 0)
    })
    expect(values.size).toBe(1)
  })

  test('from attachments', async () => {
    await everybody(async (viewer) => {
      const status = sees(viewer, 'appeal') ? 200 : 404
      for (const path of [`files`, `files/${file}`]) {
        const given = await ask(viewer, 'GET', `/api/records/appeal/${appeal}/${path}`)
        expect(given.status, `${viewer.name}: ${path}`).toBe(status)
      }
    })
    // Naming somebody else's file in a case of one's own does not open it.
    const said = {
      title: '别的事',
      body: '别的事。',
      matter: 'difficulty',
      line: 'communication',
      channel: 'web',
      enterprise: 'e2',
    }
    const trick = await s.town.done(await s.town.as('bie'), 'appeal', 'raise', { ...said, files: [file] })
    expect((await s.ask('bie', 'GET', `/api/records/appeal/${trick.done.id}`)).status).toBe(200)
    expect((await s.ask('bie', 'GET', `/api/records/appeal/${trick.done.id}/files/${file}`)).status).toBe(404)
    expect((await s.ask('bie', 'GET', `/api/records/appeal/${trick.done.id}/files`)).body['items']).toEqual([])
  })

  test('from messages', async () => {
    await everybody(async (viewer) => {
      const { body } = await ask(viewer, 'GET', '/api/messages?limit=100')
      for (const kind of kinds())
        for (const id of ours(kind, body['items'])) expect(seen(viewer, kind), `${viewer.name}: messages`).toContain(id)
    })
  })

  test('from what led to a record or came of it, and from the names in it', async () => {
    const titles = new Map<string, readonly [kind: string, id: string, column: string]>()
    for (const [column, kind, id] of records) titles.set(id, [kind, id, column])
    await everybody(async (viewer) => {
      for (const [column, kind, id] of records.filter(([one]) => sees(viewer, one))) {
        const { body } = await ask(viewer, 'GET', `/api/records/${kind}/${id}`)
        for (const link of body['chain'] as { kind: string; id: string }[]) {
          const { status } = await ask(viewer, 'GET', `/api/records/${link.kind}/${link.id}`)
          expect(status, `${viewer.name}: ${link.kind} in the chain of ${column}`).toBe(200)
        }
        for (const name of Object.keys(body['names'] as object)) {
          const known = titles.get(name)
          // Units and persons are called by their names wherever they are spoken of.
          if (!known || ['unit', 'person'].includes(known[0])) continue
          expect(sees(viewer, known[2]), `${viewer.name}: name of ${known[2]} in ${column}`).toBe(true)
        }
      }
    })
  })

  test('from pages', async () => {
    await everybody(async (viewer) => {
      const shown = sees(viewer, 'appeal')
      const page = await ask(viewer, 'GET', `/record/appeal/${appeal}`, undefined, { accept: 'text/html' })
      expect(page.status, `${viewer.name}: page`).toBe(shown ? 200 : 404)
      expect(page.text.includes(WORDS), viewer.name).toBe(shown)
      expect(page.text.includes(PHONE), `${viewer.name}: telephone`).toBe(cell(viewer, 'appeal') === 'r')
      const step = await ask(viewer, 'GET', `/record/appeal/${appeal}/withdraw`, undefined, { accept: 'text/html' })
      expect(step.status === 200, `${viewer.name}: form of a step`).toBe(step.text.includes(WORDS))
      const mine = await ask(viewer, 'GET', '/mine', undefined, { accept: 'text/html' })
      if (!shown) expect(mine.text.includes(`${WORDS}每天`), `${viewer.name}: mine`).toBe(false)
      const drawer = await ask(viewer, 'GET', '/draft/guessed', undefined, { accept: 'text/html' })
      expect(drawer.status).toBe(404)
    })
  })

  test('from what changes, told live', async () => {
    const heard = new Map<string, Set<string>>()
    const ends: AbortController[] = []
    const told = { kind: 'appeal', id: appeal }
    await Promise.all(
      viewers.map(async (viewer) => {
        const end = new AbortController()
        ends.push(end)
        const headers = await headersOf(viewer)
        const response = await fetch(`${s.origin}/api/live`, { headers, signal: end.signal })
        const mine = new Set<string>()
        heard.set(viewer.name, mine)
        const reader = response
          .body!.pipeThrough(new TextDecoderStream() as never)
          .getReader() as ReadableStreamDefaultReader<string>
        await reader.read()
        void (async () => {
          for (;;) {
            const { done, value } = await reader.read()
            if (done) return
            for (const [, id] of value.matchAll(/"id":"([^"]+)"/g)) mine.add(id!)
          }
        })().catch(() => undefined)
      }),
    )
    await s.town.done(await s.town.as('hao'), told.kind, 'note', { text: '已到现场。' }, told.id)
    const deaf = () => viewers.filter((viewer) => sees(viewer, 'appeal') && !heard.get(viewer.name)!.has(appeal))
    await expect.poll(() => deaf().map((viewer) => viewer.name), { timeout: 30_000 }).toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 1500))
    for (const viewer of viewers)
      expect(heard.get(viewer.name)!.has(appeal), `${viewer.name}: live`).toBe(sees(viewer, 'appeal'))
    for (const end of ends) end.abort()
  })
})

const inputs = new Map<string, readonly unknown[]>()

/** Three right inputs for a command: a refusal should be for who asks, not for what is asked. */
function inputsOf(kind: string, name: string): readonly unknown[] {
  const { input } = s.town.world.registry.kinds.get(kind)!.definition.commands[name]!
  const known = { unit: ['tax'], enterprise: ['e1'], person: ['hui'], appeal: [appeal] }
  const made = inputs.get(`${kind}.${name}`) ?? fc.sample(accepted(schemaOf(input), known), { numRuns: 3, seed: 11 })
  inputs.set(`${kind}.${name}`, made)
  return made
}

test('no command is done by whoever it is not offered to, by itself or in a batch', async () => {
  const { registry, database } = s.town.world
  const versions = async () => {
    const ids = records.map(([, , id]) => id)
    return (await database.query('select kind, id, version from record where id = any ($1) order by 1, 2', [ids])).rows
  }
  const before = await versions()
  let tried = 0
  await everybody(async (viewer) => {
    for (const [column, kind, id] of records) {
      const shown = await ask(viewer, 'GET', `/api/records/${kind}/${id}`)
      const offered = (shown.body['commands'] ?? []) as string[]
      const others = Object.keys(registry.kinds.get(kind)!.definition.commands).filter(
        (name) => !offered.includes(name),
      )
      const given = others.flatMap((name) => inputsOf(kind, name).map((input) => ({ kind, id, name, input })))
      const { body } = await ask(viewer, 'POST', '/api/batch', { commands: given })
      const answers = body['answers'] as { done?: unknown; status?: number; code?: string }[]
      for (const [place, answer] of answers.entries()) {
        const what = `${viewer.name}: ${kind}.${given[place]!.name} on ${column}`
        expect(answer.done, what).toBeUndefined()
        if (!sees(viewer, column)) expect([404, 422], what).toContain(answer.status)
        tried += 1
      }
    }
  })
  expect(await versions()).toEqual(before)
  expect(tried).toBeGreaterThan(15_000)
})

test('nobody opens a record whose kind his post does not open', async () => {
  const { registry, database } = s.town.world
  const openers: (readonly [kind: string, name: string, input: unknown])[] = []
  for (const { definition } of registry.kinds.values())
    for (const [name, spec] of Object.entries(definition.commands))
      if (!spec.inner && spec.in.includes(definition.initial.phase as never) && !spec.by['public'])
        openers.push([definition.kind, name, inputsOf(definition.kind, name)[0]])
  expect(openers.length).toBeGreaterThan(8)
  const count = async () => (await database.query('select count(*) as n from record')).rows[0]!['n']
  const before = await count()
  await everybody(async (viewer) => {
    const role = staff.includes(viewer) && !/ (past|not-yet)$/.test(viewer.name) ? viewer.name.split(' ')[0]! : ''
    for (const [kind, name, input] of openers) {
      const { by } = registry.kinds.get(kind)!.definition.commands[name]!
      if (by[role] || (by['subject'] && viewer.person !== undefined)) continue
      const { status, body } = await ask(viewer, 'POST', `/api/records/${kind}/${name}`, { input })
      expect([status, body['code']], `${viewer.name}: ${kind}.${name}`).toEqual([403, 'not-permitted'])
      const page = await ask(viewer, 'GET', `/start/${kind}/${name}`, undefined, { accept: 'text/html' })
      expect(page.status, `${viewer.name}: start of ${kind}.${name}`).toBe(404)
    }
  })
  expect(await count()).toBe(before)
})

test('system work is nobody’s: no person gives a command that only time or another command may', async () => {
  const inner = [...s.town.world.registry.kinds.values()].flatMap(({ definition }) =>
    Object.entries(definition.commands)
      .filter(([, spec]) => spec.inner)
      .map(([name]) => [definition.kind, name] as const),
  )
  expect(inner.length).toBeGreaterThan(5)
  for (const [kind, name] of inner) {
    const { body } = await s.ask('du', 'POST', `/api/records/${kind}/${appeal}/${name}`, { input: {} })
    expect(body['code'], `${kind}.${name}`).toBe('unknown-command')
  }
  expect(system.system).toBe(true)
})

/** Every address under which anything of a record could be had: a new one is tried here before it is let out. */
const TRIED = [
  'GET /api/records/:kind',
  'GET /api/records/:kind/export.xlsx',
  'GET /api/records/:kind/:id',
  'GET /api/records/:kind/:id/similar',
  'GET /api/records/:kind/:id/files',
  'GET /api/records/:kind/:id/files/:file',
  'GET /api/search',
  'GET /api/summary/:kind',
  'GET /api/figures/:id',
  'GET /api/figures/:id/records',
  'GET /api/messages',
  'GET /api/live',
  'POST /api/reach',
  'GET /api/verdicts',
  'GET /api/verdicts/:benefit',
  'GET /api/verdicts/:benefit/export.xlsx',
  'GET /api/looks',
  'GET /api/queues',
  'GET /api/records/:kind/:id/earlier',
  'POST /api/batch',
  'POST /api/records/:kind/:command',
  'POST /api/records/:kind/:id/:command',
  'GET /record/:kind/:id',
  'GET /record/:kind/:id/:command',
  'GET /figures/:id',
  'GET /mine',
  'GET /start/:kind/:command',
  'GET /draft/:code',
]
/** These tell of no record, or only of one's own: account, drafts by their code, imports by their owner, the figures' values. */
const HARMLESS = [
  /^(GET|POST) \/draft\/:code\/(page\/:page|check|done|changes)$/,
  // A past application is taken over, and papers supplied, by those who may read it (server/portal/apply/apply.db.test.ts).
  /^(GET|POST) \/(apply\/:code|theme\/:code|record\/application\/:id\/supply)$/,
  /^POST \/(draft|follow|start\/:kind\/:command|record\/:kind\/:id\/:command|preferences|api\/files)$/,
  /^(GET|POST|DELETE) \/(auth|account|import|assets|desk)\b/,
  /^GET \/(api|api\/me|api\/meta|api\/figures|api\/figures\/:id\/trend|openapi\.json)$/,
  // Halls and their days without anybody on them; numbers and bookings by their code (server/portal/hall.db.test.ts).
  /^(GET|POST) \/hall\/(:hall|:hall\/display|:hall\/take|ticket\/:id|booked\/:id)$/,
  // What an enterprise is entitled to, to itself and to those who see its facts (domains/policies/policy.db.test.ts).
  /^GET \/api\/(entitlements\/:enterprise|payments\/:id\/file\.xlsx|benefits\/:id\/model\.dmn)$/,
  /^(GET|POST) \/benefits\/:enterprise\/(supply|claim)$/,
  // Where it stands on the ladder, likewise, and its own wish for coaching; the funnel to those who work with it (domains/ladder/page.db.test.ts).
  /^GET \/api\/(standing\/:enterprise|ladder(\/:rung\/:part)?)$/,
  /^POST \/ladder\/:enterprise\/ask$/,
  // Items that are public, and the library to those who may draft (server/portal/item/item.db.test.ts, server/import/item.db.test.ts).
  /^GET \/(item\/:code(\/version\/:number(\/changes)?)?|api\/library\.(xlsx|json))$/,
  // The published list (domains/access/edition.db.test.ts).
  /^GET \/(api\/access(\/list\.json)?|access(\/(list|cleared))?)$/,
  // A paper, to whoever sees its record; that it is genuine, to whoever has its code (domains/applications/paper.db.test.ts).
  /^GET \/(record\/:kind\/:id\/paper\/:place|verify\/:id\/:place\/:code)$/,
  // Published law; and files on their own host, by a sealed link that runs out (server/files/route.db.test.ts).
  /^GET \/(calendar\/:year|files\/:id)$/,
  /^ALL \/api\/:rest\{\[\^\]\+\}$/,
]

test('what a rule would reach, and who is entitled, is told to those who draft benefits alone', async () => {
  await everybody(async (viewer) => {
    const { status } = await ask(viewer, 'POST', '/api/reach', { rule: '职工人数 > 1' })
    const drafts = /^(policy-manager|handler|unit-head) (?!past|not-yet)/.test(viewer.name) && staff.includes(viewer)
    // The town has no dictionary: whoever may ask is told that there is no such name.
    expect(status, viewer.name).toBe(drafts ? 422 : 403)
    // Nor has it a benefit.
    for (const path of ['/api/verdicts/none', '/api/verdicts/none/export.xlsx'])
      expect((await ask(viewer, 'GET', path)).status, `${viewer.name} ${path}`).toBe(drafts ? 404 : 403)
    expect((await ask(viewer, 'GET', '/api/verdicts')).status, viewer.name).toBe(drafts ? 200 : 403)
  })
})

test('no address is untried', () => {
  const routes = s.routes
    .filter(({ path }) => /:|^\/api|^\/mine/.test(path))
    .map(({ method, path }) => `${method} ${path}`)
  const unknown = routes.filter((route) => !TRIED.includes(route) && !HARMLESS.some((one) => one.test(route)))
  expect([...new Set(unknown)]).toEqual([])
  for (const route of TRIED) expect(routes, 'an address that is no longer served').toContain(route)
})
