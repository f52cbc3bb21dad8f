// What an edition of the national market access list (市场准入负面清单) says: its document, its matters, their measures, its annex; and what of it cannot be.
import { z } from 'zod'
import { refuse } from '../../kernel/record.ts'

const words = (most: number) => z.string().trim().min(1).max(most)
const long = (most: number) => words(most).meta({ widget: 'paragraph' })

/** 禁止准入类, 许可准入类. */
export const parts = ['barred', 'permit'] as const
/** How the text of a matter was compared: with the official print, with a public copy, from memory, or only its place is known. */
export const proofs = ['official', 'copy', 'memory', 'outline'] as const
/** The sections of GB/T 4754 by which the list is divided. */
export const sectors = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'I',
  'J',
  'K',
  'L',
  'M',
  'N',
  'O',
  'P',
  'Q',
  'R',
  'S',
  'T',
] as const

/** The number of a matter (项目号) is read as words: editions have counted them differently. */
const matter = words(12)
const Sectors = z.array(z.enum(sectors)).max(sectors.length).optional().meta({ widget: 'choices' })

const Matter = z.object({
  matter,
  part: z.enum(parts).meta({ widget: 'choice' }),
  matterName: words(400),
  matterCode: words(20).optional(),
  /** None where it holds across all of them. */
  sectors: Sectors,
  proof: z.enum(proofs).meta({ widget: 'choice' }),
})
const Measure = z.object({
  matter,
  measure: long(4000),
  authority: words(300).optional(),
  /** Where it holds only there: local measures stand in the national list itself. */
  region: words(100).optional(),
})
const Prohibition = z.object({
  prohibition: words(12),
  barred: long(4000),
  ground: words(1000).optional(),
  authority: words(300).optional(),
  sectors: Sectors,
})

export const Content = z.object({
  /** The number of the document, by which an edition is known. */
  number: words(60),
  name: words(120),
  issuers: z.array(words(60)).min(1).max(10).meta({ widget: 'list' }),
  from: z.iso.date().meta({ widget: 'date' }),
  /** How many matters the document itself says that it has, and how many of them are barred. */
  total: z.number().int().min(1).max(1000).meta({ widget: 'number' }),
  totalBarred: z.number().int().min(0).max(1000).meta({ widget: 'number' }),
  source: words(400),
  matters: z.array(Matter).min(1).max(1000).meta({ widget: 'list' }),
  measures: z.array(Measure).max(5000).meta({ widget: 'list' }),
  prohibitions: z.array(Prohibition).max(2000).meta({ widget: 'list' }),
})

export type Content = z.output<typeof Content>
export type Matter = z.output<typeof Matter>
export type Measure = z.output<typeof Measure>
export type Prohibition = z.output<typeof Prohibition>

export const flaws = ['matter-twice', 'prohibition-twice', 'measure-of-none', 'more-than-declared'] as const

/** The first thing that contradicts the rest, with the field in which it stands. */
export function flawIn({ matters, measures, prohibitions, total, totalBarred }: Content) {
  const numbers = matters.map((one) => one.matter)
  const twice = repeated(numbers)
  if (twice !== undefined) return refuse('matter-twice', `matters.${twice}.matter`, { number: numbers[twice]! })
  const listed = prohibitions.map((one) => one.prohibition)
  const again = repeated(listed)
  if (again !== undefined)
    return refuse('prohibition-twice', `prohibitions.${again}.prohibition`, { number: listed[again]! })
  const lost = measures.findIndex((one) => !numbers.includes(one.matter))
  if (lost >= 0) return refuse('measure-of-none', `measures.${lost}.matter`, { number: measures[lost]!.matter })
  const barred = matters.filter(({ part }) => part === 'barred').length
  if (matters.length > total) return refuse('more-than-declared', 'total', { declared: total, held: matters.length })
  if (barred > totalBarred) return refuse('more-than-declared', 'totalBarred', { declared: totalBarred, held: barred })
  return undefined
}

/** Whether all that the document says it has is here: only then nothing found may mean that nothing stands there. */
export function isWhole({ matters, total, totalBarred }: Pick<Content, 'matters' | 'total' | 'totalBarred'>): boolean {
  const barred = matters.filter(({ part }) => part === 'barred').length
  return matters.length === total && barred === totalBarred && matters.every(({ proof }) => proof !== 'outline')
}

/** By what a matter is known from one edition to the next: its code, or else its words. */
export function matterKey({ matterCode, matterName }: Matter): string {
  return matterCode ?? matterName
}

/** The place of the first that has stood before. */
function repeated(all: readonly string[]): number | undefined {
  const seen = new Set<string>()
  for (const [place, one] of all.entries()) {
    if (seen.has(one)) return place
    seen.add(one)
  }
  return undefined
}
