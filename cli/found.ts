// A city's first hour: its root unit, its three administrators and the rules of national law, through the door like everything else.
import { randomUUID } from 'node:crypto'
import { system, type Actor } from '../kernel/access.ts'
import { dateOf } from '../kernel/clock/date.ts'
import { execute, type Answer, type Surroundings } from '../kernel/door.ts'
import { nationalRules as ofAppeals } from '../domains/appeals/index.ts'
import { nationalRules as ofApplications } from '../domains/applications/index.ts'
import { invite, invitationLasts } from '../server/identity/index.ts'
import { rehearsal } from '../server/rehearse.ts'
import { isEmpty } from '../server/replay.ts'
import type { World } from '../server/world.ts'

export type Founding = {
  readonly name: string
  readonly nameEn: string
  readonly division: string
  /** By role: the names of the three who administer. */
  readonly admins: Readonly<Record<(typeof administrators)[number], string>>
}

export const administrators = ['system-admin', 'security-admin', 'audit-admin'] as const

/** Links by which the three set their first passwords. Refused when the city holds anything already. */
export async function foundCity(world: World, founding: Founding, origin: string) {
  if (!(await isEmpty(world))) return { refused: 'already-founded', city: world.city }
  const { city, around, database } = world
  const today = dateOf(around.now())
  const wrong = await wrongIn(around, city, founding)
  if (wrong) return wrong
  const give = async (kind: string, id: string, name: string, input: object, by: Actor = system) => {
    const answer = await execute(around, { ...by, via: 'cli' }, { kind, id, name, input })
    if ('refused' in answer) throw new Error(`${kind}.${name}: ${answer.refused} ${answer.field ?? ''}`)
  }
  const { name, nameEn, division, admins } = founding
  await give('unit', city, 'setUp', { name, nameEn, type: 'city', division })
  const links: Record<string, string> = {}
  for (const role of administrators) {
    await give('person', role, 'enrol', { name: admins[role], login: role })
    await give('post', role, 'appoint', { person: role, role, unit: city, clearance: 1, from: today })
    links[role] = `${origin}/invitation?code=${await invite(database, city, { person: role }, around.now())}`
  }
  for (const { id, ...rule } of [...ofAppeals, ...ofApplications]) {
    await give('rule', id, 'lay', { rule: id, ...rule })
    await give('rule', id, 'publish', {}, { ...system, id: '@second' })
  }
  return { founded: city, hours: invitationLasts, links }
}

/** What of it the door would refuse, by the flag that brought it: before anything is written. */
async function wrongIn(around: Surroundings, city: string, { name, nameEn, division, admins }: Founding) {
  const trial = rehearsal(around).around
  const tell = (answer: Answer, flags: Readonly<Record<string, string>>) =>
    'refused' in answer && {
      ...answer,
      fields: answer.fields?.map((one) => ({ ...one, field: flags[one.field] ?? one.field })),
    }
  const setUp = { kind: 'unit', id: city, name: 'setUp', input: { name, nameEn, type: 'city', division } }
  const wrong = tell(await execute(trial, system, setUp), {
    name: '--name',
    nameEn: '--name-en',
    division: '--division',
  })
  if (wrong) return wrong
  for (const role of administrators) {
    const enrol = { kind: 'person', id: role, name: 'enrol', input: { name: admins[role], login: role } }
    const wrong = tell(await execute(trial, system, enrol), { name: `--${role.replace('-admin', '')}` })
    if (wrong) return wrong
  }
  return undefined
}

/**
 * A link by which a person sets a password anew, and with `clears` the second factor too: for the only security administrator
 * who has lost his.
 */
export async function inviteFromTerminal(
  { city, around, cache, database }: World,
  person: string,
  origin: string,
  clears = false,
) {
  const now = around.now()
  if (!(await cache.actor(person, dateOf(now)))) return { refused: 'no-such-person', person }
  const code = await invite(database, city, { person, clears }, now)
  await database.query(
    `insert into look (city, id, at, actor, what, kind, record, detail) values ($1, $2, $3, $4, 'invited', 'person', $5, $6)`,
    [city, randomUUID(), now, system.id, person, JSON.stringify({ person, via: 'cli', ...(clears && { clears }) })],
  )
  return { invited: person, hours: invitationLasts, link: `${origin}/invitation?code=${code}` }
}
