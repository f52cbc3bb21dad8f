// Every dependency has its line and a licence that we may pass on.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, never>
const manifest = read('package.json') as unknown as Record<string, Record<string, string>>
const names = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((part) =>
  Object.keys(manifest[part]!),
)
const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
const named = [...page.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)

test('each has a line, and each line a dependency', () => {
  const matches = (pattern: string, name: string) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name
  expect(names.filter((name) => !named.some((pattern) => matches(pattern, name)))).toEqual([])
  expect(named.filter((pattern) => !names.some((name) => matches(pattern, name)))).toEqual([])
})

test('each is pinned to one version', () => {
  for (const part of ['dependencies', 'devDependencies', 'optionalDependencies'])
    for (const [name, version] of Object.entries(manifest[part]!))
      expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+(-[\w.]+)?$/)
})

test('each has a licence that we may pass on', () => {
  const installed = names.filter((name) => existsSync(join(root, 'node_modules', name)))
  expect(installed.length).toBeGreaterThan(35)
  const wrong = installed
    .map((name) => `${name} ${String(read(`node_modules/${name}/package.json`)['license'])}`)
    .filter((one) => !/ (MIT|Apache-2\.0|BSD-[23]-Clause|ISC|MPL-2\.0|PostgreSQL)$/.test(one))
  expect(wrong).toEqual([])
})
