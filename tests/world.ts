// A small city for database tests: units, persons and rules entered through the door, on a fresh database.
import { expect } from 'vitest'
import { nobody, system, type Actor } from '../kernel/access.ts'
import type { Moment } from '../kernel/clock/date.ts'
import type { Domain } from '../kernel/domain.ts'
import { execute, type Answer, type Command, type Done } from '../kernel/door.ts'
import * as domains from '../domains/index.ts'
import { openWorld, type World } from '../server/world.ts'
import { testDatabase } from './database.ts'

export type Town = {
  readonly world: World
  /** The clock of the tests: it stands still until it is set. */
  set(at: Moment): void
  as(person: string): Promise<Actor>
  /** One command; the answer as it comes. */
  give(actor: Actor, kind: string, name: string, input: unknown, id?: string, more?: Partial<Command>): Promise<Answer>
  /** One command that must succeed. */
  done(actor: Actor, kind: string, name: string, input: unknown, id?: string, more?: Partial<Command>): Promise<Done>
  close(): Promise<void>
}

const people: readonly (readonly [id: string, role: string, unit: string])[] = [
  ['wen', 'system-admin', 'town'],
  ['an', 'security-admin', 'town'],
  ['shen', 'audit-admin', 'town'],
  ['fen', 'dispatcher', 'centre'],
  ['hao', 'handler', 'tax'],
  ['hui', 'handler', 'labour'],
  ['tou', 'unit-head', 'tax'],
  ['dian', 'caller', 'centre'],
  ['gui', 'clerk', 'centre'],
  ['du', 'supervisor', 'town'],
  ['ling', 'leader', 'town'],
  ['xiang', 'item-manager', 'centre'],
  ['mu', 'item-manager', 'centre'],
  ['zheng', 'policy-manager', 'centre'],
  ['ce', 'policy-manager', 'centre'],
]

/** The fixed day of the tests: a Wednesday two working days before a make-up Saturday and the Spring Festival of 2026. */
export const wednesday: Moment = '2026-02-11T10:00:00.000+08:00'

export async function town(more: readonly Domain[] = []): Promise<Town> {
  const databases = await testDatabase()
  const { connectionString } = await databases.fresh()
  let now: Moment = wednesday
  const world = await openWorld({
    config: { connectionString },
    city: 'town',
    domains: [...Object.values(domains), ...more],
    now: () => now,
  })
  const give: Town['give'] = (actor, kind, name, input, id, rest = {}) =>
    execute(world.around, actor, { kind, name, input, id, ...rest })
  const done: Town['done'] = async (...all) => {
    const answer = await give(...all)
    if ('refused' in answer) expect.fail(`${all[1]}.${all[2]} was refused: ${JSON.stringify(answer)}`)
    return answer
  }
  const units = [
    ['town', undefined],
    ['centre', 'town'],
    ['tax', 'town'],
    ['labour', 'town'],
    ['tax-east', 'tax'],
  ] as const
  for (const [id, parent] of units)
    await done(
      system,
      'unit',
      'setUp',
      { name: `${id}局`, nameEn: id, type: 'department', division: '220500', ...(parent && { parent }) },
      id,
    )
  for (const [id] of [...people, ['qi'] as const, ['bie'] as const])
    await done(system, 'person', 'enrol', { name: `${id}某`, login: `${id}-login` }, id)
  for (const [id, role, unit] of people)
    await done(system, 'post', 'appoint', { person: id, role, unit, clearance: 1, from: '2020-01-01' }, `post-${id}`)
  for (const id of ['e1', 'e2'])
    await done(
      system,
      'enterprise',
      'enter',
      {
        uscc: `91220500MA0000000${id === 'e1' ? 'A' : 'B'}`,
        name: `通化${id}公司`,
        division: '220502',
        industry: '27',
        registeredOn: '2019-01-01',
        private: true,
        evidence: '章程',
        contact: '钱某',
        phone: '13900001234',
      },
      id,
    )
  await done(system, 'mandate', 'authorise', { person: 'qi', enterprise: 'e1', from: '2020-01-01' }, 'm1')
  await done(system, 'mandate', 'authorise', { person: 'bie', enterprise: 'e2', from: '2020-01-01' }, 'm2')
  const rule = async (id: string, unit: string, budget: number) => {
    await done(
      system,
      'rule',
      'lay',
      { rule: id, unit, budget, article: '测试办法第一条', source: '测试', from: '2020-01-01' },
      id,
    )
    await done({ ...system, id: 'second' }, 'rule', 'publish', {}, id)
  }
  await rule('claim.publicity', 'working-day', 5)
  await rule('benefit.reach', 'working-day', 10)
  await rule('claim.pay', 'working-day', 10)
  await rule('application.accept', 'working-day', 5)
  await rule('application.correct', 'working-day', 15)
  await rule('application.extend', 'working-day', 10)
  await rule('application.deliver', 'working-day', 10)
  await rule('application.supplement', 'working-day', 20)
  await rule('application.supplement.before', 'working-day', 2)
  await rule('application.verify', 'working-day', 30)
  await rule('application.rectify', 'working-day', 10)
  await rule('access.check', 'working-day', 5)
  await rule('access.rectify', 'working-day', 20)
  await rule('access.verify', 'working-day', 3)
  await rule('access.climb', 'calendar-day', 3)
  await rule('appeal.triage', 'working-day', 1)
  await rule('appeal.triage.arrears', 'working-day', 10)
  await rule('appeal.sign', 'working-day', 1)
  await rule('appeal.assist', 'working-day', 3)
  await rule('appeal.climb', 'calendar-day', 3)
  await rule('appeal.call-back', 'working-day', 3)
  await rule('appeal.most', 'working-day', 10)
  await rule('appeal.most.arrears', 'calendar-day', 90)
  await rule('visit.interval', 'month', 3)
  await rule('appeal.supply', 'working-day', 10)
  await rule('appeal.review', 'month', 6)
  await rule('appeal.reopen', 'calendar-day', 30)
  for (const matter of ['consultation', 'difficulty', 'complaint', 'suggestion'])
    await rule(`appeal.answer.${matter}`, 'working-day', 5)
  await rule('appeal.answer.arrears', 'calendar-day', 30)
  await world.cache.refresh()
  return {
    world,
    set: (at) => (now = at),
    async as(person) {
      await world.cache.refresh()
      return (await world.cache.actor(person, now.slice(0, 10))) ?? nobody
    },
    give,
    done,
    async close() {
      await world.close()
      await databases.close()
    },
  }
}
