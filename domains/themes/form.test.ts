// One form for random themes: the union and nothing more, and for each item exactly what it asks for.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { papersFor, answersTo } from '../applications/index.ts'
import type { Content } from '../items/index.ts'
import { formOf } from './form.ts'

const codes = (prefix: string, most: number) => fc.subarray(Array.from({ length: most }, (_, n) => `${prefix}${n}`))

/** Items over one dictionary: later ones may need what earlier ones produce, so that there is no circle. */
const themes = fc
  .array(
    fc.record({
      fields: codes('F', 8),
      materials: codes('M', 8),
      spare: codes('F', 8),
      later: codes('M', 8),
      needs: codes('R', 6),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) =>
    all.map(({ fields, materials, spare, later, needs }, place) => ({
      item: `I${place}`,
      situations: [] as string[],
      content: {
        fields: fields.map((field) => ({ field, fieldName: field, spare: spare.includes(field) })),
        materials: [...materials, ...needs.filter((one) => Number(one.slice(1)) < place)].map((material) => ({
          material,
          materialName: material,
          originals: 1,
          copies: 0,
          tolerable: later.includes(material),
          shared: false,
        })),
        results: [{ result: `R${place}`, resultName: `R${place}` }],
        situations: [],
      } as unknown as Content,
    })),
  )

test('each field and paper once, as the items ask for it first, none that one produces; each item gets exactly its own', () => {
  fc.assert(
    fc.property(themes, (parts) => {
      const form = formOf(parts)
      if ('refused' in form) throw new Error('there is no circle in it')
      const fields = form.asked.fields.map((one) => one.field)
      const materials = form.asked.materials.map((one) => one.material)
      const wanted = new Set(parts.flatMap(({ content }) => content.fields.map((one) => one.field)))
      const needed = new Set(parts.flatMap(({ content }) => content.materials.map((one) => one.material)))
      const made = new Set(parts.flatMap(({ content }) => content.results.map((one) => one.result)))
      // Sets keep the order in which something came first.
      expect(fields).toEqual([...wanted])
      expect(materials).toEqual([...needed].filter((one) => !made.has(one)))
      for (const [place, { content }] of parts.entries()) {
        const mine = form.parts[place]!
        expect(mine.fields).toEqual(content.fields.map((one) => one.field))
        expect([...mine.materials, ...mine.produced].toSorted()).toEqual(
          content.materials.map((one) => one.material).toSorted(),
        )
        expect(mine.produced.every((one) => made.has(one))).toBe(true)
      }
      for (const { field, spare } of form.asked.fields)
        expect(spare === true).toBe(
          parts.every(({ content }) => content.fields.every((one) => one.field !== field || one.spare === true)),
        )
    }),
    { numRuns: 2000 },
  )
})

test('what the one form takes, every item takes', () => {
  fc.assert(
    fc.property(themes, (parts) => {
      const form = formOf(parts)
      if ('refused' in form) throw new Error('there is no circle in it')
      const answers = form.asked.fields.map(({ field }) => ({ field, value: '测试' }))
      const papers = form.asked.materials.map(({ material, tolerable }) => ({
        material,
        way: tolerable ? ('later' as const) : ('given' as const),
      }))
      for (const [place, { content }] of parts.entries()) {
        const mine = form.parts[place]!
        const own = answers.filter(({ field }) => mine.fields.includes(field))
        const inOrder = mine.fields.map((field) => ({ field, value: '测试' }))
        expect(answersTo(content, own, {}, false)).toMatchObject({ answers: inOrder })
        const brought = {
          papers: papers.filter(({ material }) => mine.materials.includes(material)),
          files: [],
          online: false,
          signed: true,
          commitment: false,
          excluded: false,
          identified: true,
          produced: mine.produced,
        }
        expect(papersFor(content, brought)).toHaveProperty('papers')
      }
    }),
    { numRuns: 1000 },
  )
})
