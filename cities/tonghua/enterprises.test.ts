import { describe, expect, it } from 'vitest'
import { divisionOf } from '../../domains/register/division.ts'
import { industryOf } from '../../domains/register/industry.ts'
import { checkUscc } from '../../domains/register/uscc.ts'
import { enterprises } from './enterprises.ts'
import { random } from './random.ts'

describe('the enterprises of the example city', () => {
  const many = [...enterprises(6_000, 7)]

  it('have codes that pass, divisions and industries that exist, real dates and numbers that nobody has', () => {
    for (const one of many) {
      expect(checkUscc(one.uscc)).toEqual({ form: 'valid', normal: one.uscc })
      expect(one.uscc.slice(2, 8)).toBe(one.division)
      expect(divisionOf(one.division)?.level).toBe('county')
      expect(industryOf(one.industry)).toBeDefined()
      expect(new Date(`${one.registeredOn}T00:00:00Z`).toISOString().slice(0, 10)).toBe(one.registeredOn)
      expect(one.phone).toMatch(/^199-0000-\d{4}$/)
      for (const figure of [one.staff, one.revenue, one.assets])
        if (figure !== undefined) expect(Number.isInteger(figure) && figure > 0).toBe(true)
    }
  })

  it('repeat neither name nor code', () => {
    expect(new Set(many.map(({ name }) => name)).size).toBe(many.length)
    expect(new Set(many.map(({ uscc }) => uscc)).size).toBe(many.length)
  })

  it('are the same for the same seed, whatever the count, and others for another seed', () => {
    expect([...enterprises(50, 7)]).toEqual(many.slice(0, 50))
    expect([...enterprises(1, 8)][0]).not.toEqual(many[0])
    expect([...enterprises(0, 7)]).toEqual([])
  })

  it('are mostly private, and some figures are not known', () => {
    const share = (of: (one: (typeof many)[number]) => boolean) => many.filter(of).length / many.length
    expect(share((one) => one.private)).toBeGreaterThan(0.98)
    expect(share((one) => !one.private)).toBeGreaterThan(0)
    for (const key of ['staff', 'revenue', 'assets'] as const) {
      expect(share((one) => one[key] === undefined)).toBeGreaterThan(0.15)
      expect(share((one) => one[key] === undefined)).toBeLessThan(0.25)
    }
  })
})

describe('chance', () => {
  it('repeats from the same seed and stays in its bounds', () => {
    const [a, b] = [random(3), random(3)]
    const seen = new Set<number>()
    for (let at = 0; at < 2000; at++) {
      const value = a.whole(-2, 3)
      expect(b.whole(-2, 3)).toBe(value)
      seen.add(value)
    }
    expect([...seen].sort((x, y) => x - y)).toEqual([-2, -1, 0, 1, 2, 3])
    expect(
      random(3)
        .shuffle([1, 2, 3, 4])
        .sort((x, y) => x - y),
    ).toEqual([1, 2, 3, 4])
    expect(() => random(1).pick([])).toThrow(RangeError)
  })

  it('follows the weights', () => {
    const from = random(5)
    const rare = Array.from({ length: 10_000 }, () =>
      from.weighted([
        ['rare', 1],
        ['common', 9],
      ]),
    ).filter((one) => one === 'rare').length
    expect(rare).toBeGreaterThan(850)
    expect(rare).toBeLessThan(1150)
  })
})
