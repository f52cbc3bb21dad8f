// Who may do and see what, as one predicate: posts in force, subjects represented, confidentiality.
import type { Index } from './record.ts'
import type { CivilDate } from './clock/date.ts'

/** A post in force: a role held in a unit, with the units below it already resolved. */
export type Post = {
  readonly role: string
  readonly unit: string
  /** The unit of its jurisdiction (its own, unless another was named) and every unit below that. */
  readonly below: readonly string[]
  /** Its jurisdiction is the top of the tree: it then also covers what no unit owns yet. */
  readonly whole?: boolean
  readonly clearance: number
}

export type Actor = {
  readonly id: string
  readonly name: string
  readonly posts: readonly Post[]
  /** Whom the actor speaks for: `person:…` for himself, `enterprise:…` for each mandate in force. */
  readonly subjects: readonly string[]
  /** Hash of the secret that the actor brought for one record. */
  readonly token?: string | undefined
  readonly system?: boolean
  readonly via?: string
  /** The version of units, posts and mandates under which it was put together. */
  readonly access?: number
}

export const nobody: Actor = { id: 'anonymous', name: '', posts: [], subjects: [] }
export const system: Actor = { id: '@system', name: '', posts: [], subjects: [], system: true, via: 'system' }

/**
 * How far a role reaches: `unit` records that its unit owes; `involved` also those in which its unit has a part;
 * `subtree` the same for all units below; `city` all. The relations `subject` (speaks for a party), `token` (bears the
 * record's secret), `public` (anyone) and `system` reach by themselves.
 */
export type Scope = 'unit' | 'involved' | 'subtree' | 'city'

/** Role → scope; a relation is granted with `'always'`. */
export type Grant = Readonly<Record<string, Scope | 'always'>>

/** One way in; an actor sees a record if any branch admits it. `level` is the highest confidentiality it admits. */
export type Branch =
  | { readonly by: 'all'; readonly level: number }
  | { readonly by: 'unit'; readonly units: readonly string[]; readonly level: number }
  | { readonly by: 'party'; readonly who: readonly string[]; readonly level: number }
  | { readonly by: 'token'; readonly hash: string; readonly level: number }

const RELATIONS = new Set<string>(['subject', 'token', 'public', 'system'])
const ANY_LEVEL = 9

/** The actor's ways in under a grant: compiled to SQL by the store, evaluated by `admits` here, and the same in both. */
export function visible(grant: Grant, actor: Actor): readonly Branch[] {
  if (actor.system) return [{ by: 'all', level: ANY_LEVEL }]
  const branches: Branch[] = []
  if (grant['public']) branches.push({ by: 'all', level: 0 })
  if (grant['subject'] && actor.subjects.length > 0)
    branches.push({ by: 'party', who: actor.subjects, level: ANY_LEVEL })
  if (grant['token'] && actor.token !== undefined) branches.push({ by: 'token', hash: actor.token, level: ANY_LEVEL })
  for (const post of actor.posts) {
    const scope = RELATIONS.has(post.role) ? undefined : grant[post.role]
    if (scope === undefined || scope === 'always') continue
    branches.push(...reach(scope, post))
  }
  return merge(branches)
}

/** Whether any branch admits the record: the same answer as the SQL made from the same branches. */
export function admits(branches: readonly Branch[], index: Index): boolean {
  const level = index.level ?? 1
  return branches.some((branch) => {
    if (level > branch.level) return false
    switch (branch.by) {
      case 'all':
        return true
      case 'unit':
        return index.unit !== undefined && branch.units.includes(index.unit)
      case 'party':
        return (index.parties ?? []).some((party) => branch.who.includes(party))
      case 'token':
        return index.token === branch.hash
    }
  })
}

/** Whether the actor may act at all under a grant: on a record that exists, or (index absent) in opening a new one. */
export function may(grant: Grant, actor: Actor, index?: Index): boolean {
  if (index) return admits(visible(grant, actor), index) || (grant['public'] !== undefined && (index.level ?? 1) === 0)
  if (actor.system || grant['public']) return true
  if (grant['subject'] && actor.subjects.length > 0) return true
  return actor.posts.some((post) => !RELATIONS.has(post.role) && grant[post.role] !== undefined)
}

/** Where messages reach the actor: himself, those for whom he speaks, his units, and his roles in all units they cover. */
export function addressesOf(actor: Actor): readonly string[] {
  const posts = actor.posts.flatMap(({ role, unit, below, whole }) => [
    `unit:${unit}`,
    ...below.map((one) => `${role}@${one}`),
    ...(whole ? [`${role}@`] : []),
  ])
  return [...new Set([...actor.subjects, ...posts])]
}

/** Posts in force on a day, from conferrals with terms. */
export function inForce(
  term: { readonly from: CivilDate; readonly to?: CivilDate | undefined },
  on: CivilDate,
): boolean {
  return term.from <= on && (term.to === undefined || on <= term.to)
}

function reach(scope: Scope, post: Post): Branch[] {
  const level = post.clearance
  const involved = (units: readonly string[]): Branch[] => [
    { by: 'unit', units, level },
    { by: 'party', who: units.map((unit) => `unit:${unit}`), level },
  ]
  switch (scope) {
    case 'unit':
      return [{ by: 'unit', units: [post.unit], level }]
    case 'involved':
      return involved([post.unit])
    case 'subtree':
      return post.whole ? [{ by: 'all', level }] : involved(post.below)
    case 'city':
      return [{ by: 'all', level }]
  }
}

/** Fewer branches make simpler SQL: one `all` at the highest level swallows whatever it covers. */
function merge(branches: readonly Branch[]): readonly Branch[] {
  const all = Math.max(-1, ...branches.filter((branch) => branch.by === 'all').map((branch) => branch.level))
  const rest = branches.filter((branch) => branch.by !== 'all' && branch.level > all)
  const seen = new Set<string>()
  const distinct = rest.filter((branch) => {
    const key = JSON.stringify(branch)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  return all >= 0 ? [{ by: 'all', level: all }, ...distinct] : distinct
}
