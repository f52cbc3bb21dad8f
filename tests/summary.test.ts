import { expect, test } from 'vitest'
import { summarise, type Report } from './summary.ts'

function report(...tests: [name: string, status: string][]): Report {
  const assertionResults = tests.map(([fullName, status]) => ({ fullName, status, failureMessages: ['because'] }))
  return { testResults: [{ name: '/a.test.ts', status: 'passed', message: '', assertionResults }] }
}

test('a run in which all passed', () => {
  expect(summarise(report(['a', 'passed'], ['b', 'passed']), 0)).toMatchObject({ line: '2 passed, 0 failed', ok: true })
})

test('a run in which one failed names it', () => {
  const summary = summarise(report(['a', 'passed'], ['b', 'failed']), 1)
  expect(summary).toMatchObject({ line: '1 passed, 1 failed', ok: false })
  expect(summary.failures).toEqual([{ file: '/a.test.ts', name: 'b', message: 'because' }])
})

test('a skipped test is counted and named', () => {
  const summary = summarise(report(['a', 'passed'], ['b', 'pending'], ['c', 'todo']), 0)
  expect(summary).toMatchObject({ line: '1 passed, 0 failed, 2 skipped', skipped: ['b', 'c'], ok: true })
})

test('a file that cannot be loaded is a failure', () => {
  const broken: Report = {
    testResults: [
      ...report(['a', 'passed']).testResults,
      { name: '/b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ],
  }
  expect(summarise(broken, 1)).toMatchObject({ line: '1 passed, 1 failed', ok: false })
})

test('an error outside any test, a crash and a run of nothing are failures', () => {
  expect(summarise(report(['a', 'passed']), 1)).toMatchObject({ line: '1 passed, 1 failed', ok: false })
  expect(summarise(report(['a', 'passed']), null)).toMatchObject({ line: '1 passed, 1 failed', ok: false })
  expect(summarise(undefined, 1)).toMatchObject({ line: '0 passed, 1 failed', ok: false })
  expect(summarise(report(), 0)).toMatchObject({ line: '0 passed, 1 failed', ok: false })
  expect(summarise(report(['a', 'pending']), 0).ok).toBe(false)
})
