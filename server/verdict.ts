// Follows the ledger with who is entitled to what: what has changed since it was last read is judged again, and kept with how far that is.
import { asFacts, knownOn, readRule, turnsOn, type FactRow } from '../domains/policies/index.ts'
import { dateOf, type CivilDate } from '../kernel/clock/date.ts'
import { hasBit } from '../kernel/rules/column.ts'
import { exactAnswers } from '../kernel/rules/exact.ts'
import type { Expression } from '../kernel/rules/expression.ts'
import { judge } from '../kernel/rules/judge.ts'
import { match, matcherOf } from '../kernel/rules/match.ts'
import { settledPosition } from '../store/tally.ts'
import {
  BLOCK,
  blockOf,
  emptyBits,
  findMark,
  hasBitIn,
  listBlocks,
  listGiven,
  listNumbered,
  listTurned,
  nextNumber,
  setBitIn,
  writeVerdicts,
  type Bits,
  type Block,
  type Mark,
  type Numbered,
} from '../store/verdict.ts'
import { dictionaryOf, firmsOf, type Cities, type City } from './city.ts'
import { givenOn } from './entitlement.ts'
import type { Reading } from './world.ts'

/** More enterprises than these are judged by columns, all of them at once. */
const MANY = 4000
/** When nothing has changed, how far the mark may lie behind the ledger before it is set anew: so much is looked through each time. */
const BEHIND = 20_000

export type Verdicts = {
  /** Brings what is kept up to the ledger and the day as they are now. */
  fresh(): Promise<Mark>
  /** Works everything out anew, whatever is kept; what differs is written. */
  anew(): Promise<Mark>
}

/** A benefit that is given, by its edition. */
type Given = { readonly benefit: string; readonly edition: number; readonly rule: Expression }

/** What is to be written; undefined where nothing has changed. */
type Found = Pick<Parameters<typeof writeVerdicts>[2], 'firms' | 'blocks' | 'given' | 'ended'>

/** One for a server. */
export function verdicts(world: Reading, all: Cities): Verdicts {
  const { database, city, around } = world
  const numbers = numbering(world)
  const rules = rulesOf(world)
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work)
    last = mine
    return mine
  }
  return { fresh: () => inTurn(() => follow(false)), anew: () => inTurn(() => follow(true)) }

  async function follow(anew: boolean): Promise<Mark> {
    for (;;) {
      const day = dateOf(around.now())
      const from = await findMark(database, city)
      const position = (await settledPosition(database, city)) ?? from?.position ?? 0
      const { found, isIdle } = await changes(from, day, anew)
      if (from && isIdle && day === from.day && position - from.position < BEHIND) return from
      // Of two that follow the ledger at once the second begins anew.
      if (await writeVerdicts(database, city, { ...found, mark: { position, day }, from })) {
        numbers.keep(found.firms)
        return (await findMark(database, city))!
      }
      numbers.forget()
    }
  }

  async function changes(
    from: Mark | undefined,
    day: CivilDate,
    anew: boolean,
  ): Promise<{ found: Found; isIdle: boolean }> {
    if (from === undefined || from.day > day || anew) return { found: await whole(day), isIdle: false }
    const { rows } = await database.query(
      `select distinct kind, record from event where city = $1 and position > $2
       and kind in ('enterprise', 'profile', 'dictionary', 'benefit')`,
      [city, from.position],
    )
    const changed = rows as unknown as readonly { kind: string; record: string }[]
    if (changed.length === 0 && day === from.day) return { found: nothing, isIdle: true }
    const turned = day === from.day ? [] : await listTurned(database, city, day)
    const of = changed.flatMap(({ kind, record }) => (kind === 'enterprise' || kind === 'profile' ? [record] : []))
    const firms = [...new Set([...of, ...turned])]
    if (changed.some(({ kind }) => kind === 'dictionary') || firms.length > MANY)
      return { found: await whole(day), isIdle: false }
    const [given, kept] = await Promise.all([rules.on(day), listGiven(database, city)])
    const same = given.filter(({ benefit, edition }) => kept.get(benefit) === edition)
    const began = given.filter(({ benefit, edition }) => kept.get(benefit) !== edition)
    const ended = [...kept.keys()].filter((benefit) => !given.some((one) => one.benefit === benefit))
    const again = await judgedAgain(firms, same, day)
    const matched = began.length === 0 ? { firms: [], blocks: [] } : await matchedAll(began)
    return {
      found: {
        firms: [...new Map([...matched.firms, ...again.firms].map((one) => [one.n, one])).values()],
        blocks: [...again.blocks, ...matched.blocks],
        given: began,
        ended,
      },
      isIdle: false,
    }
  }

  /** A few enterprises, one after the other, by the benefits that are given as before. */
  async function judgedAgain(ids: readonly string[], given: readonly Given[], day: CivilDate) {
    if (ids.length === 0) return { firms: [], blocks: [] }
    const [rows, states, known] = await Promise.all([
      dictionaryOf(world),
      firmsOf(world, ids),
      listNumbered(database, city, ids),
    ])
    const numberOf = await numbers.of(states.map(({ id }) => id))
    const listed = new Set(states.map(({ id }) => id))
    const firms = [
      ...states.map(({ id, title, state, profile }): Numbered => ({
        n: numberOf(id),
        id,
        title,
        listed: true,
        turns: turnsOn(rows, state, profile ?? undefined, day) ?? null,
      })),
      ...known.filter(({ id }) => !listed.has(id)).map((one): Numbered => ({ ...one, listed: false, turns: null })),
    ]
    const kept = await blocksOf(new Set(firms.map(({ n }) => Math.floor(n / BLOCK))))
    const changed = new Map<string, Block>()
    const facts = new Map(
      states.map(({ id, state, profile }) => [id, asFacts(knownOn(rows, state, profile ?? undefined, day))]),
    )
    for (const { n, id } of firms)
      for (const { benefit, rule } of given) {
        const of = facts.get(id)
        const verdict = of === undefined ? 'false' : judge(rule, of).verdict
        const block = kept(benefit, Math.floor(n / BLOCK))
        if (turn(block, n % BLOCK, verdict)) changed.set(`${benefit} ${block.block}`, block)
      }
    return { firms, blocks: [...changed.values()] }
  }

  async function blocksOf(blocks: ReadonlySet<number>) {
    const found = new Map(
      (await listBlocks(database, city, [...blocks])).map((one) => [`${one.benefit} ${one.block}`, one]),
    )
    return (benefit: string, block: number): Block => {
      const key = `${benefit} ${block}`
      const one = found.get(key) ?? { benefit, block, ...emptyBits(1) }
      found.set(key, one)
      return one
    }
  }

  /** Benefits by columns, for all enterprises at once: every block of theirs. */
  async function matchedAll(
    given: readonly Given[],
  ): Promise<{ firms: readonly Numbered[]; blocks: readonly Block[] }> {
    const held = await all.fresh()
    const numberOf = await numbers.of(held.names.map(({ id }) => id))
    const places = Int32Array.from(held.names, ({ id }) => numberOf(id))
    const size = await numbers.size()
    const bits = await bitsOf(held, given, places, size)
    const blocks = given.flatMap(({ benefit }, at) =>
      Array.from({ length: Math.ceil(size / BLOCK) }, (_, block) => blockOf(benefit, block, bits[at]!)),
    )
    return { firms: numbers.fresh(held), blocks }
  }

  async function whole(day: CivilDate): Promise<Found> {
    const given = await rules.on(day)
    const [kept, known, before] = await Promise.all([
      listGiven(database, city),
      listNumbered(database, city),
      listBlocks(database, city),
    ])
    // A city that gives no benefit need not be read.
    if (given.length === 0) return { ...nothing, ended: [...kept.keys()] }
    const { blocks } = await matchedAll(given)
    const held = await all.fresh()
    const numberOf = await numbers.of(held.names.map(({ id }) => id))
    const was = new Map(known.map((one) => [one.id, one]))
    const firms = held.names.flatMap(({ id, title }, row): Numbered[] => {
      const one = { n: numberOf(id), id, title, listed: true, turns: held.turns[row]! || null }
      const old = was.get(id)
      return old?.listed && old.title === title && old.turns === one.turns ? [] : [one]
    })
    const left = known.filter(({ id, listed }) => listed && !held.places.has(id))
    const same = new Map(before.map((one) => [`${one.benefit} ${one.block}`, one]))
    return {
      firms: [...firms, ...left.map((one) => ({ ...one, listed: false, turns: null }))],
      blocks: blocks.filter((one) => !isSame(one, same.get(`${one.benefit} ${one.block}`))),
      given: given.filter(({ benefit, edition }) => kept.get(benefit) !== edition),
      ended: [...kept.keys()].filter((benefit) => !given.some((one) => one.benefit === benefit)),
    }
  }
}

const nothing: Found = { firms: [], blocks: [], given: [], ended: [] }

/** Sets both bits; whether that changed one of them. */
function turn({ isTrue, mayBe }: Bits, n: number, verdict: 'true' | 'false' | 'unknown'): boolean {
  const now = [verdict === 'true', verdict !== 'false'] as const
  if (hasBitIn(isTrue, n) === now[0] && hasBitIn(mayBe, n) === now[1]) return false
  setBitIn(isTrue, n, now[0])
  setBitIn(mayBe, n, now[1])
  return true
}

const isSame = (one: Bits, other: Bits | undefined) =>
  other !== undefined && Buffer.compare(one.isTrue, other.isTrue) === 0 && Buffer.compare(one.mayBe, other.mayBe) === 0

/** Rules over all rows, their bits in the places of the enterprises. Others have their turn between two rules. */
async function bitsOf(
  { table }: City,
  given: readonly Given[],
  places: Int32Array,
  size: number,
): Promise<readonly Bits[]> {
  const matcher = matcherOf(
    table,
    given.map(({ rule }) => rule),
  )
  match(matcher)
  const all: Bits[] = []
  for (const at of given.keys()) {
    const answers = exactAnswers(matcher, at)
    const bits = emptyBits(size)
    for (let row = 0; row < places.length; row++) {
      if (!hasBit(answers.mayBe, row)) continue
      setBitIn(bits.mayBe, places[row]!, true)
      if (hasBit(answers.isTrue, row)) setBitIn(bits.isTrue, places[row]!, true)
    }
    all.push(bits)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return all
}

/** The benefits that are given on a day, each rule read once for a dictionary. */
function rulesOf(world: Reading) {
  let read: { readonly of: string; readonly rules: Map<string, Expression> } = { of: '', rules: new Map() }
  const ruleOf = (text: string, rows: readonly FactRow[]) => {
    const known = read.rules.get(text) ?? readRule(text, rows)
    read.rules.set(text, known)
    return known
  }
  return {
    async on(day: CivilDate): Promise<readonly Given[]> {
      const rows = await dictionaryOf(world)
      const of = JSON.stringify(rows.map(({ name }) => name))
      if (read.of !== of) read = { of, rules: new Map() }
      return (await givenOn(world, day)).map(({ id, edition: { number, content } }) => ({
        benefit: id,
        edition: number,
        rule: ruleOf(content.rule, rows),
      }))
    },
  }
}

/** The numbers of enterprises, which never change: kept here, so that they are not asked for each time. */
function numbering({ database, city }: Reading) {
  const known = new Map<string, number>()
  const given = new Map<string, number>()
  let next: number | undefined
  return {
    async of(ids: readonly string[]): Promise<(id: string) => number> {
      const unknown = ids.filter((id) => !known.has(id) && !given.has(id))
      if (unknown.length > 0) {
        for (const { id, n } of await listNumbered(database, city, unknown)) known.set(id, n)
        next ??= await nextNumber(database, city)
        for (const id of unknown) if (!known.has(id)) given.set(id, next++)
      }
      return (id) => known.get(id) ?? given.get(id)!
    },
    async size(): Promise<number> {
      return (next ??= await nextNumber(database, city))
    },
    /** Those of the city that were given their number just now. */
    fresh: ({ names, turns }: City): readonly Numbered[] =>
      names.flatMap(({ id, title }, row) =>
        given.has(id) ? [{ n: given.get(id)!, id, title, listed: true, turns: turns[row]! || null }] : [],
      ),
    /** What was written is known. */
    keep(firms: readonly Numbered[]) {
      for (const { id, n } of firms) {
        known.set(id, n)
        given.delete(id)
      }
    },
    /** Somebody else has given numbers. */
    forget() {
      known.clear()
      given.clear()
      next = undefined
    },
  }
}
