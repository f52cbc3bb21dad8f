// What somebody may do to a record as it stands: the only buttons that are shown.
import { may, type Actor } from './access.ts'
import type { CivilDate } from './clock/date.ts'
import type { AnyDefinition, Known, Ref } from './record.ts'

type State = { readonly phase: string }

/** The commands that his posts and the state leave to him. */
export function offered(definition: AnyDefinition, actor: Actor, state: State, id: string, fresh: boolean): string[] {
  const index = fresh ? undefined : definition.index(state, id)
  return Object.entries(definition.commands)
    .filter(([, spec]) => !spec.inner && spec.in.includes(state.phase) && may(spec.by, actor, index))
    .filter(([, spec]) => spec.fits?.(state, actor) ?? true)
    .map(([name]) => name)
}

/** The records that have to let him do what is offered. */
export function neededFor(definition: AnyDefinition, names: readonly string[], state: State, actor: Actor): Ref[] {
  return names.flatMap((name) => Object.values(definition.commands[name]?.needs?.reads(state, actor) ?? {}))
}

type Sight = { readonly actor: Actor; readonly today: CivilDate; readonly find: (ref: Ref) => Known | undefined }

/** Of what is offered, that which those records let him do. */
export function permitted(
  definition: AnyDefinition,
  names: readonly string[],
  state: State,
  { actor, today, find }: Sight,
): string[] {
  return names.filter((name) => {
    const needs = definition.commands[name]?.needs
    if (!needs) return true
    const facts = Object.fromEntries(Object.entries(needs.reads(state, actor)).map(([of, ref]) => [of, find(ref)]))
    return needs.refused(state, { actor, today, facts }) === undefined
  })
}
