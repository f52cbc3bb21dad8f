// Looks again at claims whose enterprise has had something said of it since: where what they were decided by was corrected, the claim says so.
import { DOUBTABLE, doubtOf, readsOf, stirredBy, type Claim } from '../domains/policies/index.ts'
import { system } from '../kernel/access.ts'
import { executeAll, type Command } from '../kernel/door.ts'
import type { Ref } from '../kernel/record.ts'
import { settledPosition } from '../store/tally.ts'
import type { Reading } from './world.ts'

/** Claims at a time. */
const PART = 200
/** Events that say something of an enterprise. */
const SAID = `e.kind in ('enterprise', 'profile') and e.type = 'observed'`

type Row = { readonly id: string; readonly state: Exclude<Claim, { phase: 'none' }> }

/** One for a server. Each call looks at what was said since the last, the first at all; and says of how many claims it changed something. */
export function doubter({ database, city, around }: Reading): () => Promise<number> {
  let from: number | undefined
  return async () => {
    const settled = await settledPosition(database, city)
    if (settled === undefined || settled === from) return 0
    const firms = from === undefined ? undefined : await saidOf(from)
    let [stirred, isDone] = [0, true]
    if (firms === undefined || firms.length > 0)
      for (let after = ''; ;) {
        const claims = await claimsAfter(after, firms)
        for (const answer of await executeAll(around, system, await commandsFor(claims)))
          if ('done' in answer) stirred += 1
          else if (answer.refused === 'busy') isDone = false
        if (claims.length < PART) break
        after = claims.at(-1)!.id
      }
    // What was not to be had is looked at again.
    if (isDone) from = settled
    return stirred
  }

  async function saidOf(position: number): Promise<readonly string[]> {
    const { rows } = await database.query(
      `select distinct e.record from event e where e.city = $1 and e.position > $2 and ${SAID}`,
      [city, position],
    )
    return rows.map(({ record }) => `enterprise:${record as string}`)
  }

  /** Those of these enterprises, or of any, of which something was said after the claim was entered. */
  async function claimsAfter(id: string, firms: readonly string[] | undefined): Promise<readonly Row[]> {
    const { rows } = await database.query(
      `select r.id, r.state from record r where r.city = $1 and r.kind = 'claim' and r.id > $2
         and r.phase = any ($5)
         and ($3::text[] is null or r.id in (select p.id from party p where p.city = $1 and p.kind = 'claim' and p.who = any ($3)))
         and exists (select from event e where e.city = $1 and e.record = r.state->>'enterprise' and ${SAID} and e.at > r.created)
       order by r.id limit $4`,
      [city, id, firms ?? null, PART, DOUBTABLE],
    )
    return rows as unknown as readonly Row[]
  }

  /** What is kept says where to look, the record looks again. */
  async function commandsFor(claims: readonly Row[]): Promise<Command[]> {
    const wanted = claims.map(({ id, state }) => ({ id, state, reads: Object.entries(readsOf(state)) }))
    const refs = new Map(wanted.flatMap(({ reads }) => reads.map(([, ref]) => [keyOf(ref), ref])))
    const { records } = await around.store.load([], [...refs.values()])
    const loaded = new Map(records.map((one) => [keyOf(one), one]))
    return wanted.flatMap(({ id, state, reads }): Command[] => {
      const doubt = doubtOf(state, Object.fromEntries(reads.map(([name, ref]) => [name, loaded.get(keyOf(ref))])))
      return stirredBy(state, doubt) ? [{ kind: 'claim', id, name: 'doubt', input: {} }] : []
    })
  }
}

const keyOf = ({ kind, id }: Ref) => `${kind} ${id}`
