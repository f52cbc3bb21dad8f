// Figures at a million appeals: from what is folded and what came since, against the same counted from every entry in SQL.
import { execute } from '../kernel/door.ts'
import { dateOf } from '../kernel/clock/date.ts'
import type { Figure } from '../kernel/tally/figure.ts'
import type { World } from '../server/world.ts'
import { figureValue } from '../store/tally.ts'
import { lifeOf } from './case.ts'
import { CITY, server } from './fill.ts'
import { inTurn, type Comparison } from './measure.ts'

const APPEALS = 1_000_000
/** Cases that are raised and answered after the last fold, so that something fresh is in every figure. */
const FRESH = 200
const ROUNDS = 5
const FIGURES = ['F01', 'appeal-raised', 'appeal-answered-in-time-rate', 'appeal-satisfied-rate'] as const

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const postgres = await server(say)
  try {
    const world = await (await postgres.filled(APPEALS)).open()
    try {
      say(`${FRESH} fresh cases that nobody has folded`)
      await live(world)
      const compared: Comparison[] = []
      for (const id of FIGURES) compared.push(await compare(world, world.registry.figures.get(id)!))
      return compared
    } finally {
      await world.close()
    }
  } finally {
    await postgres.close()
  }
}

/** Cases from the first word to the confirmation, given by the people whose work it is. */
async function live({ database, cache, around }: World): Promise<void> {
  await cache.refresh()
  const { rows } = await database.query(`select id from record where city = $1 and kind = 'enterprise' limit 50`, [
    CITY,
  ])
  const today = dateOf(around.now())
  for (let n = 0; n < FRESH; n++) {
    let id: string | undefined
    for (const { by, name, input } of lifeOf(n, rows[n % rows.length]!['id'] as string).filter(
      ({ by }) => by !== 'appellant',
    )) {
      const answer = await execute(around, (await cache.actor(by, today))!, { kind: 'appeal', name, id, input })
      if ('refused' in answer) throw new Error(`${name} was refused: ${JSON.stringify(answer)}`)
      id = answer.done.id
    }
  }
}

async function compare({ database, around }: World, figure: Figure): Promise<Comparison> {
  const on = dateOf(around.now())
  // As of the last position there is, every entry is read: the same figure without any roll-up.
  const { rows } = await database.query('select max(position) as position from event where city = $1', [CITY])
  const position = rows[0]!['position'] as number
  const ours = () => figureValue(database, CITY, figure, { on })
  const other = () => figureValue(database, CITY, figure, { on, position })
  const taken = await inTurn(ROUNDS, ours, other)
  return {
    name: `figure ${figure.id} at ${APPEALS} appeals, against every entry counted`,
    ours: taken.ours * 1000,
    other: taken.other * 1000,
    ratio: taken.other / taken.ours,
    unit: 'ms',
    agrees: JSON.stringify(await ours()) === JSON.stringify(await other()),
  }
}

export const bench = { says: 'figures from the roll-up and what came since, against every entry counted', run }
