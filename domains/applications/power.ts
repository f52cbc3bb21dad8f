// A chief representative (首席事务代表) does in the hall what his unit has empowered him to, and nothing beyond it.
import type { Actor } from '../../kernel/access.ts'
import { refuse, stateOf, type Context, type Ref } from '../../kernel/record.ts'
import { delegation, empowers } from '../hall/index.ts'
import type { powers } from '../items/index.ts'
import type { Application, Case } from './case.ts'

/** Those who need no power of their own: the unit's people, and any window where it accepts or hands out. */
const BY_POST = ['handler', 'unit-head']

/** Whether he acts as a representative, and by no other post. */
function represents(was: Case, actor: Actor, windows: boolean): boolean {
  const posts = actor.posts.filter(({ role, unit }) => unit === was.unit || (windows && role === 'clerk'))
  const free = posts.some(({ role }) => BY_POST.includes(role) || (windows && role === 'clerk'))
  return !free && posts.some(({ role }) => role === 'representative')
}

/**
 * What a representative needs besides his post: a letter, in force today, that gives him this power for this item, and a version that
 * opens it to him. `windows`: any window may do it, too.
 */
export function letterFor(power: (typeof powers)[number], windows = false) {
  return {
    reads: (was: Application, actor: Actor): Readonly<Record<string, Ref>> =>
      was.phase !== 'none' && represents(was, actor, windows)
        ? { delegation: { kind: 'delegation', id: actor.id } }
        : {},
    refused(was: Application, { actor, facts, today }: Pick<Context, 'actor' | 'facts' | 'today'>) {
      if (was.phase === 'none' || !represents(was, actor, windows)) return undefined
      const letter = stateOf(delegation, facts['delegation'])
      const opened = was.terms.powers?.includes(power) === true
      const given = empowers(letter, { item: was.item, unit: was.unit, power, on: today })
      return opened && given ? undefined : refuse('not-empowered')
    },
  }
}
