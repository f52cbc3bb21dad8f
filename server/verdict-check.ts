// Whether who is kept as entitled is who would be judged so: enterprise by enterprise, by what the rules mean, at one moment of the ledger.
import { asFacts, editionOn, knownOn, readRule, rowsIn, type Benefit } from '../domains/policies/index.ts'
import { judge } from '../kernel/rules/judge.ts'
import { BLOCK, findMark, hasBitIn, listBlocks, listGiven } from '../store/verdict.ts'
import { firmsSql, type Firm } from './city-part.ts'
import type { Reading } from './world.ts'

export type Compared = {
  readonly firms: number
  /** The next one to be looked at, by its number; null at the end. */
  readonly next: number | null
  /** What is kept, and what it should be. */
  readonly different: readonly {
    readonly enterprise: string
    readonly benefit: string
    readonly told: string
    readonly judged: string
  }[]
}

/**
 * Compares the next so many enterprises from this number on. What has changed since the ledger was last read for verdicts is left out: it
 * is judged when it is read.
 */
export function compareVerdicts(
  { database, city }: Reading,
  { from = 0, most = 500 }: { readonly from?: number; readonly most?: number } = {},
): Promise<Compared> {
  return database.transaction(async (query) => {
    await query('set transaction isolation level repeatable read read only')
    const mark = await findMark({ query }, city)
    if (mark === undefined) return { firms: 0, next: null, different: [] }
    const { rows: later } = await query(
      `select distinct kind, record from event where city = $1 and position > $2
       and kind in ('enterprise', 'profile', 'dictionary', 'benefit')`,
      [city, mark.position],
    )
    const changed = new Set(later.map(({ record }) => record as string))
    if (later.some(({ kind }) => kind === 'dictionary' || kind === 'benefit'))
      return { firms: 0, next: from, different: [] }
    const { rows: known } = await query(
      `select n, id, listed from verdict_firm where city = $1 and n >= $2 order by n limit $3`,
      [city, from, most],
    )
    const numbered = known as unknown as readonly { n: number; id: string; listed: boolean }[]
    const { rows: found } = await query(`${firmsSql} and r.id = any ($2)`, [city, numbered.map(({ id }) => id)])
    const firms = new Map((found as unknown as readonly Firm[]).map((one) => [one.id, one]))
    const { rows: states } = await query(
      `select kind, id, phase, state from record where city = $1 and kind in ('dictionary', 'benefit')`,
      [city],
    )
    const all = states as unknown as readonly { kind: string; id: string; phase: string; state: never }[]
    const dictionary = all.find(({ kind }) => kind === 'dictionary')
    const rows = rowsIn(dictionary && { version: 1, ...dictionary })
    const given = all.flatMap(({ kind, id, phase, state }) => {
      const edition = kind === 'benefit' && phase === 'standing' ? editionOn(state as Benefit, mark.day) : undefined
      return edition ? [{ id, number: edition.number, rule: readRule(edition.content.rule, rows) }] : []
    })
    const different: Compared['different'][number][] = []
    const kept = await listGiven({ query }, city)
    for (const id of new Set([...kept.keys(), ...given.map((one) => one.id)])) {
      const [told, judged] = [kept.get(id), given.find((one) => one.id === id)?.number]
      if (told !== judged) different.push({ enterprise: '', benefit: id, told: `${told}`, judged: `${judged}` })
    }
    const wanted = [...new Set(numbered.map(({ n }) => Math.floor(n / BLOCK)))]
    const blocks = new Map(
      (await listBlocks({ query }, city, wanted)).map((one) => [`${one.benefit} ${one.block}`, one]),
    )
    for (const { n, id } of numbered) {
      if (changed.has(id)) continue
      const firm = firms.get(id)
      const facts = firm && asFacts(knownOn(rows, firm.state, firm.profile ?? undefined, mark.day))
      for (const one of given) {
        const judged = facts === undefined ? 'false' : judge(one.rule, facts).verdict
        const block = blocks.get(`${one.id} ${Math.floor(n / BLOCK)}`)
        const told = toldIn(block, n % BLOCK)
        if (told !== judged) different.push({ enterprise: id, benefit: one.id, told, judged })
      }
    }
    return { firms: numbered.length, next: numbered.length < most ? null : numbered.at(-1)!.n + 1, different }
  })
}

function toldIn(block: { readonly isTrue: Uint8Array; readonly mayBe: Uint8Array } | undefined, n: number) {
  if (block === undefined) return 'false'
  return hasBitIn(block.isTrue, n) ? 'true' : hasBitIn(block.mayBe, n) ? 'unknown' : 'false'
}
