// The clock as other programs ask it: one case in, the date and its derivation out, or what is wrong with the case.
import type { Language } from '../texts.ts'
import type { Calendar } from './calendar.ts'
import { isCivilDate } from './date.ts'
import { deadline, type Unit } from './limit.ts'
import { explain } from './words.ts'

export type ClockAnswer =
  /** `at`: for working hours the moment on the day. */
  | { readonly due: string; readonly at?: string; readonly provisional: boolean; readonly steps: readonly string[] }
  | { readonly refused: string; readonly field: string }

const units: readonly string[] = ['working-day', 'calendar-day', 'month', 'working-hour'] satisfies Unit[]
const MOST = 3660

/** The length of a term as a person writes it, in the digits of any width; not a number for `0x10`, `1e3` or ` `. */
export function budgetOf(text: string): number {
  const plain = text.normalize('NFKC').trim()
  return /^\d+$/.test(plain) ? Number(plain) : Number.NaN
}

/** What a case may hold; by `id` and `note` whoever wrote it finds it again. */
const MEMBERS: readonly string[] = ['unit', 'budget', 'from', 'pauses', 'id', 'note']

/** `{unit, budget, from, pauses: [[from, to], …]}`; days FROM to TO inclusive do not count. Bad input is refused by field. */
export function answerClock(calendar: Calendar, given: unknown, lang: Language = 'zh-CN'): ClockAnswer {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { refused: 'not-an-object', field: '' }
  const odd = Object.keys(given).find((member) => !MEMBERS.includes(member))
  if (odd !== undefined) return { refused: 'unknown-member', field: odd }
  const { unit, budget, from, pauses = [] } = given as Record<string, unknown>
  if (typeof unit !== 'string' || !units.includes(unit)) return { refused: 'unknown-unit', field: 'unit' }
  if (typeof budget !== 'number' || !Number.isInteger(budget) || budget < 0 || budget > MOST)
    return { refused: 'not-a-whole-number', field: 'budget' }
  if (typeof from !== 'string' || !isCivilDate(from)) return { refused: 'no-such-date', field: 'from' }
  if (!Array.isArray(pauses)) return { refused: 'not-a-list', field: 'pauses' }
  const gaps: { from: string; to: string; ground: string }[] = []
  for (const pause of pauses as unknown[]) {
    if (
      !Array.isArray(pause) ||
      pause.length !== 2 ||
      !pause.every((one) => typeof one === 'string' && isCivilDate(one))
    )
      return { refused: 'no-such-date', field: 'pauses' }
    const [first, last] = pause as [string, string]
    if (last < first) return { refused: 'ends-before-it-begins', field: 'pauses' }
    gaps.push({ from: first, to: last, ground: lang === 'zh-CN' ? '中止' : 'suspended' })
  }
  try {
    const article = lang === 'zh-CN' ? '按所填期限' : 'as entered'
    const run = { limit: { rule: 'as-entered', unit: unit as Unit, budget, article }, from, pauses: gaps }
    const found = deadline(calendar, run, from)
    return {
      due: found.due,
      ...(unit === 'working-hour' && { at: found.at }),
      provisional: found.provisional,
      steps: found.steps.map((step) => explain(step, lang)),
    }
  } catch (error) {
    if (error instanceof RangeError) return { refused: 'beyond-the-calendar', field: 'from' }
    throw error
  }
}
