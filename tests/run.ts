/** `npm test`: brings a browser and fonts, runs the tests, and says in its last line how many passed and failed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import process from 'node:process'
import { ensureBrowser } from './browser.ts'
import { summarise, type Report } from './summary.ts'

const projects = ['unit', 'db', 'journey'] as const
const root = join(import.meta.dirname, '..')

/** `npm test -- unit db appeals -t 'reopens'`: names of projects narrow, other words are passed to vitest. */
const args = process.argv.slice(2)
const named = projects.filter((project) => args.includes(project))
const others = args.filter((arg) => !projects.some((project) => project === arg))

if (named.length === 0 || named.includes('journey')) {
  const { path, installed, seconds } = ensureBrowser()
  const how = installed.length > 0 ? `installed ${installed.join(', ')} in ${seconds.toFixed(1)} s` : 'found'
  console.log(`Browser: ${path} (${how})`)
}

const folder = mkdtempSync(join(tmpdir(), 'lj-report-'))
const file = join(folder, 'report.json')
const ran = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--configLoader=native',
    ...named.flatMap((project) => ['--project', project]),
    ...others,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ],
  { cwd: root, stdio: 'inherit' },
)
const summary = summarise(readReport(file), ran.status)
rmSync(folder, { recursive: true, force: true })

for (const { file: at, name, message } of summary.failures) {
  console.log(`\nFAILED ${relative(root, at)} ${name}`)
  if (message) console.log(message.split('\n').slice(0, 12).join('\n'))
}
for (const name of summary.skipped) console.log(`skipped: ${name}`)
console.log(summary.line)
process.exitCode = summary.ok ? 0 : 1

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return undefined
  }
}
