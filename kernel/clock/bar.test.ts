import { expect, test } from 'vitest'
import { barOf } from './bar.ts'
import { nationalCalendar } from './calendar.ts'
import { deadline, type Run } from './limit.ts'

const limit = { rule: 'r', unit: 'working-day', budget: 5, article: 'a' } as const
const bar = (run: Run, today: string) => barOf(run, deadline(nationalCalendar, run, today), today)

test('the days used, the days left, and a day too many', () => {
  const run = { limit, from: '2026-03-02' }
  expect(bar(run, '2026-03-04')).toEqual([
    { kind: 'used', days: 2 },
    { kind: 'left', days: 5 },
  ])
  expect(bar(run, '2026-03-10')).toEqual([
    { kind: 'used', days: 7 },
    { kind: 'over', days: 1 },
  ])
})

test('a pause stands where it stood, and lasts to today while it is open', () => {
  const run = { limit, from: '2026-03-02', pauses: [{ from: '2026-03-04', ground: 'g' }] }
  expect(bar(run, '2026-03-05').slice(0, 2)).toEqual([
    { kind: 'used', days: 1 },
    { kind: 'paused', days: 2 },
  ])
})

test('on the first day nothing is used; a case done early keeps what was left', () => {
  expect(bar({ limit, from: '2026-03-02' }, '2026-03-02')).toEqual([{ kind: 'left', days: 7 }])
  expect(bar({ limit, from: '2026-03-02', ended: '2026-03-04' }, '2026-05-01')).toEqual([
    { kind: 'used', days: 2 },
    { kind: 'left', days: 5 },
  ])
})
