// Tells enterprises what they are entitled to: what is kept of verdicts says where to look, each record decides what is told.
import { ENDING } from '../domains/policies/index.ts'
import { system } from '../kernel/access.ts'
import { addDays, dateOf, type CivilDate } from '../kernel/clock/date.ts'
import { isOpenAt } from '../kernel/clock/hours.ts'
import { executeAll, type Command } from '../kernel/door.ts'
import { findBits, hasBitIn, listClaimed, type Mark } from '../store/verdict.ts'
import { givenOn } from './entitlement.ts'
import type { World } from './world.ts'

type Given = Awaited<ReturnType<typeof givenOn>>

/** Enterprises at a time. */
const BATCH = 50

/**
 * One for a server. Each call tells what is to be told while offices are open, so that nobody is woken by a message, and says how many
 * enterprises were told something. Whoever turned out to have nothing to hear is left alone until the day is over.
 */
export function teller(world: World): () => Promise<number> {
  const { database, city, around } = world
  let idle: { readonly day: CivilDate; readonly of: Set<string> } | undefined
  let last: Mark | undefined
  return tell

  async function tell(): Promise<number> {
    const { calendar } = await world.cache.law(0)
    if (!isOpenAt(calendar, around.now())) return 0
    const day = dateOf(around.now())
    const given = await givenOn(world, day)
    // Where nothing is given there may still be something to take back.
    if (given.length === 0 && (await saidOf()).size === 0) return 0
    const mark = await world.verdicts.fresh()
    if (mark.day === last?.day && mark.round === last.round) return 0
    if (idle?.day !== day) idle = { day, of: new Set() }
    const quiet = idle.of
    const wanted = [...(await toLookAt(given, day))].filter(([firm, benefits]) => !quiet.has(keyOf(firm, benefits)))
    let [told, isDone] = [0, true]
    for (let at = 0; at < wanted.length; at += BATCH) {
      const batch = wanted.slice(at, at + BATCH)
      const commands = batch.map(([enterprise, benefits]): Command => ({
        kind: 'outreach',
        id: enterprise,
        name: 'tell',
        input: { enterprise, benefits: [...benefits] },
      }))
      const answers = await executeAll(around, system, commands)
      for (const [place, answer] of answers.entries())
        if ('done' in answer) told += 1
        else if (answer.refused === 'busy') isDone = false
        else quiet.add(keyOf(...batch[place]!))
    }
    if (isDone) last = mark
    return told
  }

  /** By enterprise the benefits of which it may have to be told something. */
  async function toLookAt(given: Given, day: CivilDate): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const [said, numbers] = await Promise.all([saidOf(), numbersOf()])
    const found = new Map<string, Set<string>>()
    const add = (firm: string, benefit: string) => found.set(firm, (found.get(firm) ?? new Set()).add(benefit))
    for (const { id, edition } of given) {
      const { recurrence, to, mode } = edition.content
      const year = recurrence === 'yearly' ? day.slice(0, 4) : undefined
      const { isTrue } = await findBits(database, city, id)
      const known = said.get(id) ?? []
      const done = new Set(await listClaimed(database, city, id, year))
      const open = new Set<number>()
      const isEnding = mode !== 'elsewhere' && to <= addDays(day, ENDING)
      for (const { n, firm, period, isOpen, isReminded } of known) {
        if (period !== (year ?? '')) {
          if (isOpen) add(firm, id)
        } else if (!isOpen) done.add(n)
        else if (!hasBitIn(isTrue, n)) add(firm, id)
        else {
          open.add(n)
          if (isEnding && !isReminded && !done.has(n)) add(firm, id)
        }
      }
      for (const n of bitsIn(isTrue)) if (!open.has(n) && !done.has(n)) add(numbers.get(n)!, id)
    }
    for (const [benefit, known] of said)
      if (!given.some(({ id }) => id === benefit)) for (const one of known) if (one.isOpen) add(one.firm, benefit)
    return found
  }

  type Said = {
    readonly n: number
    readonly firm: string
    readonly period: string
    readonly isOpen: boolean
    readonly isReminded: boolean
  }

  /** By benefit what has been told of it and stands, or has been answered. */
  async function saidOf(): Promise<ReadonlyMap<string, readonly Said[]>> {
    const { rows } = await database.query(
      `select f.n, r.id as firm, i->>'benefit' as benefit, i->>'period' as period,
         not i ? 'claimed' as "isOpen", i ? 'reminded' as "isReminded"
       from record r join verdict_firm f on f.city = r.city and f.id = r.id, jsonb_array_elements(r.state->'items') i
       where r.city = $1 and r.kind = 'outreach' and not i ? 'ended'`,
      [city],
    )
    return Map.groupBy(rows as unknown as readonly (Said & { readonly benefit: string })[], ({ benefit }) => benefit)
  }

  async function numbersOf(): Promise<ReadonlyMap<number, string>> {
    const { rows } = await database.query('select n, id from verdict_firm where city = $1 and listed', [city])
    return new Map(rows.map(({ n, id }) => [n as number, id as string]))
  }
}

const keyOf = (firm: string, benefits: ReadonlySet<string>) => [firm, ...benefits].join(' ')

function* bitsIn(bits: Uint8Array): Generator<number> {
  for (let at = 0; at < bits.length; at++)
    for (let byte = bits[at]!; byte !== 0; byte &= byte - 1) yield at * 8 + 31 - Math.clz32(byte & -byte)
}
