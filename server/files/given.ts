// Commands as people give them: attachments that they name must have come in, from whoever names them; ids are of what stands.
import type { Actor } from '../../kernel/access.ts'
import { nobody } from '../../kernel/access.ts'
import { executeAll, type Answer, type Command, type Refusal } from '../../kernel/door.ts'
import type { AnyDefinition } from '../../kernel/record.ts'
import { cleaned } from '../clean.ts'
import { schemaOf, type JsonSchema } from '../schema.ts'
import type { World } from '../world.ts'

/** Brings one command through the door, as `executeAllGiven` does. */
export async function executeGiven(world: World, actor: Actor, command: Command): Promise<Answer> {
  return (await executeAllGiven(world, actor, [command]))[0]!
}

/**
 * Brings commands through the door, each with its own answer; one that names a file which was lost, or is somebody
 * else’s, is refused as `invalid-input` at that field before it gets there.
 */
export async function executeAllGiven(
  world: World,
  actor: Actor,
  commands: readonly Command[],
): Promise<readonly Answer[]> {
  const lost = await Promise.all(commands.map((command) => filesLost(world, actor, command)))
  const whole = commands.filter((_, place) => lost[place] === undefined)
  const given = whole.map((command) => ({ ...command, existing: true }))
  const answers = whole.length > 0 || commands.length === 0 ? await executeAll(world.around, actor, given) : []
  return commands.map((command, place) => lost[place] ?? answers[whole.indexOf(command)]!)
}

/** What is to be said of the files that a command names; undefined when all of them are there, or it names none. */
export async function filesLost(
  { database, city, registry }: World,
  actor: Actor,
  command: Command,
): Promise<Refusal | undefined> {
  const definition = registry.kinds.get(command.kind)?.definition
  const input = command.input as Readonly<Record<string, unknown>> | null
  if (!definition || typeof input !== 'object' || input === null) return undefined
  const given = fileFields(definition, command.name).map((field) => [field, textsIn(input[field])] as const)
  const ids = given.flatMap(([, files]) => files).filter((id) => ID.test(id))
  const { rows } =
    ids.length === 0
      ? { rows: [] }
      : await database.query(
          // What the record names already may be named again.
          `select f.id from file f where f.city = $1 and f.id = any ($2) and (f.owner = any ($3) and f.state <> 'infected'
             or exists (select 1 from event e where e.city = $1 and e.kind = $4 and e.record = $5 and e.data -> 'files' ? f.id))`,
          [city, ids, [actor.id, nobody.id], command.kind, cleaned(command.id ?? '')],
        )
  const there = new Set((rows as { id: string }[]).map(({ id }) => id))
  const fields = given
    .filter(([, files]) => files.some((id) => !there.has(id)))
    .map(([field]) => ({ field, problem: 'no-such-file' as const, about: {} }))
  return fields.length > 0 ? { refused: 'invalid-input', kind: command.kind, fields } : undefined
}

const ID = /^[0-9a-f]{32}$/

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

function fileFields(definition: AnyDefinition, command: string): readonly string[] {
  if (!Object.hasOwn(definition.commands, command)) return []
  const properties = schemaOf(definition.commands[command]!.input)['properties'] ?? {}
  return Object.entries(properties as Readonly<Record<string, JsonSchema>>).flatMap(([name, field]) =>
    field['widget'] === 'files' ? [name] : [],
  )
}
