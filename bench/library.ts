// A library of 400 items with 3,000 papers taken in from a workbook: checked, entered, and handed out again.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { items } from '../cities/tonghua/items.ts'
import { system } from '../kernel/access.ts'
import { itemLibrary, writeItems, writeLibrary } from '../server/import/index.ts'
import { readSheets } from '../server/sheet/index.ts'
import type { World } from '../server/world.ts'
import { CITY, server, type Filled } from './fill.ts'
import { median, seconds, type Comparison } from './measure.ts'

const ITEMS = 400
const PAPERS = 3000
/** Seconds for the check and the entering together. */
const LIMIT = 10
const ROUNDS = 3

type Fields = Readonly<Record<string, unknown>> & { readonly code: string; readonly materials: readonly object[] }

/** Items of the example under codes of their own, with papers added evenly until there are so many. */
function library(): readonly Fields[] {
  const some = items()
    .slice(0, ITEMS)
    .map(({ input }) => ({ ...input, code: input.code.replace(/^11/, '99') }) as unknown as Fields)
  let lacking = PAPERS - some.reduce((sum, { materials }) => sum + materials.length, 0)
  const more = some.map(({ materials }, place) => {
    const share = Math.max(0, Math.ceil(lacking / (some.length - place)))
    lacking -= share
    const added = Array.from({ length: share }, (_, n) => ({
      ...materials[0],
      material: `BX-${n}`,
      materialName: `补充材料${n}`,
    }))
    return [...materials, ...added]
  })
  return some.map((one, place) => ({ ...one, materials: more[place]! }))
}

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lj-library-'))
  const postgres = await server(say)
  try {
    const path = join(folder, 'items.xlsx')
    const all = library()
    const taken: { ours: number; floor: number; agrees: boolean }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const city = await postgres.fresh('bench_library')
      taken.push(await through(city, all, path, join(folder, `${round}.json`), say))
    }
    const ours = median(taken.map((one) => one.ours))
    const floor = median(taken.map((one) => one.floor))
    const agrees = taken.every((one) => one.agrees)
    const papers = all.reduce((sum, { materials }) => sum + materials.length, 0)
    const what = `library, ${all.length} items with ${papers} papers checked and entered`
    return [
      { name: `${what}, against ${LIMIT} s`, ours, other: LIMIT, ratio: LIMIT / ours, unit: 's', agrees },
      {
        name: `${what}, against reading the file twice and appending the same bytes`,
        ours,
        other: floor,
        ratio: floor / ours,
        unit: 's',
        agrees,
      },
    ]
  } finally {
    await postgres.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function through(city: Filled, all: readonly Fields[], path: string, out: string, say: (line: string) => void) {
  const world = await city.open()
  try {
    await writeItems(world, all, 'zh-CN', path)
    const actor = { ...system, via: 'bench' }
    const counts: unknown[] = []
    const step = async (enter: boolean) => {
      const given = { world, actor, path, job: out, lang: 'zh-CN', enter, progress: () => undefined } as const
      const outcome = await itemLibrary.run(given)
      counts.push('refused' in outcome ? outcome.refused : outcome.counts)
    }
    const checking = await seconds(() => step(false))
    const entering = await seconds(() => step(true))
    // The physical floor: the same file read as often, and the bytes of all events that were written, appended at once.
    const reading = await seconds(async () => {
      for (let time = 0; time < 2; time++) await readThrough(path)
    })
    const { bytes, appending } = await appended(city)
    say(
      `checked in ${checking.toFixed(2)} s, entered in ${entering.toFixed(2)} s; the file (${statSync(path).size} bytes) read twice in ${reading.toFixed(2)} s, ${bytes} bytes appended in ${appending.toFixed(2)} s`,
    )
    return {
      ours: checking + entering,
      floor: reading + appending,
      agrees: await agree(world, all, counts, out),
    }
  } finally {
    await world.close()
  }
}

async function readThrough(path: string): Promise<void> {
  const sheets = ['事项', '情形', '材料', '填报字段', '环节', '结果', '特别程序', '即办规则', '常见问题']
  const wanted = sheets.map((name) => ({ names: [name], maxRows: 100_000 }))
  let cells = 0
  for await (const { row } of readSheets(path, { sheets: wanted, maxColumns: 200 })) cells += row.cells.length
  if (cells === 0) throw new Error('there was nothing to read')
}

/** The data of all events that were written, as one append to a table without anything beside it. */
async function appended({ config }: Filled) {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await client.query('create table plain (data jsonb not null)')
    const { rows } = await client.query<{ data: unknown }>(
      `select data from event where city = $1 and via = 'bench' and kind in ('item', 'version')`,
      [CITY],
    )
    const text = JSON.stringify(rows.map(({ data }) => data))
    const appending = await seconds(() =>
      client.query('insert into plain select jsonb_array_elements($1::jsonb)', [text]),
    )
    return { bytes: Buffer.byteLength(text), appending }
  } finally {
    await client.end()
  }
}

/** Whether all were entered, and what is handed out is what was taken in. */
async function agree(world: World, all: readonly Fields[], counts: readonly unknown[], out: string): Promise<boolean> {
  await writeLibrary(world, system, { form: 'json', lang: 'zh-CN' }, out)
  const { items: given } = JSON.parse(readFileSync(out, 'utf8')) as { items: Fields[] }
  const codes = new Set(all.map(({ code }) => code))
  const back = given.filter(({ code }) => codes.has(code))
  const inOrder = all.toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const each = { entered: all.length, changed: 0, unchanged: 0, rejected: 0, warned: 0 }
  return isDeepStrictEqual(counts, [each, each]) && isDeepStrictEqual(back, JSON.parse(JSON.stringify(inOrder)))
}

export const bench = { says: '400 items with 3,000 papers taken in from a workbook', run }
