import { describe, expect, it } from 'vitest'
import { Content, flawIn } from '../../domains/items/content.ts'
import { merge } from '../../kernel/merge.ts'
import { items } from './items.ts'
import { people } from './people.ts'

const all = items()
const contents = all.map(({ input: { code: _, unit: __, ...content } }) => Content.parse(content))
const startUps = all.filter(({ input }) => (input['topics'] as string[] | undefined)?.includes('企业开办'))

describe('the items of the example city', () => {
  it('contradict neither themselves nor the law, and say that they are invented', () => {
    for (const content of contents) {
      expect(flawIn(content), content.name).toBeUndefined()
      expect(content.basis).toContain('合成数据')
      expect(content.materials.length, content.name).toBeGreaterThanOrEqual(2)
      expect(content.materials.length, content.name).toBeLessThanOrEqual(12)
    }
  })

  it('repeat no code, and no name within a unit', () => {
    expect(new Set(all.map(({ input }) => input.code)).size).toBe(all.length)
    expect(new Set(all.map(({ input }) => `${String(input['unit'])} ${String(input['name'])}`)).size).toBe(all.length)
  })

  it('call a paper, a field and a situation by one code wherever they ask for it', () => {
    const names = new Map<string, string>()
    const codes = contents.flatMap(({ materials, fields, situations, results }) => [
      ...materials.map((one) => [one.material, one.materialName] as const),
      ...fields.map((one) => [one.field, one.fieldName] as const),
      ...situations.map((one) => [one.situation, one.situationName] as const),
      ...results.map((one) => [one.result, one.resultName] as const),
    ])
    for (const [code, name] of codes) {
      expect(names.get(code) ?? name).toBe(name)
      names.set(code, name)
    }
    expect(new Set(names.values()).size).toBe(names.size)
  })

  it('are drafted by one and published by another, each of whom is here', () => {
    const known = new Set(people.map(({ id }) => id))
    for (const { by, publisher } of all) {
      expect(by).not.toBe(publisher)
      expect(known).toContain(by)
      expect(known).toContain(publisher)
    }
  })

  it('of a start-up wait for the licence, and the bank for the seal as well; nobody asks for what one of them produces', () => {
    const merged = merge(
      startUps.map(({ input }) => {
        const {
          name: code,
          fields,
          materials,
          results,
        } = Content.parse(Object.fromEntries(Object.entries(input).filter(([key]) => key !== 'code' && key !== 'unit')))
        return {
          code,
          fields: fields.map(({ field }) => field),
          materials: materials.map(({ material }) => material),
          produces: results.map(({ result }) => result),
        }
      }),
    )
    expect(merged).toMatchObject({
      order: [
        ['企业设立登记'],
        ['企业社会保险登记', '住房公积金单位缴存登记', '公章刻制备案', '发票领用'],
        ['银行预约开户'],
      ],
    })
    expect(startUps.find(({ input }) => input['cityPays'] === 35_000)?.input['name']).toBe('公章刻制备案')
  })

  it('of the power company need no visit and are not due in the hall', () => {
    const power = contents.filter(({ topics }) => topics?.includes('办电'))
    expect(power).toHaveLength(30)
    for (const { visits, hallDue, channels } of power)
      expect([visits, hallDue, channels.includes('at-window')]).toEqual([0, false, false])
    expect(
      power.filter(({ saves, savesBasis }) => saves !== undefined && savesBasis !== undefined).length,
    ).toBeGreaterThan(5)
  })
})
