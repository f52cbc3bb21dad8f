// The server's own doubt: again and again it works figures, records and seals out anew, without getting in anybody's way.
import type { Logger } from 'pino'
import { civil, dateOf, dayOf, type CivilDate } from '../kernel/clock/date.ts'
import { compareFigures } from '../store/compare.ts'
import { compareRecords } from '../store/rebuild.ts'
import { verifySeals } from '../store/seal.ts'
import { compareClaims } from './claim-check.ts'
import type { Metrics } from './observe.ts'
import { compareVerdicts } from './verdict-check.ts'
import type { World } from './world.ts'

export type Checked = {
  readonly figures: number
  /** Figures that differ from a full recompute, with the day if it is one that is past. */
  readonly wrongFigures: readonly string[]
  readonly records: number
  /** Records that differ from the folds of their events. */
  readonly wrongRecords: readonly string[]
  /** Enterprises that would be judged otherwise than is kept, each with the benefit. */
  readonly wrongVerdicts: readonly string[]
  /** Claims that would be decided otherwise by what they keep. */
  readonly wrongClaims: readonly string[]
  /** The first seal that no longer holds. */
  readonly brokenSeal: string | null
}

/** How many records of each kind, how many enterprises and claims, and how many sealed days, are looked at in one round; the next goes on from there. */
const PART = 500
const DAYS = 30

export type Checker = { readonly check: () => Promise<Checked | undefined>; readonly last: () => Checked | undefined }

/** `rest` is awaited between slices of work; `random` (from 0 up to 1) chooses the day of the past that every other round looks at. */
export function checker(world: World, rest: () => Promise<unknown>, random: () => number = Math.random): Checker {
  const { database, city, registry, cache, around } = world
  const reached = new Map<string, readonly [kind: string, id: string]>()
  let sealedTo = ''
  let judgedTo = 0
  let decidedTo = ''
  let rounds = 0
  let last: Checked | undefined

  /** A day since figures began: as of each of them a figure may be asked for, and must still be what it was. */
  async function somePastDay(today: CivilDate): Promise<CivilDate> {
    const { rows } = await database.query('select min(on_day) as first from rollup where city = $1', [city])
    const first = dayOf((rows[0]!['first'] as CivilDate | null) ?? today)
    return civil(first + Math.floor(random() * Math.max(1, dayOf(today) - first)))
  }

  /** Undefined while clocks are being worked out again after a change of law: dates then differ for a moment. */
  async function check(): Promise<Checked | undefined> {
    const { rows } = await database.query('select law, recomputed from city where city = $1', [city])
    const { law: version, recomputed } = rows[0] as { law: number; recomputed: number }
    if (recomputed < version) return undefined
    const law = await cache.law(version)
    const today = dateOf(around.now())
    // One day a round: today, then a day of the past, and so on in turn. Both at once would cost twice the memory.
    const on = rounds++ % 2 === 0 ? today : await somePastDay(today)
    const different = await compareFigures(database, city, registry.figures.values(), on, rest)
    const wrongRecords: string[] = []
    let records = 0
    for (const kind of registry.kinds.keys()) {
      const after = reached.get(kind) ?? ([kind, ''] as const)
      const found = await compareRecords(database, city, registry, law, { kinds: [kind], part: { after, most: PART } })
      if (found.records < PART) reached.delete(kind)
      else reached.set(kind, found.last)
      records += found.records
      wrongRecords.push(...found.differences.map((one) => `${one.kind}/${one.id} ${one.what}`))
      await rest()
    }
    const judged = await compareVerdicts(world, { from: judgedTo, most: PART })
    judgedTo = judged.next ?? 0
    await rest()
    const decided = await compareClaims(world, { after: decidedTo, most: PART })
    decidedTo = decided.next
    await rest()
    const seals = await verifySeals(database, city, { part: { after: sealedTo, most: DAYS }, rest })
    sealedTo = seals.fault === null && seals.days === DAYS ? seals.lastDay : ''
    const { fault } = seals
    return (last = {
      figures: registry.figures.size,
      wrongFigures: different.map(({ id }) => (on === today ? id : `${id} ${on}`)),
      records,
      wrongRecords,
      wrongVerdicts: judged.different.map(({ enterprise, benefit }) => `${enterprise} ${benefit}`.trim()),
      wrongClaims: decided.different,
      brokenSeal: fault === null ? null : `${fault.day} ${fault.what} ${fault.position ?? ''}`.trim(),
    })
  }
  return { check, last: () => last }
}

/** Says in the log what came of a round, and keeps it where it is measured. */
export function observed(checks: Checker, metrics: Metrics, log: Logger): () => Promise<void> {
  const gauge = (name: string, help: string, read: (checked: Checked) => number) =>
    metrics.gauge(`liangjian_check_${name}`, help, () => {
      const checked = checks.last()
      return checked ? read(checked) : 0
    })
  let at = 0
  gauge('figures_wrong', 'Figures that differed from a full recompute.', (one) => one.wrongFigures.length)
  gauge('records_wrong', 'Records that differed from their events.', (one) => one.wrongRecords.length)
  gauge('verdicts_wrong', 'Verdicts that differed from judging anew.', (one) => one.wrongVerdicts.length)
  gauge('claims_wrong', 'Claims that would be decided otherwise by what they keep.', (one) => one.wrongClaims.length)
  gauge('seals_broken', 'Whether a sealed day is no longer as it was.', (one) => Number(one.brokenSeal !== null))
  metrics.gauge('liangjian_check_last_seconds', 'When the last round ended.', () => at)
  return async () => {
    const began = performance.now()
    const checked = await checks.check()
    if (!checked) return
    at = Math.round(Date.now() / 1000)
    const wrong = [...checked.wrongFigures, ...checked.wrongRecords, ...checked.wrongVerdicts, ...checked.wrongClaims]
    const good = wrong.length === 0 && checked.brokenSeal === null
    log[good ? 'info' : 'error']({ ...checked, ms: Math.round(performance.now() - began) }, 'checked the ledger')
  }
}
