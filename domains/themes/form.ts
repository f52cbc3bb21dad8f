// One form for several items: what all of them ask for together, each thing once, and of that exactly its own for each.
import { merge, type Cycle } from '../../kernel/merge.ts'
import { askedIn } from '../applications/index.ts'
import type { Content } from '../items/index.ts'

export type Asked = Pick<Content, 'fields' | 'materials'>
export type Part = { readonly item: string; readonly content: Content; readonly situations: readonly string[] }

export type Form = {
  /** What the applicant is asked for, in the order in which the items ask for it first: people read it. */
  readonly asked: Asked
  readonly parts: readonly {
    readonly item: string
    readonly fields: readonly string[]
    /** The papers that it needs from the applicant, and those that another item produces for it. */
    readonly materials: readonly string[]
    readonly produced: readonly string[]
  }[]
  /** What comes of one item and is needed by another, so that nobody has to bring it; the names of both. */
  readonly passed: readonly { readonly material: string; readonly name: string; readonly by: string }[]
  /** How many fields and papers are asked for together, and how many the items ask for one by one. */
  readonly together: number
  readonly apart: number
  /** The items that may run together, those first that wait for nothing. */
  readonly order: readonly (readonly string[])[]
}

/**
 * The items of a theme as one form: a field is optional only where it is for all that ask for it, and a paper may follow later, or
 * is obtained by sharing, only where that holds for all that need it.
 */
export function formOf(parts: readonly Part[]): Form | Cycle {
  const mine = parts.map(({ item, content, situations }) => {
    const asked = askedIn(content, situations)
    return {
      item,
      asked,
      produces: content.results.map((one) => one.result),
      part: partOf(item, { ...content, ...asked }),
    }
  })
  const merged = merge(mine.map(({ part }) => part))
  if ('refused' in merged) return merged
  const produced = (item: string, material: string) =>
    mine.some((one) => one.item !== item && one.produces.includes(material))
  const once = (codes: readonly string[], all: readonly string[]) =>
    [...new Set(all)].filter((one) => codes.includes(one))
  const fields = once(
    merged.fields,
    mine.flatMap(({ part }) => part.fields),
  ).map((code) =>
    strictest(
      mine.flatMap(({ asked }) => asked.fields.filter((one) => one.field === code)),
      (all, one) => ({ ...all, spare: all.spare === true && one.spare === true }),
    ),
  )
  const materials = once(
    merged.materials,
    mine.flatMap(({ part }) => part.materials),
  ).map((code) =>
    strictest(
      mine.flatMap(({ asked }) => asked.materials.filter((one) => one.material === code)),
      (all, one) => ({
        ...all,
        tolerable: all.tolerable && one.tolerable,
        promisable: all.promisable === true && one.promisable === true,
        shared: all.shared && one.shared,
        originals: Math.max(all.originals, one.originals),
        copies: Math.max(all.copies, one.copies),
      }),
    ),
  )
  const split = mine.map(({ item, asked }) => {
    const papers = asked.materials.map((one) => one.material)
    return {
      item,
      fields: asked.fields.map((one) => one.field),
      materials: papers.filter((one) => !produced(item, one)),
      produced: papers.filter((one) => produced(item, one)),
    }
  })
  return {
    asked: { fields, materials },
    parts: split,
    passed: [...new Set(split.flatMap((one) => one.produced))].map((material) => {
      const { content } = parts.find((one) => one.content.results.some(({ result }) => result === material))!
      const { resultName } = content.results.find(({ result }) => result === material)!
      return { material, name: resultName, by: content.name }
    }),
    together: fields.length + materials.length,
    apart: mine.reduce((sum, { asked }) => sum + asked.fields.length + asked.materials.length, 0),
    order: merged.order,
  }
}

function strictest<T extends { readonly within?: string | undefined }>(all: readonly T[], both: (a: T, b: T) => T): T {
  const { within: _, ...whole } = all.slice(1).reduce(both, all[0]!)
  return whole as T
}

/** An item as the merging of several sees it. */
export function partOf(
  code: string,
  { fields, materials, results }: Pick<Content, 'fields' | 'materials' | 'results'>,
) {
  return {
    code,
    fields: fields.map((one) => one.field),
    materials: materials.map((one) => one.material),
    produces: results.map((one) => one.result),
  }
}
