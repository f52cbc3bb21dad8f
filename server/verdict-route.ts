// Who is entitled to a benefit, who has become so, and who has never claimed it: read from what is kept, as fresh as the ledger.
import { Hono } from 'hono'
import { PassThrough, Readable } from 'node:stream'
import { benefit } from '../domains/policies/index.ts'
import { may } from '../kernel/access.ts'
import { dateOf, type CivilDate } from '../kernel/clock/date.ts'
import { countBits } from '../kernel/rules/column.ts'
import type { Language } from '../kernel/texts.ts'
import { recordLook } from '../store/trace.ts'
import {
  countVerdicts,
  findBits,
  findBitsOn,
  listClaimed,
  listOf,
  setBitIn,
  type Listed,
  type Mark,
} from '../store/verdict.ts'
import { wrongParameter } from './asked.ts'
import { givenOn } from './entitlement.ts'
import type { C, Env } from './env.ts'
import { cutOff } from './figure.ts'
import { limitOf } from './list.ts'
import { problem, problemJson, problemOf } from './problem.ts'
import { say } from './say.ts'
import { writeSheet, type SheetRow } from './sheet/index.ts'
import { unitName } from './view.ts'
import type { World } from './world.ts'

/** `new`: entitled now and not when the day `since` began; `unclaimed` (应享未享): entitled, and no claim of this year, or none ever of what is given once; nobody of what others give. */
export const whose = ['entitled', 'new', 'unclaimed', 'open'] as const
type Whose = (typeof whose)[number]

/** Read at a time while a workbook is written. */
const PAGE = 2000

type Given = Awaited<ReturnType<typeof givenOn>>[number]

export function verdictRoutes(world: World): Hono<Env> {
  const { database, city, registry, around } = world
  const http = new Hono<Env>()

  http.get('/api/verdicts', async (c) => {
    if (!permitted(c)) return refused(c, 'not-permitted')
    const mark = await world.verdicts.fresh()
    const [given, { firms, benefits }, units] = await Promise.all([
      givenOn(world, mark.day),
      countVerdicts(database, city),
      world.cache.units(),
    ])
    const counts = new Map(benefits.map((one) => [one.benefit, one]))
    const items = await Promise.all(
      given.map(async (one) => {
        const { entitled = 0, open = 0 } = counts.get(one.id) ?? {}
        const unclaimed = entitled === 0 ? 0 : countBits(await bitsOf(one, 'unclaimed', mark.day, mark))
        return {
          benefit: one.id,
          title: one.title,
          unit: one.unit,
          unitName: unitName(units, one.unit, c.get('lang')),
          judged: isJudged(one),
          entitled,
          open,
          not: firms - entitled - open,
          unclaimed,
        }
      }),
    )
    return c.json({ day: mark.day, since: mark.since, enterprises: firms, items })
  })

  http.get('/api/verdicts/:benefit', async (c) => {
    const asked = await askedFor(c)
    if (asked instanceof Response) return asked
    const { one, which, since, mark } = asked
    const after = cursorFrom(c.req.query('cursor'))
    if (after === null) return wrongParameter(c, 'cursor', 'no-such-cursor')
    const limit = limitOf(c.req.query())
    const bits = await bitsOf(one, which, since, mark)
    const items = await listOf(database, city, bits, { limit: limit + 1, after })
    const shown = items.slice(0, limit)
    return c.json({
      benefit: one.id,
      title: one.title,
      judged: isJudged(one),
      day: mark.day,
      since,
      total: countBits(bits),
      items: shown,
      next: items.length > limit ? cursorOf(shown.at(-1)!) : null,
    })
  })

  http.get('/api/verdicts/:benefit/export.xlsx', async (c) => {
    const asked = await askedFor(c)
    if (asked instanceof Response) return asked
    const { one, which, since, mark } = asked
    const lang = c.get('lang')
    await recordLook(database, city, c.get('actor').id, 'export', { kind: benefit.kind, id: one.id }, around.now())
    const bits = await bitsOf(one, which, since, mark)
    const out = new PassThrough()
    const columns = [
      { key: 'id', title: say(lang, 'number'), width: 24 },
      { key: 'title', title: registry.kinds.get('enterprise')!.texts[lang].title, width: 40 },
    ]
    void writeSheet(out, { sheets: [{ name: sheetName(lang, which), columns, rows: rowsOf(bits) }] }).catch(
      (error: Error) => out.destroy(error),
    )
    const name = encodeURIComponent(`${one.title} ${sheetName(lang, which)} ${mark.day}.xlsx`)
    return c.body(Readable.toWeb(out) as ReadableStream, 200, {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="verdicts.xlsx"; filename*=UTF-8''${name}`,
    })
  })
  return http

  async function* rowsOf(bits: Uint8Array): AsyncGenerator<SheetRow> {
    for (let after: Listed | undefined; ;) {
      const page = await listOf(database, city, bits, { limit: PAGE, after })
      yield* page
      if (page.length < PAGE) return
      after = page.at(-1)!
    }
  }

  async function bitsOf(one: Given, which: Whose, since: CivilDate, mark: Mark): Promise<Uint8Array> {
    const { isTrue, mayBe } = await findBits(database, city, one.id)
    switch (which) {
      case 'entitled':
        return isTrue
      case 'open':
        return mayBe.map((byte, at) => byte & ~isTrue[at]!)
      case 'new': {
        const before = await findBitsOn(database, city, one.id, since)
        return isTrue.map((byte, at) => byte & ~(before[at] ?? 0))
      }
      case 'unclaimed': {
        // What others give nobody claims here.
        if (one.edition.content.mode === 'elsewhere') return new Uint8Array(isTrue.length)
        const year = one.edition.content.recurrence === 'yearly' ? mark.day.slice(0, 4) : undefined
        const bits = isTrue.slice()
        for (const n of await listClaimed(database, city, one.id, year))
          if (n < bits.length * 8) setBitIn(bits, n, false)
        return bits
      }
    }
  }

  /** What the address asks for, once what is kept is fresh. */
  async function askedFor(c: C) {
    if (!permitted(c)) return refused(c, 'not-permitted')
    const which = whose.find((name) => name === (c.req.query('which') || 'entitled'))
    if (which === undefined) return wrongParameter(c, 'which', 'not-an-option', { expected: whose.join(' / ') })
    const since = cutOff(c.req.query('since'), dateOf(around.now()))
    if (since === undefined) {
      const message = say(c.get('lang'), 'no-such-date')
      return problemJson(
        c,
        problem(422, 'no-such-date', message, [{ field: 'since', problem: 'no-such-date', message }]),
      )
    }
    const mark = await world.verdicts.fresh()
    const one = (await givenOn(world, mark.day)).find(({ id }) => id === c.req.param('benefit'))
    if (one === undefined) return refused(c, 'not-found')
    return { one, which, since: since < mark.since ? mark.since : since, mark }
  }

  function refused(c: C, code: string): Response {
    return problemJson(c, problemOf(registry, { refused: code, kind: benefit.kind }, c.get('lang')))
  }
}

/** Who is entitled follows from what is known of enterprises: it is told to those who draft benefits, as whom a rule reaches. */
const permitted = (c: C) => may(benefit.commands['draft'].by, c.get('actor'))

/** The rule holds, and a person has yet to judge what no data tell. */
const isJudged = ({ edition }: Given) => (edition.content.judgement ?? []).length > 0

const NAMES: Readonly<Record<Whose, Readonly<Record<Language, string>>>> = {
  entitled: { 'zh-CN': '可以享受', en: 'entitled' },
  new: { 'zh-CN': '新符合', en: 'newly entitled' },
  unclaimed: { 'zh-CN': '应享未享', en: 'entitled, not claimed' },
  open: { 'zh-CN': '缺数据', en: 'unknown' },
}
const sheetName = (lang: Language, which: Whose) => NAMES[which][lang]

function cursorOf({ title, id }: Listed): string {
  return Buffer.from(JSON.stringify([title, id])).toString('base64url')
}

/** Null where it is none. */
function cursorFrom(text: string | undefined): Listed | undefined | null {
  if (text === undefined || text === '') return undefined
  try {
    const [title, id, ...more] = JSON.parse(Buffer.from(text, 'base64url').toString()) as readonly unknown[]
    return typeof title === 'string' && typeof id === 'string' && more.length === 0 && !/\0/.test(title + id)
      ? { title, id }
      : null
  } catch {
    return null
  }
}
