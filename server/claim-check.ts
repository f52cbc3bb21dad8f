// Whether what was decided still comes out the same: each claim judged again by the edition and the values that it keeps.
import { byDictionary, decidedAgain, rowsIn, type Benefit, type Claim } from '../domains/policies/index.ts'
import type { World } from './world.ts'

export type Redecided = {
  readonly claims: number
  /** The id after which the next round goes on; empty at the end. */
  readonly next: string
  /** Claims that would be decided otherwise. */
  readonly different: readonly string[]
}

/** The next so many claims by their ids. */
export async function compareClaims(
  { database, city, around }: World,
  { after, most }: { readonly after: string; readonly most: number },
): Promise<Redecided> {
  const { rows: found } = await database.query(
    `select id, state from record where city = $1 and kind = 'claim' and id > $2 order by id limit $3`,
    [city, after, most],
  )
  const claims = found as unknown as readonly { id: string; state: Exclude<Claim, { phase: 'none' }> }[]
  const benefits = [...new Set(claims.map(({ state }) => state.benefit))].map((id) => ({ kind: 'benefit', id }))
  const { records } = await around.store.load([], [byDictionary.dictionary, ...benefits])
  const rows = rowsIn(records.find(({ kind }) => kind === 'dictionary'))
  const different = claims.filter(({ state }) => {
    const of = records.find(({ kind, id }) => kind === 'benefit' && id === state.benefit)?.state as Benefit | undefined
    return of === undefined || !decidedAgain(state, of, rows)
  })
  return {
    claims: claims.length,
    next: claims.length < most ? '' : claims.at(-1)!.id,
    different: different.map(({ id }) => id),
  }
}
