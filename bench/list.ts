// What people look at all day, at a million appeals: inbox, search, one case, the queue to be dispatched, counts by unit.
import { connection, serve, signIn, type Connection } from './client.ts'
import { handlers } from './case.ts'
import { server } from './fill.ts'
import { percentile, sequence, type Comparison } from './measure.ts'

const APPEALS = 1_000_000
/** Milliseconds within which nineteen of twenty answers come. */
const LIMIT = 50
/** Requests a second, for so many seconds; the burst is five times that. */
const STEADY = { rate: 40, seconds: 30 } as const
const BURST = { rate: 5 * STEADY.rate, seconds: 20 } as const
/** Seconds within which the burst must be over. */
const RECOVERY = 60
const WINDOW = 5

type Pick = <T>(from: readonly T[]) => T
export type Look = {
  readonly name: string
  readonly weight: number
  path(pick: Pick): readonly [who: string, path: string]
}
type Answered = { readonly name: string; readonly at: number; readonly ms: number; readonly status: number }

/** As people type them: names that few cases hold, numbers that one does, words that all do, parts of words. */
const words = [
  '宏达',
  '道路施工',
  '货车',
  '企业',
  '涉及金额',
  '公司厂区',
  '招工 车间',
  '合同编号HT-2025',
  '经办人张明',
  '金宏',
]

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  const postgres = await server(say)
  try {
    const city = await postgres.filled(APPEALS)
    const world = await city.open()
    const { rows } = await world.database.query(
      `select id, facets->>'handler' as handler from record tablesample system (0.1) where kind = 'appeal' and phase = 'closed' limit 500`,
    )
    await world.close()
    const cases = (rows as { id: string; handler: string }[]).filter((row) =>
      handlers.some(({ id }) => id === row.handler),
    )
    const whole = await serve({ url: city.config.connectionString })
    try {
      return await looked(whole.port, looksOf(cases), say)
    } finally {
      await whole.close()
    }
  } finally {
    await postgres.close()
  }
}

function looksOf(cases: readonly { readonly id: string; readonly handler: string }[]): readonly Look[] {
  const everywhere = ['dispatcher', 'supervisor', 'mayor'] as const
  const handling = handlers.map(({ id }) => id)
  return [
    {
      name: 'inbox',
      weight: 4,
      path: (pick) => [
        pick(handling),
        '/api/records/appeal?open=yes&order=due&mine=yes&phase=dispatched,handling,waiting,shelved&limit=20',
      ],
    },
    {
      name: 'search',
      weight: 3,
      path: (pick) => {
        const who = pick([handling, everywhere])
        return [pick<string>(who), `/api/records/appeal?limit=20&q=${encodeURIComponent(pick(words))}`]
      },
    },
    {
      name: 'case',
      weight: 4,
      path: (pick) => {
        const { id, handler: who } = pick(cases)
        return [who, `/api/records/appeal/${id}`]
      },
    },
    { name: 'triage', weight: 1, path: () => ['dispatcher', '/api/records/appeal?phase=raised&limit=20'] },
    { name: 'units', weight: 1, path: (pick) => [pick(['supervisor', pick(handling)]), '/api/summary/appeal'] },
  ]
}

async function looked(
  port: number,
  looks: readonly Look[],
  say: (line: string) => void,
): Promise<readonly Comparison[]> {
  const cookies = new Map<string, string>()
  for (const person of ['dispatcher', 'supervisor', 'mayor', ...handlers.map(({ id }) => id)])
    cookies.set(person, await signIn(port, person))
  const connections = Array.from({ length: 64 }, () => connection(port))
  const load = (rate: number, seconds: number) => arriving(connections, cookies, looks, rate, seconds)
  say(`${STEADY.rate} requests a second for ${STEADY.seconds} s, after as long to warm up`)
  await load(STEADY.rate, STEADY.seconds)
  const steady = await load(STEADY.rate, STEADY.seconds)
  say(`a burst of ${BURST.rate} a second for ${BURST.seconds} s, then ${STEADY.rate} again`)
  const burst = await load(BURST.rate, BURST.seconds)
  const after = await load(STEADY.rate, RECOVERY)
  for (const one of connections) one.close()

  const failed = [...steady, ...burst, ...after].filter(({ status }) => status !== 200)
  const agrees = failed.length === 0
  for (const { name, status, at } of failed)
    say(`failed: ${name}, status ${status}, ${at.toFixed(1)} s after its load began`)
  const parts = looks.map(({ name }) => {
    const taken = steady.filter((one) => one.name === name).map(({ ms }) => ms)
    const p95 = percentile(taken, 0.95)
    say(`${name}: p50 ${percentile(taken, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${taken.length} answers`)
    return {
      name: `list, ${name} at ${APPEALS}, p95 against ${LIMIT} ms`,
      ours: p95,
      other: LIMIT,
      ratio: LIMIT / p95,
      unit: 'ms',
      agrees,
    }
  })
  const during = percentile(
    burst.map(({ ms }) => ms),
    0.95,
  )
  const windows = windowsOf(after)
  const recovered = WINDOW * (windows.findLastIndex((p95) => p95 > LIMIT) + 1)
  say(`burst: p95 ${during.toFixed(1)} ms, ${failed.length} errors; back below ${LIMIT} ms after ${recovered} s`)
  say(`p95 in each ${WINDOW} s after it: ${windows.map((p95) => p95.toFixed(0)).join(', ')} ms`)
  const name = `list, a burst of five times: seconds until p95 is below ${LIMIT} ms again, against ${RECOVERY}`
  return [
    ...parts,
    { name, ours: recovered, other: RECOVERY, ratio: RECOVERY / Math.max(1, recovered), unit: 's', agrees },
  ]
}

/** Requests that come at their own times, whether the earlier are answered or not; each is timed from when it came. */
/** So many requests a second, whether or not those before are answered; a connection that breaks counts as status 0. */
export async function arriving(
  connections: readonly Connection[],
  cookies: ReadonlyMap<string, string>,
  looks: readonly Look[],
  rate: number,
  seconds: number,
): Promise<readonly Answered[]> {
  const draw = sequence(rate)
  const drawn = looks.flatMap((look) => Array.from({ length: look.weight }, () => look))
  const began = performance.now()
  const idle = [...connections]
  const waiting: (() => void)[] = []
  const answered: Answered[] = []
  const pick: Pick = (from) => from[draw(from.length)]!
  const give = async () => {
    const look = pick(drawn)
    const [who, path] = look.path(pick)
    const came = performance.now()
    while (idle.length === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    const one = idle.pop()!
    const { status } = await one.ask('GET', path, { cookie: cookies.get(who)! }).catch(() => ({ status: 0 }))
    idle.push(one)
    waiting.shift()?.()
    answered.push({ name: look.name, at: (came - began) / 1000, ms: performance.now() - came, status })
  }
  const all: Promise<void>[] = []
  for (let n = 0; n < rate * seconds; n++) {
    const until = began + (n / rate) * 1000 - performance.now()
    if (until > 0) await new Promise((resolve) => setTimeout(resolve, until))
    all.push(give())
  }
  await Promise.all(all)
  return answered
}

/** The p95 of each window after the burst. */
function windowsOf(answered: readonly Answered[]): readonly number[] {
  return Array.from({ length: RECOVERY / WINDOW }, (_, n) => {
    const taken = answered.filter(({ at }) => Math.floor(at / WINDOW) === n).map(({ ms }) => ms)
    return percentile(taken, 0.95)
  })
}

export const bench = {
  says: 'inbox, search, one case, triage and counts by unit at a million appeals; a burst of five times',
  run,
}
