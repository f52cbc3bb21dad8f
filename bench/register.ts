// 160,000 enterprises brought in from a sheet, then found again as one types: by name, by the initials of its pinyin, by code.
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { enterprises, type ExampleEnterprise } from '../cities/tonghua/enterprises.ts'
import { initials } from '../domains/register/pinyin.ts'
import { system } from '../kernel/access.ts'
import { freshKey } from '../kernel/key.ts'
import { columns } from '../server/import/column.ts'
import { enterprises as register } from '../server/import/index.ts'
import { writeSheet, type SheetRow } from '../server/sheet/index.ts'
import { connection, serve, signIn } from './client.ts'
import { CITY, server, type Filled } from './fill.ts'
import { percentile, seconds, sequence, type Comparison } from './measure.ts'

const ROWS = 160_000
/** Seconds for all rows, from the first byte read to the last enterprise entered. */
const IMPORT_LIMIT = 120
/** Milliseconds within which nineteen of twenty answers come. */
const SEARCH_LIMIT = 50
const TYPED = 120
const SHOWN = 10

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lj-register-'))
  const postgres = await server(say)
  try {
    const all = [...enterprises(ROWS, 160)]
    const paths = { xlsx: join(folder, 'enterprises.xlsx'), csv: join(folder, 'enterprises.csv') }
    say(`writing ${ROWS} rows as .xlsx and as .csv`)
    await writeSheet(paths.xlsx, { sheets: [{ name: '企业', columns: titles, rows: all.map(rowOf) }] })
    await writeCsv(paths.csv, all)
    const city = await postgres.fresh('bench_register')
    const fromXlsx = await importing(city, 'xlsx', paths.xlsx, say)
    const again = await postgres.fresh('bench_register')
    const fromCsv = await importing(again, 'csv', paths.csv, say)
    return [fromXlsx, fromCsv, ...(await typing(again, all, say))]
  } finally {
    await postgres.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const titles = columns.map(({ key, titles: [title] }) => ({ key, title }))

function rowOf(one: ExampleEnterprise): SheetRow {
  const { private: owned, ...known } = one
  return { ...known, private: owned ? '是' : '否', period: '2024', source: '年度报告（合成数据）' }
}

async function writeCsv(path: string, all: readonly ExampleEnterprise[]): Promise<void> {
  const out = createWriteStream(path)
  const line = (cells: readonly (string | number | undefined)[]) =>
    `${cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',')}\r\n`
  out.write(`\uFEFF${line(titles.map(({ title }) => title))}`)
  for (const one of all) {
    const row = rowOf(one) as Readonly<Record<string, string | number | undefined>>
    if (!out.write(line(titles.map(({ key }) => row[key])))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

async function importing(city: Filled, kind: string, path: string, say: (line: string) => void): Promise<Comparison> {
  const world = await city.open()
  try {
    const actor = { ...system, via: 'bench' }
    const through = (enter: boolean) =>
      register.run({ world, actor, path, job: freshKey(Date.now()), lang: 'zh-CN', enter, progress: () => undefined })
    const checking = await seconds(() => through(false))
    let entered = 0
    const taken = await seconds(async () => {
      const outcome = await through(true)
      entered = 'refused' in outcome ? 0 : outcome.counts.entered
    })
    const { rows } = await world.database.query(
      `select count(*) as n from record where city = $1 and kind = 'enterprise'`,
      [CITY],
    )
    say(`.${kind}: checked in ${checking.toFixed(1)} s, entered in ${taken.toFixed(1)} s`)
    return {
      name: `register, import of ${ROWS} rows from .${kind} against ${IMPORT_LIMIT} s`,
      ours: taken,
      other: IMPORT_LIMIT,
      ratio: IMPORT_LIMIT / taken,
      unit: 's',
      agrees: entered === ROWS && rows[0]!['n'] === ROWS,
    }
  } finally {
    await world.close()
  }
}

/** What is her own in an enterprise's name: the place before it and the form after it are those of thousands. */
const ownName = (name: string) =>
  name.replace(/^(通化市(东昌区|二道江区)|..[县市]|通化县)/, '').replace(/（个体工商户）$|有限公司$|专业合作社$/, '')

/** What somebody types who has this enterprise in mind. */
const ways: Readonly<Record<string, (one: ExampleEnterprise) => string>> = {
  name: ({ name }) => ownName(name),
  initials: ({ name }) => initials(ownName(name)),
  code: ({ uscc }) => uscc,
}

async function typing(city: Filled, all: readonly ExampleEnterprise[], say: (line: string) => void) {
  const whole = await serve({ url: city.config.connectionString })
  const one = connection(whole.port)
  try {
    const cookie = await signIn(whole.port, 'clerk')
    const ask = async (text: string) => {
      const began = performance.now()
      const path = `/api/records/enterprise?limit=${SHOWN}&q=${encodeURIComponent(text)}`
      const { status, body } = await one.ask('GET', path, { cookie })
      if (status !== 200) throw new Error(`a search was answered with ${status}`)
      const ms = performance.now() - began
      return { ms, ids: (JSON.parse(body.toString()) as { items: { id: string }[] }).items.map(({ id }) => id) }
    }
    const results: Comparison[] = []
    for (const [name, textOf] of Object.entries(ways)) {
      const draw = sequence(name.length)
      const taken: number[] = []
      let agrees = true
      for (let n = 0; n < TYPED; n++) {
        const meant = all[draw(all.length)]!
        const text = textOf(meant)
        let found: readonly string[] = []
        for (let typed = 1; typed <= text.length; typed++) {
          const { ms, ids } = await ask(text.slice(0, typed))
          if (n >= TYPED / 10) taken.push(ms)
          found = ids
        }
        // Typed to its end it is there, unless as many others as are shown hold the same.
        agrees &&= found.includes(meant.uscc) || found.length === SHOWN
      }
      const p95 = percentile(taken, 0.95)
      say(
        `by ${name}: p50 ${percentile(taken, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${taken.length} keys typed`,
      )
      results.push({
        name: `register, search by ${name} as one types at ${ROWS}, p95 against ${SEARCH_LIMIT} ms`,
        ours: p95,
        other: SEARCH_LIMIT,
        ratio: SEARCH_LIMIT / p95,
        unit: 'ms',
        agrees,
      })
    }
    return results
  } finally {
    one.close()
    await whole.close()
  }
}

export const bench = { says: '160,000 enterprises from a sheet; found as one types', run }
