/** What a run of vitest came to, from its JSON report and its exit status. */

/** The part of vitest's JSON report that is read here. */
export interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[] | null
    }[]
  }[]
}

export interface Failure {
  readonly file: string
  readonly name: string
  readonly message: string
}

export interface Summary {
  /** `N passed, N failed`, and `, N skipped` if any were. */
  readonly line: string
  readonly failures: readonly Failure[]
  readonly skipped: readonly string[]
  /** All that ran passed, and something ran. */
  readonly ok: boolean
}

/** A file that could not be loaded, a run that failed outside any test and a run of no test each count as one failure. */
export function summarise(report: Report | undefined, status: number | null): Summary {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })))
  const passed = tests.filter((test) => test.status === 'passed').length
  const skipped = tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName)
  const failures: Failure[] = tests
    .filter((test) => test.status === 'failed')
    .map(({ file, fullName, failureMessages }) => ({
      file,
      name: fullName,
      message: failureMessages?.join('\n') ?? '',
    }))
  for (const file of files)
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
      failures.push({ file: file.name, name: '(the file itself)', message: file.message ?? '' })
  if (failures.length === 0 && passed === 0) failures.push(outside('no test ran'))
  else if (failures.length === 0 && status !== 0) failures.push(outside(`an error outside any test (exit ${status})`))

  const counts = [`${passed} passed`, `${failures.length} failed`]
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`)
  return { line: counts.join(', '), failures, skipped, ok: failures.length === 0 }
}

function outside(name: string): Failure {
  return { file: '', name, message: '' }
}
