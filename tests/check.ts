/** `npm run check`: format, lint, types, boundaries and unused code; runs all of them, says how each went and how long it took. */
import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import process from 'node:process'

const root = join(import.meta.dirname, '..')
const modules = join(root, 'node_modules')

/** Each check is a program of an installed package, run by this Node: nothing depends on what else is on the PATH. */
const checks: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  ['format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['lint', 'oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--no-error-on-unmatched-pattern', '.'],
  ['types', 'typescript/bin/tsc', '-p', 'tsconfig.json'],
  [
    'boundaries',
    'vitest/vitest.mjs',
    'run',
    '--configLoader=native',
    '--project',
    'unit',
    'tests/boundaries',
    '--reporter=dot',
  ],
  ['unused', 'knip/bin/knip.js', '--no-progress', '--no-config-hints'],
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !checks.some(([known]) => known === name))
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}; there are ${checks.map(([name]) => name).join(', ')}.`)
  process.exit(2)
}

let failed = 0
for (const [name, program, ...args] of checks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const { status, output, seconds } = await run(program, args)
  if (status === 0) console.log(`✓ ${name} ${seconds.toFixed(1)} s`)
  else {
    failed += 1
    console.log(`✗ ${name} ${seconds.toFixed(1)} s\n${output.trimEnd()}\n`)
  }
}
const ran = wanted.length || checks.length
console.log(`check: ${ran - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function run(
  program: string,
  args: string[],
): Promise<{ status: number | null; output: string; seconds: number }> {
  const began = Date.now()
  const child = spawn(process.execPath, [join(modules, program), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter), NO_COLOR: '1' },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const status = await new Promise<number | null>((done) => {
    child.once('error', (error) => {
      output += error.message
      done(null)
    })
    child.once('close', done)
  })
  return { status, output, seconds: (Date.now() - began) / 1000 }
}
