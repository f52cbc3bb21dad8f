// What a program sends to have something done: read member by member, so that a slip is told by the name of the member.
import type { Answer, Command } from '../kernel/door.ts'
import type { Kind } from '../kernel/domain.ts'
import type { Language } from '../kernel/texts.ts'
import { meantBy } from './nearest.ts'
import { problem, type Problem } from './problem.ts'
import { say, type Said } from './say.ts'
import { schemaOf } from './schema.ts'

/** A member that is not as it should be. */
export type WrongMember = {
  readonly field: string
  readonly problem: 'unknown-member' | 'missing' | 'wrong-type'
  readonly said: Said
  readonly about?: Readonly<Record<string, string | number>>
}

type Members = Readonly<Record<string, unknown>>
export type Body = Pick<Command, 'input' | 'key' | 'expects'>

const OF_ONE = ['input', 'key', 'expects']
const OF_MANY = ['kind', 'id', 'name', ...OF_ONE]

/** The body of one command; `headerKey` stands in for a key that is not in it. */
export function bodyFrom(
  given: Members,
  kind: Kind,
  name: string,
  headerKey: string | undefined,
): Body | readonly WrongMember[] {
  const wrong = wrongIn(given, OF_ONE, '', fieldsOf(kind, name))
  const { input = {}, key = headerKey, expects } = given as { input?: unknown; key?: string; expects?: number }
  return wrong.length > 0 ? wrong : { input, key, expects }
}

/** One command of several; `path` is where it stands. */
export function commandFrom(
  given: unknown,
  path: string,
  kinds: ReadonlyMap<string, Kind>,
): Command | readonly WrongMember[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return [{ field: path, problem: 'wrong-type', said: 'wrong-command' }]
  const members = given as Members
  const { kind, id, name } = members
  const known = typeof kind === 'string' ? kinds.get(kind) : undefined
  const wrong = wrongIn(members, OF_MANY, `${path}.`, known && typeof name === 'string' ? fieldsOf(known, name) : [])
  for (const [member, value] of Object.entries({ kind, name }))
    if (typeof value !== 'string')
      wrong.push({
        field: `${path}.${member}`,
        problem: value === undefined ? 'missing' : 'wrong-type',
        said: 'wrong-kind',
        about: { member },
      })
  if (id !== undefined && typeof id !== 'string')
    wrong.push({ field: `${path}.id`, problem: 'wrong-type', said: 'wrong-id' })
  const { input = {}, key, expects } = members as { input?: unknown; key?: string; expects?: number }
  return wrong.length > 0
    ? wrong
    : { kind: kind as string, name: name as string, id: id as string | undefined, input, key, expects }
}

/** The answer when the fields are wrong only because `input` was left out; undefined when that is not it. */
export function missedInput(given: Members, path: string, answer: Answer): WrongMember | undefined {
  if (!('refused' in answer) || answer.refused !== 'invalid-input' || given['input'] !== undefined) return undefined
  const field = answer.fields?.[0]?.field || '…'
  return { field: `${path}input`, problem: 'missing', said: 'no-input', about: { field } }
}

export function malformed(lang: Language, wrong: readonly WrongMember[]): Problem {
  const fields = wrong.map((one) => ({
    field: one.field,
    problem: one.problem,
    message: say(lang, one.said, one.about),
  }))
  return problem(400, 'malformed', fields[0]?.message ?? say(lang, 'malformed'), fields.length > 0 ? fields : undefined)
}

function wrongIn(given: Members, known: readonly string[], path: string, fields: readonly string[]): WrongMember[] {
  const wrong: WrongMember[] = Object.keys(given)
    .filter((member) => !known.includes(member))
    .map((member) => {
      const meant = meantBy(member, known)
      const said = fields.includes(member)
        ? 'field-outside'
        : meant === undefined
          ? 'unknown-member'
          : 'misspelt-member'
      const about = { member, known: known.join(' / '), ...(meant !== undefined && { meant }) }
      return { field: `${path}${member}`, problem: 'unknown-member', said, about }
    })
  const { key, expects } = given
  if (key !== undefined && (typeof key !== 'string' || key.length === 0 || key.length > 200))
    wrong.push({ field: `${path}key`, problem: 'wrong-type', said: 'wrong-key' })
  if (expects !== undefined && !Number.isInteger(expects))
    wrong.push({ field: `${path}expects`, problem: 'wrong-type', said: 'wrong-expects' })
  return wrong
}

function fieldsOf({ definition }: Kind, name: string): readonly string[] {
  const spec = Object.hasOwn(definition.commands, name) ? definition.commands[name] : undefined
  return spec ? Object.keys(schemaOf(spec.input)['properties'] ?? {}) : []
}
