import { describe, expect, it } from 'vitest'
import { stories } from './stories.ts'
import { units } from './units.ts'

describe('the appeals of the example city', () => {
  it('are about sixty, in all five lines and all five kinds of matter', () => {
    expect(stories.length).toBeGreaterThanOrEqual(58)
    for (const line of ['communication', 'policy', 'legal', 'finance', 'trade'])
      expect(stories.filter((story) => story.line === line).length).toBeGreaterThanOrEqual(10)
    expect(new Set(stories.map(({ matter }) => matter)).size).toBe(5)
  })

  it('go to units that exist and are no groups, and fit the form of an appeal', () => {
    const able = new Set(
      units
        .filter(({ kind }) => ['department', 'bureau', 'service-centre', 'county'].includes(kind))
        .map(({ id }) => id),
    )
    for (const { unit, title, body, progress, answer } of stories) {
      expect(able, unit).toContain(unit)
      expect(title.length).toBeLessThanOrEqual(40)
      for (const text of [body, progress, answer]) expect(text).toMatch(/^.{8,600}。$/u)
    }
  })

  it('have different titles and bodies', () => {
    expect(new Set(stories.map(({ title }) => title)).size).toBe(stories.length)
    expect(new Set(stories.map(({ body }) => body)).size).toBe(stories.length)
  })
})
