// A server for the fault tests, started, killed and started again from outside; it says its port to whoever started it.
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { readSettings } from '../../server/settings.ts'
import { startServer } from '../../server/server.ts'
import { openWorld } from '../../server/world.ts'
import { startEmbedded } from '../../store/embedded.ts'
import { buckets } from '../bucket/index.ts'

const { FOLDER = '', PLANT = '', WORK = '0' } = process.env

// A fault on purpose: commits that are acknowledged and stand in memory only.
const lazy = PLANT === 'lazy-commit' ? { synchronous_commit: 'off', wal_writer_delay: '10s' } : {}
const embedded = await startEmbedded({ folder: FOLDER, settings: lazy })
const opened = await openWorld({ config: { connectionString: embedded.url }, city: 'well', domains: [buckets] })
const { store } = opened.around

// Another: answers that are given before anything has been written.
const early: typeof store.append = (append) => {
  setTimeout(() => void store.append(append), 40)
  return Promise.resolve('appended')
}
const around = PLANT === 'reply-early' ? { ...opened.around, store: { ...store, append: early } } : opened.around

// A connection that is just between two statements when the database dies: its end must not be ours.
const thinking = () =>
  opened.database.transaction(async (query) => {
    await query('select 1')
    await sleep(100)
    await query('select 1')
  })
void (async () => {
  for (;;) await thinking().catch(() => sleep(50))
})()

const settings = readSettings({
  PORT: WORK,
  LIANGJIAN_DATA: FOLDER,
  LIANGJIAN_HOST: '127.0.0.1',
  LIANGJIAN_DEMO: 'no',
  // All clients are at one address: on a fast machine they give more commands than a stranger there may.
  LIANGJIAN_VISITOR_LIMIT: '0',
})
const running = await startServer({
  world: { ...opened, around },
  settings,
  log: pino({ level: 'silent' }),
  people: [],
  deskFolder: '/nowhere',
})
process.send?.({ port: running.port, url: embedded.url })
