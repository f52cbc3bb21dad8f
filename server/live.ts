// What changes is read once a second for everybody who listens, however many they are.
import type { Database } from '../store/connection.ts'
import type { Row } from '../store/read.ts'
import { changedSince } from '../store/trace.ts'

type Hear = (rows: readonly Row[]) => void

export type Live = {
  /** Calls with every change from then on; the answer ends it. */
  listen(hear: Hear): Promise<() => void>
  close(): void
}

/** Positions read again each time: an append that took its position early may become visible late. */
const OVERLAP = 2000

export function live(database: Database, city: string): Live {
  const hearers = new Set<Hear>()
  let position: number | null = null
  let told = new Map<string, number>()
  let reading: Promise<void> | undefined

  async function read(): Promise<void> {
    const first = position === null
    position ??= (await changedSince(database, city, null)).position
    const found = await changedSince(database, city, Math.max(0, position - OVERLAP))
    const news = found.rows.filter((row) => told.get(`${row.kind}/${row.id}`) !== row.version)
    told = new Map(found.rows.map((row) => [`${row.kind}/${row.id}`, row.version]))
    position = Math.max(position, found.position)
    if (!first && news.length > 0) for (const hear of hearers) hear(news)
  }
  // A database that is away for a moment: what changed meanwhile is told when it is back.
  const readOnce = () =>
    (reading ??= read()
      .catch(() => undefined)
      .finally(() => (reading = undefined)))
  const timer = setInterval(() => {
    if (hearers.size === 0) position = null
    else void readOnce()
  }, 1000)
  return {
    async listen(hear) {
      hearers.add(hear)
      if (position === null) await readOnce()
      return () => void hearers.delete(hear)
    },
    close() {
      clearInterval(timer)
      hearers.clear()
    },
  }
}
