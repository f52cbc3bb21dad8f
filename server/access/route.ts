// GET /api/access: what the market access list says of a business, with its entries, edition and how sure that is.
import { Hono } from 'hono'
import { isCivilDate, dateOf } from '../../kernel/clock/date.ts'
import { house } from '../../kernel/texts.ts'
import type { C, Env } from '../env.ts'
import { problem, problemJson } from '../problem.ts'
import { say } from '../say.ts'
import type { World } from '../world.ts'
import { askAccess, editionFor } from './ask.ts'
import { accessWords } from './texts.ts'

/** The field of a question that is wrong. */
const FIELD = { 'nothing-asked': 'words', 'unknown-industry': 'industry', 'other-section': 'industry' } as const

export function accessRoutes(world: World): Hono<Env> {
  const http = new Hono<Env>()

  http.get('/api/access', async (c) => {
    const lang = c.get('lang')
    const t = accessWords[lang]
    const one = (name: string) => (c.req.query(name) ?? '').trim()
    const on = one('on') === '' ? dateOf(world.around.now()) : one('on')
    if (!isCivilDate(on)) return wrongDay(c)
    const asked = { words: one('words').slice(0, 200), industry: one('industry').slice(0, 60), on }
    const told = await askAccess(world, c.get('actor'), asked)
    if ('wrong' in told) {
      const message = t.wrong[told.wrong]
      if (told.wrong === 'no-edition') return problemJson(c, problem(404, 'no-edition', message))
      const field = FIELD[told.wrong]
      return problemJson(
        c,
        problem(422, 'invalid-input', house[lang]['invalid-input'], [{ field, problem: told.wrong, message }]),
      )
    }
    const { answer, edition, industry, items } = told
    const { number, name, issuers, from, source, total } = edition.content
    return c.json({
      on,
      edition: {
        id: edition.id,
        number,
        name,
        issuers,
        from,
        until: edition.until,
        source,
        total,
        held: edition.content.matters.length,
        whole: edition.whole,
      },
      industry,
      verdict: answer.verdict,
      sure: answer.sure,
      doubts: answer.doubts,
      called: answer.called,
      says: [t.verdict[answer.verdict][answer.sure], ...answer.doubts.map((doubt) => t.doubt[doubt])],
      law: t.law,
      ask: t.ask,
      found: answer.found.map(({ matter, measures, how }) => ({
        ...matter,
        how,
        measures,
        items: items.get(matter.matter) ?? [],
      })),
      annex: answer.annex,
    })
  })

  /** The list in force on a day, in the form in which it comes in. */
  http.get('/api/access/list.json', async (c) => {
    const lang = c.get('lang')
    const day = (c.req.query('on') ?? '').trim()
    if (day !== '' && !isCivilDate(day)) return wrongDay(c)
    const edition = await editionFor(world, day === '' ? dateOf(world.around.now()) : day)
    if (!edition) return problemJson(c, problem(404, 'no-edition', accessWords[lang].wrong['no-edition']))
    return c.json({ editions: [edition.content] })
  })
  return http

  function wrongDay(c: C): Response {
    const message = say(c.get('lang'), 'no-such-day')
    return problemJson(c, problem(422, 'no-such-date', message, [{ field: 'on', problem: 'no-such-date', message }]))
  }
}
