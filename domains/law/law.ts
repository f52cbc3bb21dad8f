// The city's law as dated data: calendar editions and time limits, each published by one person on the draft of another.
import { z } from 'zod'
import { dayOf, weekday } from '../../kernel/clock/date.ts'
import { define, record, refuse } from '../../kernel/record.ts'

const date = z.iso.date().meta({ widget: 'date' })
const words = (most: number) => z.string().trim().min(1).max(most)

const Draft = z.object({
  year: z.number().int().min(2007).max(2100).meta({ widget: 'number' }),
  notice: words(60),
  noticeDate: date,
  off: z
    .array(z.object({ from: date, to: date }))
    .min(1)
    .max(20)
    .meta({ widget: 'list' }),
  work: z.array(date).max(20).meta({ widget: 'list' }),
})
const Drafted = Draft.extend({ by: z.string().meta({ widget: 'hidden' }) })
const Nothing = z.object({})

/** What one person has drafted waits for another to publish it. */
export const queues = {
  'to-publish': { on: { 'security-admin': 2, 'system-admin': 5 }, views: { draft: { phase: 'draft' } } },
}

export type Edition =
  { readonly phase: 'none' } | (z.output<typeof Drafted> & { readonly phase: 'draft' | 'published' })

export const calendarEdition = define<Edition>()({
  kind: 'calendar',
  code: 'RL',
  initial: { phase: 'none' },
  phases: ['none', 'draft', 'published'],
  refusals: [
    'outside-the-year',
    'ends-before-it-begins',
    'days-off-overlap',
    'works-on-a-day-off',
    'works-anyway',
    'two-persons',
  ],
  events: { drafted: Drafted, published: Nothing },
  evolve: {
    drafted: (_, data) => ({ phase: 'draft', ...data }),
    published: (was) => (was.phase === 'none' ? was : { ...was, phase: 'published' }),
  },
  commands: {
    draft: {
      input: Draft,
      by: { 'system-admin': 'city' },
      in: ['none', 'draft'],
      amends: true,
      decide(_, data, { actor }) {
        const year = String(data.year)
        if (data.off.some((one) => one.to < one.from)) return refuse('ends-before-it-begins', 'off')
        // A holiday block may begin in the last days of the year before.
        const near = (day: string) => day.slice(0, 4) === year || day.startsWith(`${data.year - 1}-12`)
        if (!data.off.every((one) => near(one.from) && near(one.to)) || !data.work.every(near))
          return refuse('outside-the-year', 'off')
        const blocks = data.off.toSorted((a, b) => (a.from < b.from ? -1 : 1))
        if (blocks.some((one, place) => place > 0 && one.from <= blocks[place - 1]!.to))
          return refuse('days-off-overlap', 'off')
        if (data.work.some((day) => data.off.some((one) => one.from <= day && day <= one.to)))
          return refuse('works-on-a-day-off', 'work')
        // One makes up for a bridged working day on a Saturday or a Sunday; on any other day one works anyway.
        if (!data.work.every((day) => [0, 6].includes(weekday(dayOf(day))))) return refuse('works-anyway', 'work')
        return record({ type: 'drafted', data: { ...data, by: actor.id } })
      },
    },
    publish: {
      input: Nothing,
      by: { 'security-admin': 'city' },
      in: ['draft'],
      grave: true,
      decide: (was, _, { actor }) =>
        was.phase !== 'none' && was.by === actor.id ? refuse('two-persons') : record({ type: 'published', data: {} }),
    },
  },
  sees: { public: 'always', 'system-admin': 'city', 'security-admin': 'city', 'audit-admin': 'city' },
  columns: ['year', 'notice', 'noticeDate'],
  queues,
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : {
          title: `${state.year} ${state.notice}`,
          open: true,
          level: state.phase === 'published' ? 0 : 1,
          facets: { year: String(state.year) },
        },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, by: __, ...facts } = state
    return facts
  },
  enacts: (state) =>
    state.phase === 'published'
      ? {
          edition: {
            year: state.year,
            off: state.off.map((one) => [one.from, one.to]),
            work: state.work,
            notices: [{ number: state.notice, date: state.noticeDate, verified: true }],
          },
        }
      : undefined,
})

const Lay = z.object({
  /** One of the limits by which some kind's clocks run, each of which says its name. */
  rule: z
    .string()
    .regex(/^[a-z][a-z0-9.-]{2,60}$/)
    .meta({ widget: 'limit' }),
  unit: z.enum(['working-day', 'calendar-day', 'month', 'working-hour']).meta({ widget: 'choice' }),
  budget: z.number().int().min(1).max(3660).meta({ widget: 'number' }),
  article: words(200),
  source: words(200),
  from: date,
  to: date.optional(),
  note: words(400).optional().meta({ widget: 'paragraph' }),
})
const Laid = Lay.extend({ by: z.string().meta({ widget: 'hidden' }) })
const End = z.object({ to: date })

export type Rule = { readonly phase: 'none' } | (z.output<typeof Laid> & { readonly phase: 'draft' | 'published' })

export const limitRule = define<Rule>()({
  kind: 'rule',
  code: 'GZ',
  initial: { phase: 'none' },
  phases: ['none', 'draft', 'published'],
  refusals: ['ends-before-it-begins', 'two-persons'],
  events: { laid: Laid, published: Nothing, ended: End },
  evolve: {
    laid: (_, data) => ({ phase: 'draft', ...data }),
    published: (was) => (was.phase === 'none' ? was : { ...was, phase: 'published' }),
    ended: (was, { to }) => (was.phase === 'none' ? was : { ...was, to }),
  },
  commands: {
    lay: {
      input: Lay,
      by: { 'system-admin': 'city' },
      in: ['none', 'draft'],
      amends: true,
      decide: (_, data, { actor }) =>
        data.to !== undefined && data.to < data.from
          ? refuse('ends-before-it-begins', 'to')
          : record({ type: 'laid', data: { ...data, by: actor.id } }),
    },
    publish: {
      input: Nothing,
      by: { 'security-admin': 'city' },
      in: ['draft'],
      grave: true,
      decide: (was, _, { actor }) =>
        was.phase !== 'none' && was.by === actor.id ? refuse('two-persons') : record({ type: 'published', data: {} }),
    },
    end: {
      input: End,
      by: { 'security-admin': 'city' },
      in: ['published'],
      grave: true,
      decide: (was, data) =>
        was.phase !== 'none' && data.to < was.from
          ? refuse('ends-before-it-begins', 'to')
          : record({ type: 'ended', data }),
    },
  },
  sees: { public: 'always', 'system-admin': 'city', 'security-admin': 'city', 'audit-admin': 'city' },
  columns: ['rule', 'unit', 'budget', 'article', 'from', 'to'],
  queues,
  index: (state) =>
    state.phase === 'none'
      ? { title: '', open: false }
      : { title: state.article, open: true, level: state.phase === 'published' ? 0 : 1, facets: { rule: state.rule } },
  facts: (state) => {
    if (state.phase === 'none') return {}
    const { phase: _, by: __, ...facts } = state
    return facts
  },
  enacts: (state) =>
    state.phase === 'published'
      ? {
          limit: {
            id: state.rule,
            unit: state.unit,
            budget: state.budget,
            article: state.article,
            source: state.source,
            from: state.from,
            to: state.to,
            note: state.note,
          },
        }
      : undefined,
})
