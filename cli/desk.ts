// The desks, built when they are first needed and again when their source has changed.
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const root = join(import.meta.dirname, '..')

/** The folder of the built desks. Says so while it builds. */
export async function builtDesks(): Promise<string> {
  const folder = join(root, 'dist', 'web')
  const note = join(root, 'dist', 'web.source')
  const source = sourceOf()
  if (existsSync(join(folder, 'index.html')) && existsSync(note) && readFileSync(note, 'utf8') === source) return folder
  process.stdout.write('构建工作台 / building the desks … ')
  const began = Date.now()
  const { buildDesks } = await import('./build.ts')
  await buildDesks(folder)
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(note, source)
  console.log(`${((Date.now() - began) / 1000).toFixed(1)} s`)
  return folder
}

function sourceOf(): string {
  const hash = createHash('sha256')
  // Screens share code with their domains and the kernel.
  const names = globSync(['{web,domains,kernel}/**/*.{ts,tsx,css,html}', 'cli/build.ts', 'package{,-lock}.json'], {
    cwd: root,
    exclude: ['**/*.test.{ts,tsx}'],
  })
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(root, name)))
  return hash.digest('hex')
}
