// Killed without warning, again and again, under load: what was acknowledged is there, once, and nothing is half there.
import { fork, execFileSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../store/connection.ts'
import { compareFigures } from '../store/compare.ts'
import { claimFolder, stopEmbedded } from '../store/embedded.ts'
import { compareRecords } from '../store/rebuild.ts'
import { nationalCalendar } from '../kernel/clock/calendar.ts'
import { registry } from '../kernel/domain.ts'
import { buckets } from './bucket/index.ts'

const CLIENTS = 8
const ROUNDS = 10
/** A round counts only when at least so many writes were acknowledged in it. */
const LEAST = 5

/** A key as its caller gave it: it is kept behind his name. */
const OWN = `substr(key, strpos(key, ' ') + 1)`

type Acked = { readonly id: string; readonly version: number; readonly key: string }

/** A server that can be killed, and clients who never stop asking until they have their answer. */
async function scene(plant = '') {
  // Claimed like the folder of a run, so that the next run removes it should this one be killed.
  const folder = mkdtempSync(join(tmpdir(), 'lj-test-fault-'))
  const release = claimFolder(folder, { port: 0 })
  const acked: Acked[] = []
  const inFlight = new Map<number, string>()
  let [port, url] = [0, '']
  let [exits, replays, refused] = [0, 0, 0]
  let working = true
  let server: ChildProcess | undefined

  const start = async () => {
    server = fork(join(import.meta.dirname, 'fault/serve.ts'), {
      env: { ...process.env, FOLDER: folder, PLANT: plant, WORK: String(port) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    server.on('exit', () => (exits += 1))
    const said = await new Promise<{ port: number; url: string }>((resolve, reject) => {
      server!.once('message', (message) => resolve(message as { port: number; url: string }))
      server!.once('exit', (code) => reject(new Error(`the server ended with ${code} before it served`)))
    })
    ;[port, url] = [said.port, said.url]
  }

  /** One command under one key, asked again until it is answered. */
  const insist = async (path: string, input: object, key: string): Promise<Acked | undefined> => {
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${port}/api/records/bucket/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify({ input, key }),
        signal: AbortSignal.timeout(10_000),
      }).catch(() => undefined)
      const body = (await response?.json().catch(() => undefined)) as { done?: Acked; code?: string } | undefined
      if (response?.ok && body?.done) return { ...body.done, key }
      // Only where something was lost can a right question be refused.
      if (response && response.status < 500) {
        refused += 1
        return undefined
      }
      await sleep(20)
    }
  }
  const client = async (mine: number) => {
    let id = ''
    for (let turn = 0; working; turn++) {
      const [path, input] = turn % 400 === 0 ? ['make', { size: 1000, colour: 'red' }] : [`${id}/fill`, { litres: 1 }]
      const key = `key ${mine} ${turn}`
      inFlight.set(mine, key)
      const answer = await insist(path, input, key)
      if (answer) {
        acked.push(answer)
        id = answer.id
      } else {
        // A record that was lost takes nothing more: on to the next one.
        await sleep(20)
        turn = (Math.floor(turn / 400) + 1) * 400 - 1
      }
      inFlight.delete(mine)
    }
  }
  /** Asks the database itself; while it recovers, again. */
  const query = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => {
    for (const until = Date.now() + 30_000; ; await sleep(100)) {
      const one = new pg.Client({ connectionString: url })
      one.on('error', () => undefined)
      try {
        await one.connect()
        return (await one.query(text, values)).rows as Record<string, unknown>[]
      } catch (error) {
        if (Date.now() > until) throw error
      } finally {
        await one.end().catch(() => undefined)
      }
    }
  }
  const moreThan = async (count: number) => {
    for (const until = Date.now() + 60_000; acked.length < count; await sleep(10))
      if (Date.now() > until) throw new Error('nothing is acknowledged any more')
  }

  await start()
  const clients = Array.from({ length: CLIENTS }, (_, mine) => client(mine))
  return {
    acked,
    exits: () => exits,
    replays: () => replays,
    /** Waits for the acknowledged writes that make a round count, then lets something happen at a moment of its own. */
    async round(kill: () => Promise<void>) {
      const before = acked.length
      await moreThan(before + LEAST)
      await sleep((before * 37) % 120)
      await kill()
      return acked.length - before
    },
    async killServer() {
      const gone = new Promise((resolve) => server!.once('exit', resolve))
      server!.kill('SIGKILL')
      await gone
      // Which of the questions under way had been done, though nobody was told: their repetition is answered, not done.
      const keys = [...inFlight.values()]
      const done = await query(`select count(*)::int as n from command where ${OWN} = any ($1)`, [keys])
      replays += done[0]!['n'] as number
      await start()
    },
    async killDatabase() {
      const postmaster = await postmasterOf(folder)
      const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
      const children = listed
        .map((line) => line.trim().split(/\s+/).map(Number))
        .filter(([, parent]) => parent === postmaster)
      for (const pid of [postmaster, ...children.map(([pid]) => pid!)])
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // Gone by itself in the meantime.
        }
    },
    /** What of the acknowledged is not there, and what is there twice. */
    async audit() {
      working = false
      await Promise.all(clients)
      const there = await query('select record, version, type from event')
      const kept = new Set(there.map(({ record, version }) => `${String(record)} ${String(version)}`))
      const lost = acked.filter(({ id, version }) => !kept.has(`${id} ${version}`))
      const keys = await query(`select ${OWN} as key from command`)
      const forgotten = acked.length - new Set(keys.map(({ key }) => key as string)).size
      return { lost: lost.length, twice: there.length - acked.length, forgotten, refused }
    },
    async differences() {
      const database = connect({ config: { connectionString: url } })
      const known = registry([buckets])
      const law = { version: 0, calendar: nationalCalendar, limit: () => undefined }
      const { differences } = await compareRecords(database, 'well', known, law)
      const figures = await compareFigures(database, 'well', known.figures.values(), '2099-12-31')
      await database.close()
      return [...differences, ...figures]
    },
    async close() {
      working = false
      server?.removeAllListeners('exit')
      server?.kill('SIGKILL')
      await stopEmbedded(folder)
      release()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The server's process; while it is being started again after a kill, there is none for a moment. */
async function postmasterOf(folder: string): Promise<number> {
  for (const until = Date.now() + 30_000; ; await sleep(20)) {
    try {
      return Number.parseInt(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8'), 10)
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
}

type Scene = Awaited<ReturnType<typeof scene>>

describe('under load', () => {
  let s: Scene
  beforeAll(async () => {
    s = await scene()
  })
  afterAll(() => s.close())

  test(`the server is killed ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round++)
      expect(await s.round(() => s.killServer())).toBeGreaterThanOrEqual(LEAST)
    expect(s.exits()).toBe(ROUNDS)
  })

  test(`the database is killed ${ROUNDS} times, and the server lives on`, async () => {
    for (let round = 0; round < ROUNDS; round++)
      expect(await s.round(() => s.killDatabase())).toBeGreaterThanOrEqual(LEAST)
    expect(s.exits()).toBe(ROUNDS)
  })

  test('nothing that was acknowledged is lost, nothing is done twice, nothing is half there', async () => {
    expect(await s.audit()).toEqual({ lost: 0, twice: 0, forgotten: 0, refused: 0 })
    expect(s.acked.length).toBeGreaterThanOrEqual(ROUNDS * LEAST * 2)
    // Some had been done when their answer was cut off: without keys they would now be there twice.
    expect(s.replays()).toBeGreaterThanOrEqual(1)
    expect(await s.differences()).toEqual([])
  })
})

describe('a fault on purpose is seen', () => {
  const planted = async (plant: string, kill: (s: Scene) => () => Promise<void>) => {
    const s = await scene(plant)
    try {
      for (let round = 0; round < 2; round++) await s.round(kill(s))
      return await s.audit()
    } finally {
      await s.close()
    }
  }
  test('when the answer is given before the write', async () => {
    expect((await planted('reply-early', (s) => () => s.killServer())).lost).toBeGreaterThan(0)
  })
  test('when commits are not waited for', async () => {
    expect((await planted('lazy-commit', (s) => () => s.killDatabase())).lost).toBeGreaterThan(0)
  })
})
