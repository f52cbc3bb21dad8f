import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// A boundary that does not hold looks exactly like one that was never crossed: each is crossed here once.

const root = join(import.meta.dirname, '..')

const crossings: readonly (readonly [file: string, line: string, rule?: string])[] = [
  ...['node:fs', 'node:fs/promises', 'pg', 'kysely', 'hono', 'hono/html', 'react', 'react/jsx-runtime', 'pino'].map(
    (name) => ['kernel/a.ts', importing(name)] as const,
  ),
  ...['store', 'domains/b', 'server', 'web', 'cli', 'cities/x', 'bench', 'tests'].flatMap((room) => [
    ['kernel/a.ts', importing(`../${room}/index.ts`)] as const,
    ['kernel/clock/a.ts', importing(`../../${room}/index.ts`)] as const,
  ]),
  ...['feelin/dist', 'file-type', 'fastify', 'saxes/lib', 'sax', 'semver'].map(
    (name) => ['kernel/rules/a.ts', importing(name)] as const,
  ),
  ['kernel/a.ts', 'export const at = Date.now()', 'no-restricted-properties'],
  ['kernel/a.ts', 'export const chance = Math.random()', 'no-restricted-properties'],
  ['kernel/a.ts', 'export const { env } = process', 'no-restricted-globals'],

  ...['domains/b', 'server', 'web', 'cli', 'cities/x', 'bench', 'tests'].flatMap((room) => [
    ['store/a.ts', importing(`../${room}/index.ts`)] as const,
    ['store/deep/a.ts', importing(`../../${room}/index.ts`)] as const,
  ]),
  ['store/a.ts', importing('hono')],

  ['domains/index.ts', importing('./a/appeal.ts')],
  ...['node:fs', 'pg', 'pg/lib/client', 'kysely', 'hono', 'hono/html', 'graphile-worker', 'react', 'antd'].map(
    (name) => ['domains/a/appeal.ts', importing(name)] as const,
  ),
  ...['store', 'server', 'web', 'web/parts', 'cli', 'tests'].map(
    (room) => ['domains/a/appeal.ts', importing(`../../${room}/index.ts`)] as const,
  ),
  ['domains/a/appeal.ts', importing('../b/thing.ts')],
  ['domains/a/appeal.ts', importing('../b/screens/thing.tsx')],
  ['domains/a/appeal.ts', "export type { Thing } from '../b/thing.ts'"],
  ['domains/a/appeal.ts', "export const later = () => import('../b/thing.ts')"],
  ['domains/a/appeal.test.ts', importing('../b/thing.ts')],
  ['domains/a/appeal.ts', 'export const at = Date.now()', 'no-restricted-properties'],
  ['domains/a/screens/board.tsx', importing('../../b/thing.ts')],
  ['domains/a/screens/board.tsx', importing('../../b/screens/thing.tsx')],
  ['domains/a/screens/board.tsx', importing('../../../web/shell.tsx')],
  ['domains/a/screens/board.tsx', importing('../../../store/index.ts')],
  ['domains/a/screens/board.tsx', importing('../../../server/index.ts')],
  ['domains/a/screens/board.tsx', importing('pg')],
  ['domains/a/screens/board.tsx', importing('node:fs')],

  ...['store', 'server', 'cli'].flatMap((room) => [
    ['web/a.ts', importing(`../${room}/index.ts`)] as const,
    ['web/desk/a.tsx', importing(`../../${room}/index.ts`)] as const,
  ]),
  ['web/a.ts', importing('pg')],
  ['web/a.ts', importing('kysely')],
  ['web/a.ts', importing('node:fs')],
  ['server/a.ts', importing('../web/index.ts')],
  ['server/a.ts', importing('../cli/index.ts')],
  ['server/routes/a.ts', importing('../../web/index.ts')],
  ['server/a.ts', importing('../tests/index.ts')],
  ['cli/a.ts', importing('../web/index.ts')],
]

const permitted: readonly (readonly [file: string, line: string])[] = [
  ['kernel/a.ts', importing('zod')],
  ['kernel/clock/a.ts', importing('../record.ts')],
  ['kernel/rules/a.ts', importing('feelin')],
  ['kernel/rules/a.ts', importing('saxes')],
  ['kernel/a.test.ts', importing('fast-check')],
  ['kernel/a.test.ts', importing('node:fs')],
  ['store/a.ts', importing('../kernel/record.ts')],
  ['store/a.ts', importing('pg')],
  ['store/a.db.test.ts', importing('../tests/database.ts')],
  ['domains/index.ts', importing('./a/index.ts')],
  ['domains/a/appeal.ts', importing('../../kernel/record.ts')],
  ['domains/a/appeal.ts', importing('../../kernel/clock/date.ts')],
  ['domains/a/appeal.ts', importing('../b/index.ts')],
  ['domains/a/appeal.ts', importing('./texts.ts')],
  ['domains/a/appeal.ts', importing('./screens/board.tsx')],
  ['domains/a/screens/board.tsx', importing('../appeal.ts')],
  ['domains/a/screens/board.tsx', importing('../../b/index.ts')],
  ['domains/a/screens/board.tsx', importing('../../../kernel/record.ts')],
  ['domains/a/screens/board.tsx', importing('../../../web/part/index.ts')],
  ['domains/a/screens/board.tsx', importing('react')],
  ['web/a.ts', importing('../domains/index.ts')],
  ['web/a.ts', importing('../kernel/record.ts')],
  ['web/a.ts', importing('antd')],
  ['server/a.ts', importing('../store/append.ts')],
  ['server/a.ts', importing('../domains/index.ts')],
  ['cli/a.ts', importing('../server/settings.ts')],
]

describe('boundaries', () => {
  let found: ReadonlyMap<string, readonly string[]>
  beforeAll(() => {
    found = lint([...crossings, ...permitted].map(([file, line], n) => [planted(file, n), line]))
  })

  test.each(crossings.map(([file, line, rule], n) => ({ file, line, rule, n })))('$file may not $line', (crossing) => {
    const at = planted(crossing.file, crossing.n)
    const rule = crossing.rule ?? /no-restricted-imports|no-nodejs-modules/
    expect(found.get(at) ?? []).toContainEqual(expect.stringMatching(rule))
  })

  test.each(permitted.map(([file, line], n) => ({ file, line, n: crossings.length + n })))('$file may $line', (use) => {
    expect(found.get(planted(use.file, use.n))).toBeUndefined()
  })
})

describe('the linter', () => {
  test('sees circles of imports and forgotten promises, so it does read types', () => {
    const found = lint(
      [
        ['domains/a/x.ts', "import { y } from './y.ts'\nexport const x = () => y"],
        ['domains/a/y.ts', "import { x } from './x.ts'\nexport const y = () => x"],
        ['server/a.ts', 'async function send() {}\nexport function forget() {\n  send()\n}'],
      ],
      ['--type-aware'],
    )
    expect(found.get('domains/a/x.ts')).toContainEqual(expect.stringContaining('no-cycle'))
    expect(found.get('server/a.ts')).toContainEqual(expect.stringContaining('no-floating-promises'))
  })
})

test('the kernel never asks the system what time it is', () => {
  const files = readdirSync(join(root, 'kernel'), { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  const asking = sources.filter((file) => /new Date\(\s*\)/.test(readFileSync(join(root, 'kernel', file), 'utf8')))
  expect(asking).toEqual([])
})

test('all configuration of tools together is under 200 lines', () => {
  const files = [
    '.oxlintrc.json',
    '.prettierrc.json',
    '.prettierignore',
    'knip.json',
    'tsconfig.json',
    'vitest.config.ts',
  ]
  const lines = files.flatMap((file) => readFileSync(join(root, file), 'utf8').trimEnd().split('\n'))
  expect(lines.length).toBeLessThan(200)
})

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** Runs our linter on a tree of these files alone, with our configuration; the rules broken, by file. */
function lint(files: readonly (readonly [file: string, text: string])[], args: string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'lj-boundaries-'))
  folders.push(folder)
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  const compiler = readFileSync(join(root, 'tsconfig.json'), 'utf8').replace('"types": ["node"]', '"types": []')
  writeFileSync(join(folder, 'tsconfig.json'), compiler)
  for (const [file, text] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), `${text}\n`)
  }
  const cli = join(root, 'node_modules/oxlint/bin/oxlint')
  const bin = join(root, 'node_modules/.bin')
  const ran = spawnSync(process.execPath, [cli, '-f', 'json', ...args, '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  })
  const { diagnostics } = JSON.parse(ran.stdout) as {
    diagnostics: { filename: string; code: string; severity: string }[]
  }
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  return new Map(
    Object.entries(Object.groupBy(errors, ({ filename }) => filename)).map(([file, found]) => [
      file,
      (found ?? []).map(({ code }) => code),
    ]),
  )
}

/** A file of its own for each line, in the same folder and with the same ending. */
function planted(file: string, n: number): string {
  return file === 'domains/index.ts'
    ? `domains/index${n}.ts`
    : file.replace(/([^/]+?)((?:\.db|\.test)*\.tsx?)$/, `$1-${n}$2`)
}

function importing(name: string): string {
  return `import * as used from '${name}'; console.log(used)`
}
