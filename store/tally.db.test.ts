// Figures are exact: while others write and fold, as of any day and any position, and down to the records they open to.
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nobody } from '../kernel/access.ts'
import { execute } from '../kernel/door.ts'
import type { Figure, Formula, Posted } from '../kernel/tally/figure.ts'
import { recount } from '../kernel/tally/recount.ts'
import { openWorld, type World } from '../server/world.ts'
import { buckets } from '../tests/bucket/index.ts'
import { testDatabase, type TestDatabase } from '../tests/database.ts'
import { compareFigures } from './compare.ts'
import { connect, type Database } from './connection.ts'
import { figureValue, fold, openFigure, settledPosition } from './tally.ts'

let databases: TestDatabase
let connectionString: string
let world: World
beforeAll(async () => {
  databases = await testDatabase()
})
beforeEach(async () => {
  await world?.close()
  connectionString = (await databases.fresh()).connectionString
  world = await openWorld({ config: { connectionString }, city: 'well', domains: [buckets] })
})
afterAll(async () => {
  await world.close()
  await databases.close()
})

const give = (name: string, input: unknown, id: string) =>
  execute(world.around, nobody, { kind: 'bucket', name, input, id })
const known = () => world.registry.figures.values()
const ON = '2099-12-31'
const different = (database: Database = world.database) =>
  compareFigures(database, 'well', world.registry.figures.values(), ON)
const figure = (formula: Formula, more: Partial<Figure> = {}): Figure => ({
  id: JSON.stringify(formula),
  formula,
  unit: 'records',
  public: true,
  texts: { 'zh-CN': { name: '', definition: '' }, en: { name: '', definition: '' } },
  ...more,
})

/** The same database to whom one thing is said otherwise: a fault on purpose. */
function planted(change: (text: string) => string): Database {
  const { database } = world
  return {
    ...database,
    transaction: (work) =>
      database.transaction((query) => work((text, values) => query(change(text), text === change(text) ? values : []))),
  }
}

/** A writer that has taken its position and has not come to an end. */
async function underWay(): Promise<{ readonly client: pg.Client; end(): Promise<void> }> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query('begin')
  const entry = { measure: 'water', on: '2026-01-01', n: 1, quantity: 7, version: 1 }
  const index = { phase: 'standing', open: true, title: 't', level: 0, facets: {}, provisional: false, state: {} }
  const write = {
    ...index,
    kind: 'bucket',
    id: 'slow',
    cause: null,
    expected: 0,
    version: 1,
    messages: [],
    parties: { added: [], removed: [] },
    events: [{ version: 1, type: 'filled', typeVersion: 1, data: {} }],
    entries: [entry],
  }
  await client.query(`select append('well', $1, '[]', 'a', 'test', now(), 0, false, false)`, [JSON.stringify([write])])
  return {
    client,
    async end() {
      await client.query('commit')
      await client.end()
    },
  }
}
const filled = async (id: string) => {
  await give('make', { size: 100, colour: 'red' }, id)
  await give('fill', { litres: 5 }, id)
}

describe('folding', () => {
  test('waits for whoever has taken a lower position and not yet written', async () => {
    const slow = await underWay()
    await filled('a')
    let folded: number | undefined
    const folding = fold(world.database, 'well', known()).then((lines) => (folded = lines))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(folded).toBeUndefined()
    await slow.end()
    await folding
    expect(folded).toBe(3)
    expect(await different()).toEqual([])
  })

  test('gives up for this time rather than keep all writers waiting behind one that hangs', async () => {
    const slow = await underWay()
    const folding = fold(world.database, 'well', known())
    await filled('a')
    expect(await folding).toBe(0)
    await slow.end()
    expect(await fold(world.database, 'well', known())).toBe(3)
  })

  test('that did not wait would lose him, and the check finds it', async () => {
    const slow = await underWay()
    await filled('a')
    await fold(
      planted((text) => (text.includes('pg_advisory') ? 'select 1' : text)),
      'well',
      known(),
    )
    await slow.end()
    const found = await different()
    expect(found.map((one) => one.id)).toEqual([
      'water-count',
      'water-sum',
      'water-mean',
      'water-distinct',
      'water-stock',
    ])
    expect(found[1]).toMatchObject({ told: { value: 5 }, recomputed: { value: 12 } })
  })

  test('that moves the watermark and folds nothing is found', async () => {
    await filled('a')
    const faulty = planted((text) => (text.includes('insert into rollup') ? 'select 1' : text))
    await fold(faulty, 'well', known())
    expect((await different()).map((one) => one.id)).toContain('water-sum')
  })

  test('that folds twice is found', async () => {
    await filled('a')
    await fold(
      planted((text) => (text.includes('update watermark') ? 'select 1' : text)),
      'well',
      known(),
    )
    expect((await different()).map((one) => one.id)).toContain('water-sum')
  })

  test('is exact under eight writers, three folders and a check that never stops', async () => {
    const other = connect({ config: { connectionString }, connections: 8 })
    for (let bucket = 0; bucket < 8; bucket++) await give('make', { size: 1000, colour: 'red' }, `b${bucket}`)
    let writing = true
    let [folds, checks] = [0, 0]
    const writer = async (mine: number) => {
      for (let round = 0; round < 60; round++) {
        await give('fill', { litres: 2 }, `b${mine}`)
        await give('pour', { litres: 1, into: `b${(mine + round) % 8}` }, `b${mine}`)
      }
    }
    const folder = async (database: Database) => {
      while (writing) folds += Number((await fold(database, 'well', known())) > 0)
    }
    const checker = async () => {
      while (writing) {
        expect(await different(other)).toEqual([])
        checks += 1
      }
    }
    const working = Promise.all(Array.from({ length: 8 }, (_, mine) => writer(mine))).finally(() => (writing = false))
    await Promise.all([working, folder(world.database), folder(other), folder(world.database), checker()])
    await other.close()
    await fold(world.database, 'well', known())
    expect(await different()).toEqual([])
    const sum = await figureValue(world.database, 'well', figure({ sum: 'water' }), { on: ON })
    expect(sum.value).toBe(8 * 60 * 2)
    expect(folds).toBeGreaterThan(5)
    expect(checks).toBeGreaterThan(2)
  })
})

describe('a figure', () => {
  const formulas: readonly Formula[] = [
    { count: 'water' },
    { sum: 'water', where: { how: 'filled' } },
    { mean: 'water' },
    { means: 'water', by: 'how' },
    { means: 'water', by: 'in', times: 0.01, where: { how: 'filled' } },
    { means: 'water', by: 'nothing' },
    { distinct: 'water' },
    { stock: 'water' },
    { distinct: 'water', covered: { by: 'whole', keys: ['nothing', 'in'] } },
    { distinct: 'water', covered: { by: 'nothing', keys: ['in'] } },
    { ratio: [{ count: 'water', where: { how: 'poured' } }, { distinct: 'water' }], times: 100 },
    { ratio: [{ stock: 'nothing' }, { count: 'nothing' }] },
    { mean: 'nothing' },
  ]
  const figures = formulas.flatMap((formula) => [figure(formula), figure(formula, { since: '2026-01-03' })])

  /** Ten days of filling and pouring, some folded, some not. */
  async function tenDays(): Promise<readonly Posted[]> {
    for (const [place, day] of Array.from(
      { length: 10 },
      (_, n) => `2026-01-${String(n + 1).padStart(2, '0')}`,
    ).entries()) {
      const around = { ...world.around, now: () => `${day}T10:00:00.000+08:00` }
      const give = (name: string, input: unknown, id: string) =>
        execute(around, nobody, { kind: 'bucket', name, input, id })
      await give('make', { size: 50, colour: 'red' }, `d${place % 4}`)
      await give('fill', { litres: place + 1 }, `d${place % 4}`)
      await give('pour', { litres: place + 1, into: `d${(place + 1) % 3}` }, `d${place % 4}`)
      if (place % 5 === 3) await give('break', {}, `d${place % 4}`)
      if (place === 3 || place === 6) await fold(world.database, 'well', [...known(), ...figures])
    }
    const { rows } = await world.database.query(
      'select kind, record, position, measure, on_day as "on", n, quantity, subject, dims from entry',
    )
    return rows as unknown as Posted[]
  }
  const expected = (entries: readonly Posted[], of: Figure, on: string) => {
    const counted = recount([of], on)
    for (const entry of entries) counted.add(entry)
    return counted.value(of)
  }

  test('as of each day, and as of each position of the log, is what the entries up to there say', async () => {
    const entries = await tenDays()
    expect(entries.length).toBeGreaterThan(15)
    for (const of of figures) {
      for (const on of ['2025-12-31', '2026-01-02', '2026-01-05', '2026-01-10', ON])
        expect(await figureValue(world.database, 'well', of, { on }), `${of.id} on ${on}`).toEqual(
          expected(entries, of, on),
        )
      for (const { position } of entries.filter((_, n) => n % 3 === 0)) {
        const told = await figureValue(world.database, 'well', of, { on: ON, position })
        const upTo = entries.filter((entry) => entry.position <= position)
        expect(told, `${of.id} at ${position}`).toEqual(expected(upTo, of, ON))
      }
    }
  })

  test('as of a settled position never changes again, whoever was still writing', async () => {
    const sum = figure({ sum: 'water' })
    const slow = await underWay()
    await filled('a')
    const settling = settledPosition(world.database, 'well')
    await slow.end()
    const position = (await settling)!
    const then = await figureValue(world.database, 'well', sum, { on: ON, position })
    await filled('b')
    await fold(world.database, 'well', known())
    expect(await figureValue(world.database, 'well', sum, { on: ON, position })).toEqual(then)
  })

  test('opens to exactly the records that make it', async () => {
    const entries = await tenDays()
    const everything = new Map([['bucket', [{ by: 'all', level: 9 }] as const]])
    for (const of of figures) {
      const [leaf] = 'ratio' in of.formula ? of.formula.ratio : [of.formula]
      const value = await figureValue(world.database, 'well', of, { on: ON })
      const opened = await openFigure(world.database, 'well', of, { on: ON }, everything, 100)
      expect([opened.total, opened.visible, opened.hidden], of.id).toEqual([value.records, value.records, 0])
      const paged: string[] = []
      for (let after: string | undefined, n = 0; n < 200; n++) {
        const page = await openFigure(world.database, 'well', of, { on: ON }, everything, 2, after)
        paged.push(...page.items.map((row) => row.id))
        if (page.next === null) break
        after = page.next
      }
      expect(paged, of.id).toEqual(opened.items.map((row) => row.id))
      const ids = opened.items.map((row) => row.id).toSorted()
      const live = [...new Set(entries.map((entry) => entry.record))].filter((record) => {
        const one = expected(
          entries.filter((entry) => entry.record === record),
          figure(leaf!, of.since === undefined ? {} : { since: of.since }),
          ON,
        )
        return one.records === 1
      })
      expect(ids, of.id).toEqual(live.toSorted())
      const closed = await openFigure(world.database, 'well', of, { on: ON }, new Map(), 100)
      expect(closed, of.id).toEqual({ items: [], total: value.records, visible: 0, hidden: value.records, next: null })
    }
  })
})
