// Administration in three hands (三员分立): no hand holds two of them, not for a day, and none does another's work.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as domains from '../domains/index.ts'
import { administration, roles } from '../domains/register/person.ts'
import { may, type Actor } from '../kernel/access.ts'
import { wake } from '../server/replay.ts'
import { served, type Served } from './served.ts'

let s: Served
beforeAll(async () => {
  s = await served()
})
afterAll(() => s.close())

const definitions = Object.values(domains).flatMap((domain) => domain.kinds.map(({ definition }) => definition))
const holder = (role: string): Actor => ({
  id: role,
  name: '',
  subjects: [],
  posts: [{ role, unit: 'town', below: ['town'], whole: true, clearance: 3 }],
})
/** The commands that a role may give on records that nobody in particular owns. */
const commandsOf = (role: string) =>
  definitions.flatMap(({ kind, commands }) =>
    Object.entries(commands)
      .filter(([, { by, inner }]) => !inner && may({ ...by, public: undefined } as never, holder(role)))
      .map(([name]) => `${kind}.${name}`),
  )

describe('what the hands do', () => {
  test('is apart: no command is given by two administrators, or by one and by those who do business', () => {
    const [own, business] = [administration, roles.filter((role) => !administration.includes(role))]
    for (const role of own) {
      const mine = commandsOf(role)
      for (const other of own.filter((one) => one !== role))
        expect(
          mine.filter((name) => commandsOf(other).includes(name)),
          `${role} and ${other}`,
        ).toEqual([])
    }
    // The clerk keeps the register together with the system administrator, and mandates with the security administrator.
    const shared = business
      .flatMap((role) => commandsOf(role))
      .filter((name) => own.some((one) => commandsOf(one).includes(name)))
    expect([...new Set(shared)].toSorted()).toEqual([
      'enterprise.enter',
      'enterprise.observe',
      'mandate.authorise',
      'mandate.end',
    ])
  })
  test('of the auditor is to look: he gives no command at all', () => {
    expect(commandsOf('audit-admin')).toEqual([])
    for (const { kind, sees } of definitions) expect(sees['audit-admin'] ?? sees['public'], kind).toBeDefined()
  })
  test('of the others is not to look: who looked, only the auditor reads', async () => {
    for (const person of ['wen', 'an', 'fen', 'du', 'ling', 'qi', undefined])
      expect((await s.ask(person, 'GET', '/api/looks')).status).toBe(403)
    expect((await s.ask('shen', 'GET', '/api/looks')).status).toBe(200)
  })
  test('law takes two: what one has drafted he does not publish', async () => {
    const { town } = s
    const rule = {
      rule: 'test.rule',
      unit: 'working-day',
      budget: 3,
      article: '第一条',
      source: '测试',
      from: '2026-03-01',
    }
    await town.done(await town.as('wen'), 'rule', 'lay', rule, 'test.rule')
    expect(await town.give(await town.as('wen'), 'rule', 'publish', {}, 'test.rule')).toMatchObject({
      refused: 'not-permitted',
    })
    // Not even somebody who was given both posts behind everybody's back.
    const both: Actor = {
      ...holder('system-admin'),
      posts: [...holder('system-admin').posts, ...holder('security-admin').posts],
    }
    const mine = await town.done(both, 'rule', 'lay', rule)
    expect(await town.give(both, 'rule', 'publish', {}, mine.done.id)).toMatchObject({ refused: 'two-persons' })
  })
})

describe('nobody holds two', () => {
  const appoint = async (person: string, role: string, more: object = {}) => {
    const input = { person, role, unit: 'town', clearance: 1, from: '2026-01-01', ...more }
    const answer = await s.town.give(await s.town.as('an'), 'post', 'appoint', input)
    return 'refused' in answer ? answer.refused : answer.done.id
  }
  const end = async (post: string, to: string) => {
    const answer = await s.town.give(await s.town.as('an'), 'post', 'end', { to, reason: '调任' }, post)
    return 'refused' in answer ? answer.refused : 'done'
  }
  const enrol = async (id: string) => s.town.done(await s.town.as('wen'), 'person', 'enrol', { name: `${id}某` }, id)
  const sweep = (at: string) => {
    s.town.set(at)
    return wake(s.town.world, s.town.world.around, at)
  }

  test('of two appointments at the same moment one is refused', async () => {
    await enrol('twin')
    const answers = await Promise.all([...administration, 'handler'].map((role) => appoint('twin', role)))
    expect(answers.filter((answer) => answer === 'separate-duties')).toHaveLength(3)
  })

  test('a post that is to end is held until it has ended, and is not prolonged by ending it', async () => {
    await enrol('leaver')
    const post = await appoint('leaver', 'handler')
    expect(await end(post, '2026-02-20')).toBe('done')
    expect(await end(post, '2027-01-01')).toBe('ends-earlier')
    expect(await appoint('leaver', 'audit-admin')).toBe('separate-duties')
    expect((await s.town.as('leaver')).posts.map(({ role }) => role)).toEqual(['handler'])
    await sweep('2026-02-20T23:00:00.000+08:00')
    expect(await appoint('leaver', 'audit-admin')).toBe('separate-duties')
    await sweep('2026-02-21T00:00:01.000+08:00')
    expect((await s.town.as('leaver')).posts).toEqual([])
    expect(await appoint('leaver', 'audit-admin')).toMatch(/^GW/)
    expect((await s.town.as('leaver')).posts.map(({ role }) => role)).toEqual(['audit-admin'])
  })

  test('a term that was set from the start ends by itself', async () => {
    await enrol('temp')
    await appoint('temp', 'system-admin', { to: '2026-02-25' })
    expect(await appoint('temp', 'handler')).toBe('separate-duties')
    await sweep('2026-02-26T00:00:01.000+08:00')
    expect(await appoint('temp', 'handler')).toMatch(/^GW/)
  })

  test('a post that ended yesterday is given up at once', async () => {
    await enrol('gone')
    const post = await appoint('gone', 'handler')
    expect(await end(post, '2026-02-24')).toBe('done')
    expect(await appoint('gone', 'security-admin')).toMatch(/^GW/)
  })
})
