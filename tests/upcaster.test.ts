// An event told in an earlier shape is understood for ever: each upcaster is tried on what was really written then.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as domains from '../domains/index.ts'
import { registry, type Domain } from '../kernel/domain.ts'
import { upcast, versionOf } from '../kernel/door.ts'
import type { AnyDefinition } from '../kernel/record.ts'
import { buckets } from './bucket/index.ts'

/** An event as it was once written, and what it is today; kept in `earlier.json` beside the definition. */
type Earlier = {
  readonly kind: string
  readonly event: string
  readonly version: number
  readonly data: unknown
  readonly becomes: unknown
}

const root = join(import.meta.dirname, '..')

function earlier(folder: string): readonly Earlier[] {
  const path = join(root, folder, 'earlier.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Earlier[]) : []
}

/** What is wrong with a domain's upcasters: a step that no example tries, or an example that does not come out. */
function faults(domain: Domain, examples: readonly Earlier[]): string[] {
  return domain.kinds.flatMap(({ definition }) => {
    const own = examples.filter((one) => one.kind === definition.kind)
    const steps = Object.entries((definition.upcasters ?? {}) as Record<string, object>).flatMap(([event, of]) =>
      Object.keys(of).map((version) => `${event} ${version}`),
    )
    const untried = steps.filter((step) => !own.some((one) => `${one.event} ${one.version}` === step))
    const wrong = own.filter((one) => !comesOut(definition, one))
    return [
      ...untried.map((step) => `${definition.kind}.${step} is not tried`),
      ...wrong.map((one) => `${definition.kind}.${one.event} ${one.version} does not come out`),
    ]
  })
}

function comesOut(definition: AnyDefinition, { event, version, data, becomes }: Earlier): boolean {
  const now = upcast(definition, event, version, data)
  const schema = (definition.events as Record<string, { safeParse(value: unknown): { success: boolean } }>)[event]
  return isDeepStrictEqual(now, becomes) && schema?.safeParse(now).success === true
}

test.each(Object.values(domains).map((domain) => [domain.name, domain] as const))(
  'every upcaster of %s is tried on an earlier event',
  (name, domain) => {
    expect(existsSync(join(root, 'domains', name, 'index.ts'))).toBe(true)
    expect(faults(domain, earlier(`domains/${name}`))).toEqual([])
  },
)

describe('an upcaster', () => {
  const examples = earlier('tests/bucket')
  test('leads through every shape that came between', () => {
    expect(faults(buckets, examples)).toEqual([])
    expect(versionOf(buckets.kinds[0]!.definition, 'made')).toBe(3)
    expect(versionOf(buckets.kinds[0]!.definition, 'filled')).toBe(1)
  })
  test('that nobody has tried is found, and one that leads astray', () => {
    expect(faults(buckets, [])).toEqual(['bucket.made 1 is not tried', 'bucket.made 2 is not tried'])
    expect(faults(buckets, [examples[0]!])).toEqual(['bucket.made 2 is not tried'])
    const astray = examples.map((one) => ({ ...one, becomes: { size: 6, colour: 'plain' } }))
    expect(faults(buckets, astray)).toHaveLength(2)
  })
  test.each<[string, object]>([
    ['of a version in between is missing', { made: { 1: () => 0, 3: () => 0 } }],
    ['of the first version is missing', { made: { 2: () => 0 } }],
    ['is of an event that is not there', { shattered: { 1: () => 0 } }],
  ])('is refused at start when it %s', (_, upcasters) => {
    const [kind] = buckets.kinds
    const definition = { ...kind!.definition, upcasters } as AnyDefinition
    expect(() => registry([{ ...buckets, kinds: [{ ...kind!, definition }] }])).toThrow(/do not lead/)
  })
})
