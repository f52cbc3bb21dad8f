// The JSON interface: every route is made from the definitions, and every write goes through the door.
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { streamSSE } from 'hono/streaming'
import type { z } from 'zod'
import { benefit, Tried } from '../domains/policies/index.ts'
import { admits, may, nobody, visible, type Branch } from '../kernel/access.ts'
import { dateOf } from '../kernel/clock/date.ts'
import type { Kind } from '../kernel/domain.ts'
import { type Answer, type Command, type Done } from '../kernel/door.ts'
import { parse } from '../kernel/input.ts'
import type { Figure } from '../kernel/tally/figure.ts'
import type { Language } from '../kernel/texts.ts'
import { countRecords, findRecord, isCursor, listRecords } from '../store/read.ts'
import { searchRecords } from '../store/search.ts'
import { figureValue, isOpenedCursor, lastPosition, openFigure, positionFrom } from '../store/tally.ts'
import { methodsIn, wrongParameter } from './asked.ts'
import { bodyFrom, commandFrom, malformed, missedInput, type WrongMember } from './body.ts'
import { cautionsOf, openCase } from './case.ts'
import type { Env, C } from './env.ts'
import { cutOff, trendOf } from './figure.ts'
import { entitlementsOf } from './entitlement.ts'
import { executeAllGiven, executeGiven } from './files/given.ts'
import { limitOf, rowsOf, wantedOf, waysTo } from './list.ts'
import type { Live } from './live.ts'
import type { Metrics } from './observe.ts'
import { matching } from './match.ts'
import { messagesFor } from './message.ts'
import { openApi } from './openapi.ts'
import { problemJson, problemOf, problem } from './problem.ts'
import { say, type Said } from './say.ts'
import { metaOf } from './schema.ts'
import { work } from './work.ts'
import type { World } from './world.ts'

const LARGEST_BODY = 1_000_000
const LARGEST_BATCH = 200

type ApiOptions = {
  readonly demo: boolean
  readonly metrics: Metrics
  readonly live: Live
  readonly identify: (request: Request) => Promise<{ readonly person?: string }>
}

export function api(world: World, options: ApiOptions): Hono<Env> {
  const { database, city, registry, around } = world
  const http = new Hono<Env>()

  http.get('/openapi.json', (c) => c.json(openApi(registry, city)))
  http.get('/api/meta', (c) => c.json(metaOf(registry, city, c.get('lang'))))
  http.route('/', work(world, options.demo))

  /** What somebody is told: about his cases, his unit's, or those he supervises. */
  http.get('/api/messages', async (c) => {
    const before = c.req.query('before')
    const items = await messagesFor(
      world,
      c.get('actor'),
      c.get('lang'),
      limitOf(c.req.query()),
      before === undefined || before === '' ? undefined : Number(before),
    )
    return c.json({ items })
  })

  http.get('/api/records/:kind', async (c) => {
    const kind = kindOf(c)
    if (kind instanceof Response) return kind
    const { definition } = kind
    const branches = waysTo(c, kind)
    const text = c.req.query('q')?.trim()
    const wanted = wantedOf(c.req.query(), definition.kind, c.get('actor'), around.now())
    if (wanted.after !== undefined && (text || !isCursor(wanted.after, definition.kind, wanted.order)))
      return wrongParameter(c, 'cursor', 'no-such-cursor')
    if (text) {
      const rows = await searchRecords(database, city, branches, wanted, text.slice(0, 100))
      return c.json({ ...(await rowsOf(world, c, rows)), next: null })
    }
    const [page, total] = await Promise.all([
      listRecords(database, city, branches, wanted),
      c.req.query('count') === 'yes' ? countRecords(database, city, branches, wanted) : undefined,
    ])
    return c.json({ ...(await rowsOf(world, c, page.items)), next: page.next, total })
  })

  http.get('/api/records/:kind/:id', async (c) => {
    const kind = kindOf(c)
    if (kind instanceof Response) return kind
    const view = await openCase(world, c.get('actor'), kind, c.req.param('id'), c.get('lang'))
    return view ? c.json(view) : refused(c, 'not-found', kind.definition.kind)
  })

  const limited = bodyLimit({
    maxSize: LARGEST_BODY,
    onError: (c) => problemJson(c, problem(413, 'too-large', say((c as C).get('lang'), 'too-large'))),
  })
  const command = async (c: C, id: string | undefined) => {
    const kind = kindOf(c)
    if (kind instanceof Response) return kind
    const parsed = await jsonOf(c)
    if (parsed instanceof Response) return parsed
    const name = c.req.param('command')!
    const body = bodyFrom(parsed, kind, name, c.req.header('idempotency-key'))
    if (!('input' in body)) return malformedAs(c, body)
    const given = { kind: kind.definition.kind, name, id, ...body }
    const answer = await executeGiven(world, c.get('actor'), given)
    options.metrics.command(kind.definition.kind, nameIn(answer, name), outcomeOf(answer))
    if (!('refused' in answer)) return c.json({ ...answer, ...(await warningsOf(c, kind, answer)) })
    const missed = missedInput(parsed, '', answer)
    if (missed) return malformedAs(c, [missed])
    return problemJson(c, problemOf(registry, answer, c.get('lang')))
  }
  /** What was taken all the same, and should be looked at again: in the kind's own words. */
  async function warningsOf(c: C, kind: Kind, { done }: Done) {
    const { definition, texts } = kind
    if (texts[c.get('lang')].cautions === undefined) return {}
    const row = await findRecord(database, city, definition.kind, done.id)
    const warnings = row ? cautionsOf(kind, definition.facts?.(row.state) ?? {}, c.get('lang')) : []
    return warnings.length > 0 ? { warnings } : {}
  }
  http.post('/api/records/:kind/:command', limited, (c) => command(c, undefined))
  http.post('/api/records/:kind/:id/:command', limited, (c) => command(c, c.req.param('id')))

  /** Several commands in one load and one append, each with its own answer. */
  http.post('/api/batch', limited, async (c) => {
    const parsed = await jsonOf(c, 'wrong-batch')
    if (parsed instanceof Response) return parsed
    const { commands, ...others } = parsed
    const [odd] = Object.keys(others)
    if (odd !== undefined)
      return malformedAs(c, [
        { field: odd, problem: 'unknown-member', said: 'unknown-member', about: { member: odd, known: 'commands' } },
      ])
    if (!Array.isArray(commands) || commands.length > LARGEST_BATCH)
      return malformedAs(c, [
        { field: 'commands', problem: 'wrong-type', said: 'wrong-commands', about: { most: LARGEST_BATCH } },
      ])
    const given: Command[] = []
    for (const [place, one] of (commands as unknown[]).entries()) {
      const read = commandFrom(one, `commands.${place}`, registry.kinds)
      if (!('kind' in read)) return malformedAs(c, read)
      given.push(read)
    }
    const answers = await executeAllGiven(world, c.get('actor'), given)
    for (const [place, answer] of answers.entries())
      options.metrics.command(nameIn(answer, given[place]!.kind), nameIn(answer, given[place]!.name), outcomeOf(answer))
    return c.json({
      answers: answers.map((answer, place) => {
        const lang = c.get('lang')
        const missed = missedInput(commands[place] as Record<string, unknown>, `commands.${place}.`, answer)
        if (missed) return malformed(lang, [missed])
        return 'refused' in answer ? problemOf(registry, answer, lang) : answer
      }),
    })
  })

  /** What a rule would reach among all enterprises today: for those who draft benefits, before anything is published. */
  const matched = matching(world)
  http.post('/api/reach', limited, async (c) => {
    if (!may(benefit.commands['draft'].by, c.get('actor'))) return refused(c, 'not-permitted', 'benefit')
    const parsed = await jsonOf(c)
    if (parsed instanceof Response) return parsed
    const asked = parse(Tried, parsed)
    if ('fields' in asked)
      return problemJson(c, problemOf(registry, { refused: 'invalid-input', kind: 'benefit', ...asked }, c.get('lang')))
    const found = await matched.reach(asked.value as z.output<typeof Tried>)
    return 'refused' in found
      ? problemJson(c, problemOf(registry, { kind: 'benefit', ...found }, c.get('lang')))
      : c.json(found)
  })
  /** What an enterprise is entitled to, for itself and for those who see its facts. */
  http.get('/api/entitlements/:enterprise', async (c) => {
    const found = await entitlementsOf(world, c.get('actor'), c.req.param('enterprise'))
    return found ? c.json(found) : refused(c, 'not-found', 'profile')
  })

  http.get('/api/figures', async (c) => {
    const asOf = asOfOf(c)
    if (asOf instanceof Response) return asOf
    const shown = [...registry.figures.values()].filter((figure) => readable(c, figure))
    return c.json(await Promise.all(shown.map((figure) => figureView(figure, asOf, c.get('lang')))))
  })
  http.get('/api/figures/:id', async (c) => {
    const figure = registry.figures.get(c.req.param('id'))
    const on = asOfOf(c)
    if (on instanceof Response) return on
    if (!figure || !readable(c, figure)) return noFigure(c)
    const position = await positionOf(c)
    if (position instanceof Response) return position
    return c.json(await figureView(figure, on, c.get('lang'), position))
  })
  /** The figure at the end of each of the last twelve months and on the cut-off: how it stood on each of those days. */
  http.get('/api/figures/:id/trend', async (c) => {
    const figure = registry.figures.get(c.req.param('id'))
    const asOf = asOfOf(c)
    if (asOf instanceof Response) return asOf
    if (!figure || !readable(c, figure)) return noFigure(c)
    return c.json({ items: await trendOf(asOf, (on) => figureValue(database, city, figure, { on })) })
  })
  http.get('/api/figures/:id/records', async (c) => {
    const figure = registry.figures.get(c.req.param('id'))
    const on = asOfOf(c)
    if (on instanceof Response) return on
    if (!figure || !readable(c, figure)) return noFigure(c)
    const position = await positionOf(c)
    if (position instanceof Response) return position
    const ways = new Map<string, readonly Branch[]>([...registry.kinds].map(([name, kind]) => [name, waysTo(c, kind)]))
    const after = c.req.query('cursor') || undefined
    if (after !== undefined && !isOpenedCursor(after)) return wrongParameter(c, 'cursor', 'no-such-cursor')
    const { items, ...counts } = await openFigure(
      database,
      city,
      figure,
      { on, position },
      ways,
      limitOf(c.req.query()),
      after,
    )
    return c.json({ ...(await rowsOf(world, c, items)), ...counts })
  })

  // A stream lasts some minutes, then the browser asks again: whoever has lost a post or a session hears no more.
  http.get('/api/live', (c) =>
    streamSSE(c, async (stream) => {
      let actor = c.get('actor')
      const end = await options.live.listen((rows) => {
        for (const { kind, id, version, state } of rows) {
          const definition = registry.kinds.get(kind)?.definition
          if (definition && admits(visible(definition.sees, actor), definition.index(state, id)))
            void stream.writeSSE({ data: JSON.stringify({ kind, id, version }) })
        }
      })
      stream.onAbort(end)
      await stream.writeSSE({ event: 'open', data: '', retry: 1000 })
      for (let beat = 0; beat < 20 && !stream.aborted; beat++) {
        await stream.sleep(15_000)
        // Whoever was signed out meanwhile, or lost a post, hears no more of what that let him see.
        const person = (await options.identify(c.req.raw)).person ?? nobody.id
        if (person !== actor.id) {
          await stream.writeSSE({ event: 'ended', data: '' })
          break
        }
        actor = { ...actor, ...((await world.cache.actor(person, dateOf(around.now()))) ?? nobody) }
        await stream.writeSSE({ event: 'beat', data: '' })
      }
      end()
    }),
  )

  const documented = methodsIn(openApi(registry, city))
  http.all('/api/:rest{[^]+}', (c) => {
    const allowed = documented(c.req.path)
    if (allowed.length === 0)
      return problemJson(c, problem(404, 'no-such-address', say(c.get('lang'), 'no-such-address')))
    c.header('allow', allowed.join(', '))
    const detail = say(c.get('lang'), 'wrong-method', { method: c.req.method, allowed: allowed.join(' / ') })
    return problemJson(c, problem(405, 'wrong-method', detail))
  })
  return http

  function kindOf(c: C): Kind | Response {
    return registry.kinds.get(c.req.param('kind')!) ?? refused(c, 'unknown-kind', c.req.param('kind')!)
  }
  function refused(c: C, code: string, kind: string): Response {
    return problemJson(c, problemOf(registry, { refused: code, kind }, c.get('lang')))
  }
  function readable(c: C, figure: Figure): boolean {
    return figure.public || c.get('actor').posts.length > 0
  }
  function noFigure(c: C): Response {
    return problemJson(c, problem(404, 'not-found', say(c.get('lang'), 'no-such-figure')))
  }
  async function figureView(figure: Figure, on: string, lang: Language, position?: number) {
    const value = await figureValue(database, city, figure, { on, position })
    return {
      id: figure.id,
      unit: figure.unit,
      asOf: on,
      ...(position !== undefined && { position }),
      ...figure.texts[lang],
      ...value,
    }
  }
  /** As the log stood: every entry is gone through, so it is there for those who hold a post. */
  async function positionOf(c: C): Promise<number | undefined | Response> {
    const given = c.req.query('position')
    if (given === undefined || given === '') return undefined
    const lang = c.get('lang')
    if (c.get('actor').posts.length === 0)
      return problemJson(c, problemOf(registry, { refused: 'not-permitted', kind: '' }, lang))
    const position = positionFrom(given)
    if (position !== undefined && position <= (await lastPosition(database, city))) return position
    const message = say(lang, 'no-such-position')
    const fields = [{ field: 'position', problem: 'no-such-position', message }]
    return problemJson(c, problem(422, 'no-such-position', message, fields))
  }
  function asOfOf(c: C): string | Response {
    const on = cutOff(c.req.query('asOf'), dateOf(around.now()))
    if (on !== undefined) return on
    const message = say(c.get('lang'), 'no-such-date')
    return problemJson(c, problem(422, 'no-such-date', message, [{ field: 'asOf', problem: 'no-such-date', message }]))
  }
}

/** Names that nobody declared are one series, however they are spelt. */
function nameIn(answer: Answer, name: string): string {
  return 'refused' in answer && answer.refused.startsWith('unknown-') ? '' : name
}

function outcomeOf(answer: Answer): string {
  return 'refused' in answer ? answer.refused : 'accepted'
}

function malformedAs(c: C, wrong: readonly WrongMember[]): Response {
  return problemJson(c, malformed(c.get('lang'), wrong))
}

/** The body as an object, or what is wrong with it. */
async function jsonOf(
  c: C,
  otherwise: 'malformed' | 'wrong-batch' = 'malformed',
): Promise<Record<string, unknown> | Response> {
  const refused = (status: number, code: string, said: Said) =>
    problemJson(c, problem(status, code, say(c.get('lang'), said)))
  if (!c.req.header('content-type')?.startsWith('application/json')) return refused(415, 'not-json', 'not-json')
  if (!/^(identity)?$/i.test(c.req.header('content-encoding') ?? '')) return refused(415, 'packed', 'packed')
  try {
    const parsed: unknown = JSON.parse(await c.req.text())
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return refused(400, 'malformed', otherwise)
}
