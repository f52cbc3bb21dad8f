// Accepted commands a second through the door against loops that only run its two statements, and a large city against a small one.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { server } from './fill.ts'
import { bare, CLIENTS, living, mixed, opened, same, taped, type Desk, type Line, type Tape } from './loop.ts'
import { median, rate, type Comparison } from './measure.ts'

const SECONDS = 4
const ROUNDS = 3
/** Seconds. A page is written whole when it is first changed after a checkpoint, which costs a large city more. */
const BETWEEN_CHECKPOINTS = 300
const TURNS = Math.ceil(BETWEEN_CHECKPOINTS / (2 * SECONDS))
const SMALL = 10_000
const LARGE = 1_000_000

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const postgres = await server(say)
  try {
    const small = await opened(await (await postgres.copied(SMALL)).open())
    const against = await againstBare(small, say)
    const large = await opened(await (await postgres.copied(LARGE)).open())
    const grown = await againstSmall(large, small, say)
    await Promise.all([small.world.close(), large.world.close()])
    return [...against, grown]
  } finally {
    await postgres.close()
  }
}

async function againstBare(desk: Desk, say: (line: string) => void): Promise<readonly Comparison[]> {
  say(`the door against its two statements alone, ${CLIENTS} clients, ${ROUNDS} rounds of ${SECONDS} s in turn`)
  const tapes = await taped(desk)
  const door = living(desk)
  const loop = bare(desk, tapes)
  const script = pgbench(desk, tapes)
  const taken = { door: [] as number[], loop: [] as number[], script: [] as number[] }
  for (const one of [door, loop]) await rate(CLIENTS, 1, (client) => one.step(client))
  for (let round = 0; round < ROUNDS; round++) {
    taken.door.push(await rate(CLIENTS, SECONDS, (client) => door.step(client)))
    taken.loop.push(await rate(CLIENTS, SECONDS, (client) => loop.step(client)))
    if (script) taken.script.push(script.run())
  }
  script?.close()
  const agrees = await same(desk, door, loop)
  const ours = median(taken.door)
  const against = (name: string, others: readonly number[]): Comparison => ({
    name: `door, 8 clients, against ${name}`,
    ours,
    other: median(others),
    ratio: ours / median(others),
    unit: 'commands/s',
    agrees,
  })
  return [
    against('a bare loop of the same statements', taken.loop),
    ...(script ? [against('pgbench with the same statements', taken.script)] : []),
  ]
}

/** The tapes as a script for pgbench, where that is installed: PostgreSQL's own client, written in C. */
function pgbench({ world }: Desk, tapes: readonly Tape[]): { run(): number; close(): void } | undefined {
  if (spawnSync('pgbench', ['--version']).status !== 0) return undefined
  const { lines, id, keys } = tapes[0]!
  const given = new Map<string, string>()
  const literal = (value: unknown) => {
    const text = String(value)
    const long = text.length > 60
    if (long) given.set(`p${given.size}`, text)
    const from = long ? `:p${given.size - 1}::text` : `'${text}'`
    return text.includes(id) ? `replace(${from}, '${id}', 'SQP' || :n)` : from
  }
  const statement = ({ name, values }: Line, key: string) => {
    const [city, one, two, three, ...rest] = values
    const list = (items: unknown) => `array[${(items as string[]).map((item) => literal(item)).join(', ')}]`
    const fresh = (text: string) => text.replaceAll(`'${key}'`, `'${key}' || :n`)
    if (name === 'load')
      return fresh(
        `select what, kind, id, version, body from load(${literal(city)}, ${list(one)}, ${list(two)}, ${list(three)});`,
      )
    const answers = `replace(${literal(two)}, '${key}', '${key}' || :n)::jsonb`
    return `select append(${literal(city)}, ${literal(one)}::jsonb, ${answers}, ${[three, ...rest.slice(0, -1)].map((value) => (typeof value === 'string' ? literal(value) : String(value))).join(', ')}, ${literal(rest.at(-1))}::jsonb);`
  }
  const text = lines.map((line, at) => statement(line, keys[Math.floor(at / 2)]!)).join('\n')
  const folder = mkdtempSync(join(tmpdir(), 'lj-pgbench-'))
  const file = join(folder, 'script.sql')
  writeFileSync(file, `\\set n random(1, 1000000000000000)\n${text}\n`)
  return {
    run() {
      const { connectionString } = world.config
      const url = new URL(connectionString!)
      const args = ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-j', '1', '-T', String(SECONDS), '-f', file]
      const values = [...given].flatMap(([name, value]) => ['-D', `${name}=${value}`])
      const done = spawnSync(
        'pgbench',
        [...args, ...values, '-h', decodeURIComponent(url.host), '-U', url.username, url.pathname.slice(1)],
        { encoding: 'utf8' },
      )
      const tps = /tps = ([\d.]+)/.exec(done.stdout)?.[1]
      if (done.status !== 0 || tps === undefined) throw new Error(`pgbench: ${done.stderr}`)
      return (Number(tps) * lines.length) / 2
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

async function againstSmall(large: Desk, small: Desk, say: (line: string) => void): Promise<Comparison> {
  say(`the door at ${LARGE} appeals against ${SMALL}, ${TURNS} rounds of ${SECONDS} s in turn`)
  const loops = { large: mixed(large), small: mixed(small) }
  const taken = { large: [] as number[], small: [] as number[] }
  const run = (size: 'large' | 'small', seconds: number) => rate(CLIENTS, seconds, (client) => loops[size].step(client))
  for (const size of ['small', 'large'] as const) await run(size, 2 * SECONDS)
  // Each goes first as often as the other; what lies beside each other in time is compared, for machines have moods.
  for (let round = 0; round < TURNS; round++)
    for (const size of round % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const))
      taken[size].push(await run(size, SECONDS))
  const agrees = (await same(large, loops.large)) && (await same(small, loops.small))
  return {
    name: `door, ${LARGE} appeals against ${SMALL}`,
    ours: median(taken.large),
    other: median(taken.small),
    ratio: median(taken.large.map((large, round) => large / taken.small[round]!)),
    unit: 'commands/s',
    agrees,
  }
}

export const bench = { says: 'the door against its two statements alone; a large city against a small one', run }
