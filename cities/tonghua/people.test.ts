import { describe, expect, it } from 'vitest'
import { people } from './people.ts'
import { units } from './units.ts'

describe('the demonstration identities', () => {
  it('have a name, a login and a description of their own', () => {
    for (const key of ['id', 'name', 'login'] as const)
      expect(new Set(people.map((person) => person[key])).size).toBe(people.length)
    for (const { login, description } of people) {
      expect(login).toMatch(/^[a-z][a-z0-9.-]{2,31}$/)
      expect(description.zh).not.toBe('')
      expect(description.en).not.toBe('')
    }
  })

  it('hold posts in units that exist, and every role is held', () => {
    const known = new Set(units.map(({ id }) => id))
    const posts = people.flatMap((person) => person.posts)
    for (const { unit, from, to } of posts) {
      expect(known).toContain(unit)
      expect(to === undefined || to > from).toBe(true)
    }
    expect(new Set(posts.map(({ role }) => role))).toEqual(
      new Set([
        'system-admin',
        'security-admin',
        'audit-admin',
        'dispatcher',
        'handler',
        'unit-head',
        'caller',
        'supervisor',
        'leader',
        'clerk',
        'item-manager',
        'policy-manager',
        'representative',
      ]),
    )
    expect(posts.some(({ role, unit }) => role === 'leader' && unit === 'tonghua')).toBe(true)
    expect(posts.some(({ role, unit }) => role === 'leader' && unit.startsWith('city-'))).toBe(true)
  })

  it('keep administration in three separate hands, apart from all business', () => {
    const administrators = people.filter(({ posts }) => posts.some(({ role }) => role.endsWith('-admin')))
    expect(administrators).toHaveLength(3)
    expect(administrators.every(({ posts }) => posts.length === 1)).toBe(true)
  })

  it('act for enterprises without a post, and not two for one', () => {
    const agents = people.filter(({ enterprises }) => enterprises !== undefined)
    expect(agents.length).toBeGreaterThanOrEqual(3)
    expect(agents.every(({ posts }) => posts.length === 0)).toBe(true)
    const places = agents.flatMap(({ enterprises }) => enterprises ?? [])
    expect(new Set(places).size).toBe(places.length)
  })
})
