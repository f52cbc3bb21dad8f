// What an applicant brings after all: only what he was told to correct, and what he had promised.
import type { z } from 'zod'
import type { Actor } from '../../kernel/access.ts'
import { refuse } from '../../kernel/record.ts'
import type { Version } from '../items/index.ts'
import { outstanding, type Case } from './case.ts'
import { isOf } from './demand.ts'
import type * as says from './input.ts'

/** What the version calls a field or paper that it asks for in this case; undefined for what it does not ask for. */
export function nameOf(
  was: Case,
  { sort, code }: { readonly sort: 'field' | 'paper'; readonly code: string },
): string | undefined {
  return sort === 'field'
    ? was.answers.find(({ field }) => field === code)?.name
    : was.papers.find(({ material, way }) => material === code && way !== 'produced')?.name
}

/** How a paper is had that the applicant himself brings. */
const BROUGHT: readonly string[] = ['given', 'missing']

/** Whether it can be demanded of the applicant now: not what the city obtains itself, nor what may follow or a commitment replaces. */
export function mayDemand(
  was: Case,
  { sort, code }: { readonly sort: 'field' | 'paper'; readonly code: string },
): boolean {
  return sort === 'field' || was.papers.some(({ material, way }) => material === code && BROUGHT.includes(way))
}

/** Whether the applicant has something to bring yet. */
export function owes(was: Case): boolean {
  return (was.owed ?? []).length > 0 || (['examining', 'special'].includes(was.phase) && outstanding(was).length > 0)
}

type Supplied = z.output<typeof says.Supply>

/** Only what was told to be corrected, and what was to follow, is taken. */
export function wrongSupply(
  was: Case,
  { answers, papers, files = [] }: Supplied,
  actor: Actor,
  text: Version | undefined,
) {
  const owed = (sort: string, asked: string) => (was.owed ?? []).some((one) => one.sort === sort && one.code === asked)
  if (answers.length + papers.length === 0) return refuse('not-demanded', 'papers')
  const fields = text === undefined || text.phase === 'none' ? [] : text.content.fields
  for (const [place, { field, value }] of answers.entries()) {
    if (!owed('field', field)) return refuse('not-demanded', `answers.${place}.field`)
    const known = fields.find((one) => one.field === field)
    if (!isOf(known?.form, value))
      return refuse('answer-of-another-form', `answers.${place}.value`, { name: known?.fieldName ?? '' })
  }
  for (const [place, { material, pages = [] }] of papers.entries()) {
    const follows = outstanding(was).some((one) => one.material === material)
    if (!follows && !owed('paper', material)) return refuse('not-demanded', `papers.${place}.material`)
    if (pages.some((one) => !files.includes(one))) return refuse('file-unknown', `papers.${place}.pages`)
    if (actor.posts.length === 0 && pages.length === 0) return refuse('file-missing', `papers.${place}.pages`)
  }
  return undefined
}
