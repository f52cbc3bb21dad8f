// Eight people at work on the ledger: through the door, or with nothing between them and the database but the same statements.
import { nobody, type Actor } from '../kernel/access.ts'
import { dateOf } from '../kernel/clock/date.ts'
import { execute, type Command, type Done, type Surroundings } from '../kernel/door.ts'
import { freshKey } from '../kernel/key.ts'
import type { World } from '../server/world.ts'
import type { Database, Rows } from '../store/connection.ts'
import { ledger } from '../store/ledger.ts'
import { compareRecords } from '../store/rebuild.ts'
import { handlers, lives } from './case.ts'
import { CITY } from './fill.ts'
import { sequence } from './measure.ts'

export const CLIENTS = 8
const TAPED = 60

export type Desk = {
  readonly world: World
  readonly firms: readonly string[]
  readonly actors: ReadonlyMap<string, Actor>
  /** Open cases by who handles them. */
  readonly underWay: readonly { readonly id: string; readonly handler: string }[]
}

export type Loop = { readonly ids: readonly string[]; step(client: number): Promise<void> }

export async function opened(world: World): Promise<Desk> {
  const { database, cache, around } = world
  await cache.refresh()
  const ids = async (where: string) =>
    (await database.query(`select id, facets->>'handler' as handler from record where city = $1 and ${where}`, [CITY]))
      .rows as { id: string; handler: string }[]
  const actors = new Map<string, Actor>()
  for (const id of ['clerk', 'dispatcher', 'caller', ...handlers.map((one) => one.id)])
    actors.set(id, (await cache.actor(id, dateOf(around.now())))!)
  return {
    world,
    firms: (await ids(`kind = 'enterprise' order by id`)).map((row) => row.id),
    actors,
    underWay: await ids(`kind = 'appeal' and open and phase = 'handling' order by id limit 20000`),
  }
}

/** Gives one command; anything but its acceptance ends the bench. */
async function accepted(around: Surroundings, actor: Actor, command: Command): Promise<Done> {
  const answer = await execute(around, actor, command)
  if ('refused' in answer) throw new Error(`${command.name} was refused: ${JSON.stringify(answer)}`)
  return answer
}

/** Eight people at once: each takes its cases from the first word to the last, one command after another. */
export function living({ world, firms, actors }: Desk, around = world.around): Loop {
  const ids: string[] = []
  const step = lives(firms, async ({ by, name, input }, one) => {
    const actor = by === 'appellant' ? { ...nobody, token: around.hash(one.code) } : actors.get(by)!
    const id = one.at === 0 ? undefined : one.id
    const { done, reveal = one.code } = await accepted(around, actor, {
      kind: 'appeal',
      name,
      input,
      id,
      key: freshKey(Date.now()),
    })
    if (one.at === one.steps.length - 1) ids.push(done.id)
    return { id: done.id, code: reveal }
  })
  return { ids, step }
}

/** One statement as the door sends it. */
export type Line = { readonly name: string; readonly text: string; readonly values: readonly unknown[] }
/** What the door sends for one case, load and append in turn, and what must be new in each repetition. */
export type Tape = { readonly lines: readonly Line[]; readonly id: string; readonly keys: readonly string[] }

/**
 * Brings cases through a door whose store writes down what it would send; loading answers as if it had been sent. What a command
 * counts beforehand is counted, and not on the tape: the bare loop is spared that.
 */
export async function taped(desk: Desk): Promise<readonly Tape[]> {
  const { world } = desk
  const tapes: Tape[] = []
  const lines: Line[] = []
  const made = new Map<string, Record<string, unknown>>()
  const recorder: Database = {
    ...world.database,
    async fast(name, text, values): Promise<Rows> {
      lines.push({ name, text, values })
      if (name === 'load') {
        const { rows } = await world.database.fast(name, text, values)
        const known = (values[3] as string[]).map((id) => made.get(id)).filter((row) => row !== undefined)
        return { rows: [...rows, ...known] }
      }
      for (const { kind, id, version, state } of JSON.parse(values[1] as string) as Record<string, unknown>[])
        made.set(id as string, { what: 'r', kind, id, version, body: state })
      return { rows: [{ position: 1 }] }
    },
  }
  const life = living(desk, { ...world.around, store: ledger(recorder, CITY) })
  while (tapes.length < TAPED) {
    await life.step(0)
    if (life.ids.length === tapes.length) continue
    const keys = lines.filter(({ name }) => name === 'load').map(({ values }) => (values[1] as string[])[0]!)
    if (lines.some(({ name }, place) => name !== (place % 2 === 0 ? 'load' : 'append')))
      throw new Error('a command took more than one load and one append')
    tapes.push({ lines: lines.splice(0), id: life.ids.at(-1)!, keys })
  }
  return tapes
}

/** The same eight people with nothing between them and the database: the tape's statements, only with new ids and keys. */
export function bare({ world }: Desk, tapes: readonly Tape[]): Loop {
  const mine = new Map<number, { readonly tape: Tape; readonly at: number; readonly id: string }>()
  let begun = 0
  const ids: string[] = []
  const begin = () => {
    const tape = tapes[++begun % tapes.length]!
    return { tape, at: 0, id: `${tape.id.slice(0, 9)}B${Date.now().toString(36).toUpperCase()}${begun}` }
  }
  return {
    ids,
    async step(client: number): Promise<void> {
      const { tape, at, id } = mine.get(client) ?? begin()
      const key = tape.keys[at / 2]!
      const renew = (text: string) => text.replaceAll(tape.id, id).replaceAll(key, `${id} ${at}`)
      for (const { name, text, values } of tape.lines.slice(at, at + 2)) {
        const fresh = values.map((value) =>
          typeof value === 'string' ? renew(value) : Array.isArray(value) ? (value as string[]).map(renew) : value,
        )
        await world.database.fast(name, text, fresh)
      }
      if (at + 2 < tape.lines.length) return void mine.set(client, { tape, at: at + 2, id })
      mine.delete(client)
      ids.push(id)
    },
  }
}

/** Whether the records of both loops are what their events say, and say the same. */
export async function same({ world }: Desk, ...loops: readonly Loop[]): Promise<boolean> {
  const only = loops.flatMap(({ ids }) => ids.slice(-100).map((id) => ({ kind: 'appeal', id })))
  const compared = await compareRecords(world.database, CITY, world.registry, await world.cache.law(0), { only })
  const { rows } = await world.database.query(
    `select distinct version, phase, open from record where city = $1 and kind = 'appeal' and id = any ($2)`,
    [CITY, only.map(({ id }) => id)],
  )
  return compared.records === only.length && compared.differences.length === 0 && rows.length === 1
}

/** Fresh cases and, every other time, a note on one that lies somewhere in the ledger. */
export function mixed(desk: Desk): Loop {
  const life = living(desk)
  const draw = sequence(11)
  const turns = Array.from({ length: CLIENTS }, () => 0)
  return {
    ids: life.ids,
    async step(client) {
      turns[client]! += 1
      if (turns[client]! % 2 === 0) return life.step(client)
      const mine = Math.floor(desk.underWay.length / CLIENTS)
      const { id, handler } = desk.underWay[draw(mine) * CLIENTS + client]!
      const { around } = desk.world
      const input = { text: '已与企业电话联系，补充核实了有关情况。' }
      await accepted(around, desk.actors.get(handler)!, {
        kind: 'appeal',
        name: 'note',
        id,
        input,
        key: freshKey(Date.now()),
      })
    },
  }
}
