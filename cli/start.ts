// Starts everything: database, migrations, the example city on first use, the server; and stops all of it cleanly.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { pino, type Logger } from 'pino'
import { dateOf } from '../kernel/clock/date.ts'
import * as domains from '../domains/index.ts'
import { builtDesks } from './desk.ts'
import { halfLoaded, isLoading, makeFolder, wrongSetting } from './wrong.ts'
import { people } from '../cities/tonghua/people.ts'
import { founding, happenings } from '../cities/tonghua/year.ts'
import { isEmpty, replay } from '../server/replay.ts'
import { startServer } from '../server/server.ts'
import { readSettings, SettingsError, type Settings } from '../server/settings.ts'
import { openWorld, type World } from '../server/world.ts'
import { claimFolder, FolderInUseError, startEmbedded, type Embedded } from '../store/embedded.ts'
import { loginAs } from '../store/connection.ts'
import { applicationRole } from '../store/migrate.ts'
import { fold } from '../store/tally.ts'

/** Starts, and stops again at the first Ctrl-C however far it has come; a second one does not wait for that. */
export async function start(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = readSettings(env)
  const log = pino({ level: settings.log, redact: ['*.phone', '*.contact', '*.password', '*.token'] })
  const release = claim(settings)
  if (!release) return
  // What has been opened, each closed after those that came after it, whatever of it fails.
  const opened: (() => unknown)[] = [release]
  const closeAll = async () => {
    for (let close = opened.pop(); close; close = opened.pop()) {
      await Promise.resolve()
        .then(close)
        .catch((error: unknown) => log.error({ err: error }, 'something could not be closed'))
    }
  }
  let stopping = false
  const stop = async () => {
    stopping = true
    await closeAll()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
  try {
    await open(settings, log, opened)
  } catch (error) {
    // What was still being opened finds closed what it stands on.
    if (stopping) return
    await closeAll()
    throw wrongSetting(error, settings) ?? error
  }
}

async function open(settings: Settings, log: Logger, opened: (() => unknown)[]): Promise<void> {
  let embedded: Embedded | undefined
  if (settings.databaseUrl === undefined) {
    const starting = startEmbedded({
      folder: settings.data,
      onRevive: () => log.warn('the database had died and was started again'),
    })
    opened.push(async () => (await starting).stop())
    embedded = await starting
    if (existsSync(unfinishedIn(settings))) {
      // The loading was interrupted: what there is of it is thrown away, to be loaded again.
      await embedded.empty()
      rmSync(unfinishedIn(settings))
    }
  }
  const config = { connectionString: settings.databaseUrl ?? embedded!.url }
  const login = loginOf(settings, embedded)
  if (login === undefined)
    log.warn(
      'DATABASE_APP_PASSWORD is not set: the application logs in to the database as its owner (docs/settings.md)',
    )
  const world = await openWorld({
    config,
    login: login === undefined ? undefined : { connectionString: login },
    city: settings.city,
    domains: Object.values(domains),
    named: settings.namedStatements,
    connections: settings.pool,
  }).catch((error: unknown) => {
    throw notLetIn(error, settings) ?? error
  })
  opened.push(() => world.close())
  if (settings.databaseUrl !== undefined && (await isLoading(world))) throw halfLoaded(settings.databaseUrl)
  if (settings.demo && (await isEmpty(world))) {
    if (embedded) writeFileSync(unfinishedIn(settings), '')
    const { rows } = await world.database.query(
      'update city set loading = true where city = $1 and not loading returning city',
      [world.city],
    )
    // Another program was faster.
    if (rows.length === 0 && settings.databaseUrl !== undefined) throw halfLoaded(settings.databaseUrl)
    await loadExample(world)
    await world.database.query('update city set loading = false where city = $1', [world.city])
    rmSync(unfinishedIn(settings), { force: true })
  }

  const demo = settings.demo
    ? people.map(({ id, name, description }) => ({ id, name, zh: description.zh, en: description.en }))
    : []
  const running = await startServer({ world, settings, log, people: demo, deskFolder: await builtDesks() })
  opened.push(() => running.close())
  announce(settings, running.port, await isEmpty(world))
}

/** How the application logs in under its own role, where it can. */
function loginOf({ databaseUrl, databaseAppPassword }: Settings, embedded: Embedded | undefined): string | undefined {
  if (databaseUrl === undefined) return embedded!.login
  return databaseAppPassword === undefined ? undefined : loginAs(databaseUrl, applicationRole, databaseAppPassword)
}

/** The owner was let in, and the application was not. */
function notLetIn(error: unknown, { databaseAppPassword }: Settings): SettingsError | undefined {
  const { code = '', message } = error as Error & { code?: string }
  if (databaseAppPassword === undefined || !code.startsWith('28') || !message.includes(applicationRole))
    return undefined
  const right = {
    zh: `${applicationRole} 的口令，由所有者执行 alter role ${applicationRole} login password '…' 设定（${message}）`,
    en: `the password of ${applicationRole}, as the owner has set it: alter role ${applicationRole} login password '…' (${message})`,
  }
  return new SettingsError([{ name: 'DATABASE_APP_PASSWORD', value: '******', right }])
}

/** Stands beside the embedded database as long as the example city is being loaded: a part of it would look like a whole. */
function unfinishedIn(settings: Settings): string {
  return join(settings.data, 'postgres', 'example-unfinished')
}

function claim(settings: Settings): (() => void) | undefined {
  makeFolder(settings)
  try {
    return claimFolder(settings.data, { port: settings.port })
  } catch (error) {
    if (!(error instanceof FolderInUseError)) throw error
    const { pid, port } = error.running
    console.error(
      `这份数据已有一个程序在运行（进程 ${pid}，端口 ${port}）。\nThis data is in use already by process ${pid} on port ${port}.`,
    )
    process.exitCode = 1
    return undefined
  }
}

/** The example's year ends the day before it is loaded, so that its open cases are really open. */
async function loadExample(world: World): Promise<void> {
  const today = dateOf(world.around.now())
  const told = [...founding(), ...happenings(today).filter((one) => one.at < world.around.now())]
  const bar = (given: number) => {
    const share = Math.min(1, given / told.length)
    const width = 30
    const line = `装入示例城市 / loading the example city ${'█'.repeat(Math.round(share * width)).padEnd(width, '░')} ${Math.round(share * 100)} %`
    if (process.stdout.isTTY) process.stdout.write(`\r${line}`)
  }
  const { given, refused } = await replay(world, told, bar)
  await fold(world.database, world.city, world.registry.figures.values())
  console.log(
    `${process.stdout.isTTY ? '\n' : ''}示例城市通化（合成数据）：${given} 步，${refused.length} 步被拒 / example city Tonghua (synthetic): ${given} steps, ${refused.length} refused`,
  )
  for (const line of refused.slice(0, 5)) console.log(`  ${line}`)
}

function announce(settings: Settings, port: number, empty: boolean): void {
  const lines = [`\n两健 Liangjian: ${settings.port === 0 ? `http://localhost:${port}` : settings.origin}`]
  if (settings.demo) {
    lines.push('', '演示身份（合成，仅示例城市有） / demonstration identities (synthetic, only in the example city):')
    for (const person of people) lines.push(`  ${person.id.padEnd(18)} ${person.name}  ${person.description.zh}`)
  }
  if (empty)
    lines.push(
      '',
      `城市 ${settings.city} 还没有任何单位和人员。另开终端运行 npm run -s liangjian -- help，用 found 建立城市并取得三位管理员的首次登录链接。`,
      `The city ${settings.city} has no units and no people yet. In another terminal run npm run -s liangjian -- help: found sets it up and gives the three administrators their first links.`,
    )
  lines.push('', 'Ctrl-C 停止 / stops')
  console.log(lines.join('\n'))
}
