// How heavy the desks are, byte for byte: what the first page takes, and what each screen adds.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { builtDesks } from '../cli/desk.ts'

type Chunk = {
  readonly file: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

const KB = 1024
let chunks: Readonly<Record<string, Chunk>> = {}
let weightOf = (_file: string): number => 0

beforeAll(async () => {
  const folder = await builtDesks()
  chunks = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as typeof chunks
  weightOf = (file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length
})

/** The files of a chunk and of all that it needs at once. */
function filesOf(name: string, seen = new Set<string>()): ReadonlySet<string> {
  const chunk = chunks[name]!
  for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file)
  for (const other of chunk.imports ?? []) if (!seen.has(chunks[other]!.file)) filesOf(other, seen)
  return seen
}

const sum = (files: Iterable<string>) => [...files].reduce((total, file) => total + weightOf(file), 0)

test('the first page takes at most 400 KB, with the styles that it shares with the portal', () => {
  const entry = Object.keys(chunks).find((name) => chunks[name]!.isEntry)!
  const shared = ['tokens.css', 'portal.css'].map((name) => join(import.meta.dirname, '../server/portal', name))
  const styles = shared.reduce((total, path) => total + gzipSync(readFileSync(path), { level: 9 }).length, 0)
  expect(sum(filesOf(entry)) + styles).toBeLessThanOrEqual(400 * KB)
})

test('no screen adds more than 120 KB', () => {
  const entry = Object.keys(chunks).find((name) => chunks[name]!.isEntry)!
  const first = filesOf(entry)
  for (const name of Object.keys(chunks)) {
    const added = [...filesOf(name)].filter((file) => !first.has(file))
    expect(sum(added), name).toBeLessThanOrEqual(120 * KB)
  }
  expect(Object.keys(chunks).length).toBeGreaterThan(10)
})
