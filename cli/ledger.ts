// Verbs that work on the ledger: they reach the running embedded database, or start it for as long as they need it.
import process from 'node:process'
import type pg from 'pg'
import { system, type Actor } from '../kernel/access.ts'
import { dateOf } from '../kernel/clock/date.ts'
import { registry } from '../kernel/domain.ts'
import { execute } from '../kernel/door.ts'
import { freshKey } from '../kernel/key.ts'
import type { Language } from '../kernel/texts.ts'
import * as domains from '../domains/index.ts'
import { isLoading, makeFolder, noData, wrongSetting } from './wrong.ts'
import { foundCity, inviteFromTerminal, type Founding } from './found.ts'
import { cutOff } from '../server/figure.ts'
import { enterprises, itemLibrary, writeLibrary } from '../server/import/index.ts'
import { readSettings, type Settings } from '../server/settings.ts'
import { openWorld, type World } from '../server/world.ts'
import { isCluster, startEmbedded } from '../store/embedded.ts'
import { migrate } from '../store/migrate.ts'
import { proofOf, verifySeals } from '../store/seal.ts'
import { reportViews } from '../store/report.ts'
import { findRecord, historyOf } from '../store/read.ts'
import { compareRecords } from '../store/rebuild.ts'
import { compareFigures } from '../store/compare.ts'
import { figureValue, lastPosition, positionFrom } from '../store/tally.ts'

/** Runs with the database up, and leaves a server that was running as it was. `begins`: with one of its own where there is none. */
async function connected<T>(
  work: (config: pg.ClientConfig, settings: Settings) => Promise<T>,
  begins = false,
): Promise<T> {
  const settings = readSettings(process.env)
  if (settings.databaseUrl === undefined && !begins && !isCluster(settings.data)) throw noData(settings)
  if (settings.databaseUrl === undefined) makeFolder(settings)
  const embedded = settings.databaseUrl === undefined ? await startEmbedded({ folder: settings.data }) : undefined
  try {
    return await work({ connectionString: settings.databaseUrl ?? embedded!.url }, settings)
  } catch (error) {
    throw wrongSetting(error, settings) ?? error
  } finally {
    if (embedded?.adopted) embedded.leave()
    else await embedded?.stop()
  }
}

/** Runs with the city's world open. */
function within<T>(work: (world: World) => Promise<T>, begins = false): Promise<T> {
  return connected(async (config, { city, namedStatements }) => {
    const world = await openWorld({ config, city, domains: Object.values(domains), named: namedStatements })
    try {
      if (await isLoading(world))
        console.error('注意：示例城市没有装完，以下只是一部分。 / Mind: the example city is not loaded to its end.')
      return await work(world)
    } finally {
      await world.close()
    }
  }, begins)
}

export function found(founding: Founding) {
  return within((world) => foundCity(world, founding, readSettings(process.env).origin), true)
}

export function invitation(person: string, clears: boolean) {
  return within((world) => inviteFromTerminal(world, person, readSettings(process.env).origin, clears))
}

export function migrations() {
  return connected(async (config, { city }) => ({
    run: await migrate(config, city, reportViews(registry(Object.values(domains)))),
  }))
}

type Importing = { as?: string | undefined; enter: boolean; submit?: boolean; lang: Language }

/** Checks or enters a file of enterprises or items; the annotated workbook is left beside it when a row was wrong or doubtful. */
export function importFile(of: 'enterprise' | 'item', path: string, { as, enter, submit = false, lang }: Importing) {
  const what = of === 'item' ? itemLibrary : enterprises
  return within(async (world) => {
    const actor = as === undefined ? system : await world.cache.actor(as, dateOf(world.around.now()))
    if (!actor) return { refused: 'no-such-person', person: as }
    if (actor !== system && !what.may(actor)) return { refused: 'not-permitted', person: as }
    const outcome = await what.run({
      world,
      actor: { ...actor, via: 'cli' },
      path,
      job: freshKey(Date.now()),
      lang,
      enter,
      submit,
      progress(done) {
        if (process.stderr.isTTY) process.stderr.write(`\r${done} 行 / rows`)
      },
    })
    if (process.stderr.isTTY) process.stderr.write('\n')
    if ('refused' in outcome) return { refused: 'sheet-refused', detail: outcome.refused }
    const { rows, counts } = outcome
    if (counts.rejected + counts.warned === 0) return { rows, ...counts, written: enter }
    const explained = `${path.replace(/\.[^./]*$/, '')}.annotated.xlsx`
    await what.annotate(path, outcome, lang, explained)
    return { rows, ...counts, written: enter, explained }
  })
}

/** Writes all items to a file, in the form that its name ends in. */
export function exportItems(path: string, { form, lang }: { form: 'xlsx' | 'json'; lang: Language }) {
  return within(async (world) => ({ items: await writeLibrary(world, system, { form, lang }, path), file: path }))
}

export function figure(id: string, { asOf, position }: { asOf?: string | undefined; position?: string | undefined }) {
  return within(async (world) => {
    const found = world.registry.figures.get(id)
    if (!found) return { refused: 'no-such-figure', id, known: [...world.registry.figures.keys()] }
    const on = cutOff(asOf, dateOf(world.around.now()))
    if (on === undefined) return { refused: 'no-such-date', field: 'as-of' }
    const at = position === undefined ? undefined : positionFrom(position)
    if (position !== undefined && (at === undefined || at > (await lastPosition(world.database, world.city))))
      return { refused: 'no-such-position', field: 'position' }
    const value = await figureValue(world.database, world.city, found, { on, position: at })
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
    if (!world.registry.kinds.has(kind)) return unknownKind(world, kind)
    const row = await findRecord(world.database, world.city, kind, id)
    if (!row) return { refused: 'not-found', kind, id }
    return { ...row, events: await historyOf(world.database, world.city, kind, id) }
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
    const found = world.registry.kinds.get(kind)
    if (!found) return unknownKind(world, kind)
    const { commands } = found.definition
    if (!Object.hasOwn(commands, name)) {
      const known = Object.keys(commands).filter((one) => !commands[one]!.inner)
      return { refused: 'unknown-command', kind, command: name, known }
    }
    const answer = await execute(
      world.around,
      { ...actor, via: 'cli' },
      { kind, name, id: given.id, input: given.input, key: given.key },
    )
    return 'refused' in answer && answer.refused === 'not-found' ? { ...answer, id: given.id } : answer
  })
}

function unknownKind({ registry }: World, kind: string) {
  return { refused: 'unknown-kind', kind, known: [...registry.kinds.keys()] }
}

export function rebuild(mend: boolean) {
  return within(async ({ database, city, registry, cache }) =>
    compareRecords(database, city, registry, await cache.law(0), { mend }),
  )
}

export function verify() {
  return within(async (world) => {
    const different = await compareFigures(
      world.database,
      world.city,
      world.registry.figures.values(),
      dateOf(world.around.now()),
    )
    const seals = await verifySeals(world.database, world.city)
    return { figures: world.registry.figures.size, different, seals }
  })
}

export function prove(position: number) {
  return within(async ({ database, city }) => (await proofOf(database, city, position)) ?? { refused: 'not-sealed' })
}
