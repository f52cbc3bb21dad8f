// Brings a recorded city through the door with its recorded moments: only into a database that holds nothing else.
import { nobody, system, type Actor } from '../kernel/access.ts'
import { dateOf, dayOf, endOfDay, type CivilDate, type Moment } from '../kernel/clock/date.ts'
import { isOpenAt } from '../kernel/clock/hours.ts'
import { deadlinesOf, executeAll, type Command, type Surroundings } from '../kernel/door.ts'
import { cities } from './city.ts'
import { doubter } from './doubt.ts'
import { teller } from './tell.ts'
import { verdicts } from './verdict.ts'
import type { World } from './world.ts'

/**
 * One recorded command. An id `visit/v1#0` is the first record of the kind that came of the visit v1, and `joint/j1#item=X` the one
 * of those that says so in its first event. `system` and `second` are two hands of the city's own set-up, a bearer holds a record's code.
 */
export type Recorded = {
  readonly at: Moment
  readonly by: { readonly person: string } | 'system' | 'second' | { readonly bearer: string }
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly input: unknown
  readonly key?: string
}

export type Replayed = { readonly given: number; readonly refused: readonly string[] }

const BATCH = 200

/** Whether anything has ever been appended to this city. */
export async function isEmpty(world: World): Promise<boolean> {
  const { rows } = await world.database.query('select 1 from event where city = $1 limit 1', [world.city])
  return rows.length === 0
}

/**
 * Replays commands in their order, in batches of one actor and one moment at most; time's own commands (reminders) are
 * given as their moments pass. Throws when the database already holds events of the city.
 */
export async function replay(
  world: World,
  told: Iterable<Recorded>,
  progress: (given: number) => void,
): Promise<Replayed> {
  let at: Moment = '2000-01-01T00:00:00.000+08:00'
  const around: Surroundings = { ...world.around, now: () => at }
  const then = { ...world, around }
  const held = cities(then)
  const tell = teller({ ...then, cities: held, verdicts: verdicts(then, held) })
  const doubt = doubter(then)
  const codes = new Map<string, string>()
  const refused: string[] = []
  let given = 0
  let batch: Recorded[] = []
  let woken = ''
  // Once a week enterprises are told what they are entitled to, and claims are looked at again.
  let toldIn: number | undefined

  const actorOf = async (by: Recorded['by']): Promise<Actor> => {
    if (by === 'system') return { ...system, via: 'replay' }
    if (by === 'second') return { ...system, id: '@second', via: 'replay' }
    if ('bearer' in by) return { ...nobody, token: world.around.hash(codes.get(by.bearer) ?? ''), via: 'replay' }
    const person = await world.cache.actor(by.person, dateOf(at))
    return { ...(person ?? nobody), via: 'replay' }
  }
  const flush = async () => {
    if (batch.length === 0) return
    await world.cache.refresh()
    const commands = await Promise.all(
      batch.map(async ({ kind, id, name, input, key }): Promise<Command> => ({
        kind,
        id: id.includes('#') ? await cameOf(world, kind, id) : id,
        name,
        input,
        key,
      })),
    )
    const answers = await executeAll(around, await actorOf(batch[0]!.by), commands)
    for (const [place, answer] of answers.entries()) {
      if ('refused' in answer)
        refused.push(`${batch[place]!.kind} ${batch[place]!.id} ${batch[place]!.name}: ${answer.refused}`)
      else if (answer.reveal !== undefined) codes.set(batch[place]!.id, answer.reveal)
    }
    given += batch.length
    progress(given)
    batch = []
  }

  for (const one of told) {
    const first = batch[0]
    const same =
      first && first.at === one.at && JSON.stringify(first.by) === JSON.stringify(one.by) && batch.length < BATCH
    if (!same) {
      await flush()
      if (woken !== '' && dateOf(one.at) > woken)
        given += await wake(world, around, endOfDay(woken), (moment) => (at = moment))
      woken = dateOf(one.at)
      at = one.at
      const week = weekOf(woken)
      if (week !== toldIn && isOpenAt((await world.cache.law(0)).calendar, at)) {
        toldIn = week
        given += (await tell()) + (await doubt())
      }
    }
    batch.push(one)
  }
  await flush()
  return { given, refused }
}

/** A number for each week, which begins on Monday. */
const weekOf = (day: CivilDate) => Math.floor((dayOf(day) + 3) / 7)

/** The id of a record by what caused it; one that is not there is refused by the door. */
async function cameOf(world: World, kind: string, name: string): Promise<string> {
  const [cause, which = ''] = name.split('#')
  const [field, value] = which.split('=')
  const { rows } = await world.database.query(
    `select record from event where city = $1 and kind = $2 and cause = $3 and version = 1
       and ($4::text is null or data->>$5 = $4) order by position offset $6 limit 1`,
    [world.city, kind, cause, value ?? null, field, value === undefined ? Number(which) : 0],
  )
  return (rows[0]?.['record'] as string | undefined) ?? name
}

/** Gives every command whose moment has come; returns how many. Also what a running server does, again and again. */
export async function wake(
  world: World,
  around: Surroundings,
  until: Moment,
  set: (at: Moment) => void = () => undefined,
): Promise<number> {
  let given = 0
  for (;;) {
    const { rows } = await world.database.query(
      'select kind, id, version, state, wake from record where city = $1 and wake <= $2 order by wake limit 100',
      [world.city, until],
    )
    if (rows.length === 0) return given
    for (const row of rows as { kind: string; id: string; version: number; state: { phase: string }; wake: Date }[]) {
      set(until)
      const definition = world.registry.kinds.get(row.kind)!.definition
      const law = await world.cache.law(0)
      const deadlines = deadlinesOf(definition, row.state, law.calendar, around.now())
      const wakes = (definition.wakes?.(row.state, deadlines) ?? []).toSorted((a, b) => (a.at < b.at ? -1 : 1))
      const [next] = wakes
      const key = `wake ${row.kind} ${row.id} ${row.version}`
      const answers = next
        ? await executeAll(around, system, [{ kind: row.kind, id: row.id, name: next.command, input: {}, key }])
        : []
      // Everybody else was faster: its moment has not passed, it is tried again in the next round.
      if (answers[0] && 'refused' in answers[0] && answers[0].refused === 'busy') return given
      given += 1
      // What is refused now would be refused again at once: it sleeps until its next moment, or until the record changes.
      const later = wakes.find((one) => Date.parse(one.at) > Date.parse(until))?.at ?? null
      if (!answers[0] || 'refused' in answers[0])
        await world.database.query(
          'update record set wake = $5 where city = $1 and kind = $2 and id = $3 and wake = $4',
          [world.city, row.kind, row.id, row.wake, later],
        )
    }
  }
}
