// Verbs that work on the ledger: they reach the running embedded database, or start it for as long as they need it.
import process from 'node:process'
import { system, type Actor } from '../kernel/access.ts'
import { dateOf, isCivilDate } from '../kernel/clock/date.ts'
import { execute } from '../kernel/door.ts'
import * as domains from '../domains/index.ts'
import { readSettings } from '../server/settings.ts'
import { openWorld, type World } from '../server/world.ts'
import { startEmbedded } from '../store/embedded.ts'
import { findRecord, historyOf } from '../store/read.ts'
import { compareRecords } from '../store/rebuild.ts'
import { compareFigures, figureValue } from '../store/tally.ts'

/** Runs with the city's world open, and leaves a server that was running as it was. */
async function within<T>(work: (world: World) => Promise<T>): Promise<T> {
  const settings = readSettings(process.env)
  const embedded = settings.databaseUrl === undefined ? await startEmbedded({ folder: settings.data }) : undefined
  const config = { connectionString: settings.databaseUrl ?? embedded!.url }
  const world = await openWorld({
    config,
    city: settings.city,
    domains: Object.values(domains),
    named: settings.namedStatements,
  })
  try {
    return await work(world)
  } finally {
    await world.close()
    if (embedded?.adopted) embedded.leave()
    else await embedded?.stop()
  }
}

export function figure(id: string, asOf?: string) {
  return within(async (world) => {
    const found = world.registry.figures.get(id)
    const today = dateOf(world.around.now())
    if (!found) return { refused: 'no-such-figure', id, known: [...world.registry.figures.keys()] }
    if (asOf !== undefined && !isCivilDate(asOf)) return { refused: 'no-such-date', field: 'as-of' }
    const value = await figureValue(world.database, world.city, found, { on: asOf ?? today })
    return {
      id,
      value: value.value,
      unit: found.unit,
      numerator: value.numerator,
      denominator: value.denominator,
      records: value.records,
    }
  })
}

export function show(kind: string, id: string) {
  return within(async (world) => {
    const row = await findRecord(world.database, world.city, kind, id)
    return row ? { ...row, events: await historyOf(world.database, world.city, kind, id) } : { refused: 'not-found' }
  })
}

export function give(
  kind: string,
  name: string,
  given: { id?: string | undefined; input: unknown; as?: string | undefined; key?: string | undefined },
) {
  return within(async (world) => {
    const actor: Actor | undefined =
      given.as === undefined ? system : await world.cache.actor(given.as, dateOf(world.around.now()))
    if (!actor) return { refused: 'no-such-person', person: given.as }
    return execute(
      world.around,
      { ...actor, via: 'cli' },
      { kind, name, id: given.id, input: given.input, key: given.key },
    )
  })
}

export function rebuild() {
  return within(async (world) => compareRecords(world.database, world.city, world.registry, await world.cache.law(0)))
}

export function verify() {
  return within(async (world) => {
    const different = await compareFigures(
      world.database,
      world.city,
      world.registry.figures.values(),
      dateOf(world.around.now()),
    )
    return { figures: world.registry.figures.size, different }
  })
}
