import { describe, expect, it } from 'vitest'
import { divisionOf } from '../../domains/register/division.ts'
import { units } from './units.ts'

const of = (kind: string) => units.filter((unit) => unit.kind === kind)

describe('the units of the example city', () => {
  it('stand in one tree, each after the one it belongs to', () => {
    const before = new Set<string>()
    for (const { id, parent } of units) {
      expect(before.has(id)).toBe(false)
      if (parent === undefined) expect(id).toBe('tonghua')
      else expect(before).toContain(parent)
      before.add(id)
    }
  })

  it('are a city, its leading group with one office and six groups, departments, and seven counties', () => {
    expect(of('city')).toHaveLength(1)
    expect(of('leading-group')).toHaveLength(1)
    expect(of('office').map(({ parent }) => parent)).toEqual(['leading-group'])
    expect(of('working-group').map(({ parent }) => parent)).toEqual(Array.from({ length: 6 }, () => 'leading-group'))
    expect(of('department').length).toBeGreaterThanOrEqual(20)
    expect(of('county')).toHaveLength(7)
    for (const { id } of of('county')) {
      expect(of('service-centre').filter(({ parent }) => parent === id)).toHaveLength(1)
      expect(of('bureau').filter(({ parent }) => parent === id)).toHaveLength(3)
    }
  })

  it('have names in both languages, and divisions that exist', () => {
    expect(new Set(units.map(({ name }) => name)).size).toBe(units.length)
    for (const { id, name, nameEn, kind, parent, division } of units) {
      expect(id).toMatch(/^[a-z][a-z-]+$/)
      expect(name).toMatch(/^[\p{Script=Han}\d]+$/u)
      expect(nameEn).toMatch(/^[\w ,'-]{1,80}$/)
      const parentDivision = units.find((unit) => unit.id === parent)?.division
      expect(divisionOf(division)?.level).toBe(
        kind === 'county' || parentDivision?.endsWith('00') === false ? 'county' : 'city',
      )
    }
  })
})
