// A list as a workbook: what the list shows and no more, in words, written as it is read.
import { Hono } from 'hono'
import { PassThrough, Readable } from 'node:stream'
import { visible } from '../kernel/access.ts'
import { dateOf } from '../kernel/clock/date.ts'
import type { Kind } from '../kernel/domain.ts'
import type { Language } from '../kernel/texts.ts'
import { listRecords, type Wanted } from '../store/read.ts'
import { searchRecords } from '../store/search.ts'
import { recordLook } from '../store/trace.ts'
import { namesInRows } from './case.ts'
import type { C, Env } from './env.ts'
import { wantedOf } from './list.ts'
import { said } from './portal/part.ts'
import { problemJson, problemOf } from './problem.ts'
import { say } from './say.ts'
import { writeSheet, type SheetRow } from './sheet/index.ts'
import { listed } from './view.ts'
import type { World } from './world.ts'

/** More rows than anybody reads; a whole register is taken from the reporting views. */
const MOST = 100_000
const PAGE = 500

export function exporting(world: World): Hono<Env> {
  const { database, city, registry, around } = world
  const http = new Hono<Env>()

  http.get('/api/records/:kind/export.xlsx', async (c) => {
    const kind = registry.kinds.get(c.req.param('kind'))
    const lang = c.get('lang')
    if (!kind) return problemJson(c, problemOf(registry, { refused: 'unknown-kind', kind: '' }, lang))
    const { definition, texts } = kind
    const wanted = { ...wantedOf(c.req.query(), definition.kind, c.get('actor'), around.now()), limit: PAGE }
    await recordLook(database, city, c.get('actor').id, 'export', { kind: definition.kind, id: '' }, around.now())
    const title = texts[lang].title
    const columns = columnsIn(kind, c.req.query('columns'))
    const out = new PassThrough()
    // What fails half way cuts the download off: a workbook that ends early cannot be opened, and so cannot mislead.
    void writeSheet(out, {
      sheets: [{ name: title, columns: columnsOf(kind, lang, columns), rows: rowsOf(c, kind, wanted, columns) }],
    }).catch((error: Error) => out.destroy(error))
    const name = encodeURIComponent(`${title} ${dateOf(around.now())}.xlsx`)
    return c.body(Readable.toWeb(out) as ReadableStream, 200, {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="export.xlsx"; filename*=UTF-8''${name}`,
    })
  })
  return http

  async function* rowsOf(c: C, kind: Kind, wanted: Wanted, columns: readonly string[]): AsyncGenerator<SheetRow> {
    const lang = c.get('lang')
    const { definition, texts } = kind
    const branches = visible(definition.sees, c.get('actor'))
    const [units, law] = await Promise.all([world.cache.units(), world.cache.law(0)])
    const text = c.req.query('q')?.trim()
    let after = wanted.after
    for (let given = 0; given < MOST;) {
      const page = text
        ? { items: await searchRecords(database, city, branches, wanted, text.slice(0, 100)), next: null }
        : await listRecords(database, city, branches, { ...wanted, after })
      const names = await namesInRows(world, c.get('actor'), page.items, lang)
      for (const row of page.items) {
        const one = listed(definition, row, units, lang, law, around.now())
        const facts = Object.fromEntries(
          columns.map((name) => [
            name,
            one.facts[name] === undefined ? null : said(kind, lang, one.facts[name], names, name),
          ]),
        )
        yield {
          ...facts,
          $id: one.id,
          $title: one.title,
          $phase: texts[lang].phases[one.phase] ?? one.phase,
          $unit: one.unitName,
          $created: dateOf(one.created),
          $due: one.due,
          $clock: one.clock?.sentence,
        }
        given += 1
      }
      if (page.next === null) return
      after = page.next
    }
  }
}

/** The facts that are asked for, of those that have a name; else those of the list. */
function columnsIn({ definition, texts }: Kind, asked: string | undefined): readonly string[] {
  const named = [...new Set(asked?.split(','))].filter((name) => Object.hasOwn(texts.en.fields, name))
  return named.length > 0 ? named : (definition.columns ?? [])
}

/** The columns of the list, between those that every record has. */
function columnsOf({ definition, texts }: Kind, lang: Language, columns: readonly string[]) {
  const { title, fields } = texts[lang]
  return [
    { key: '$id', title: say(lang, 'number'), width: 20 },
    { key: '$title', title, width: 40 },
    ...columns.map((name) => ({ key: name, title: fields[name] ?? name, width: 18 })),
    { key: '$phase', title: say(lang, 'phase') },
    { key: '$unit', title: say(lang, 'unit'), width: 24 },
    { key: '$created', title: say(lang, 'created'), kind: 'date' as const },
    ...(definition.clock
      ? [
          { key: '$due', title: say(lang, 'due'), kind: 'date' as const },
          { key: '$clock', title: say(lang, 'clock'), width: 40 },
        ]
      : []),
  ]
}
