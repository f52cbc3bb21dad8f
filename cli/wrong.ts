// What is right in itself and leads nowhere: a folder, a port, a database, each told as the setting that names it.
import { accessSync, constants, mkdirSync } from 'node:fs'
import { SettingsError, type Settings } from '../server/settings.ts'
import { withoutPassword } from '../server/variables.ts'
import type { World } from '../server/world.ts'

/** The data folder, made when it is missing. */
export function makeFolder({ data }: Settings): void {
  try {
    mkdirSync(data, { recursive: true })
    accessSync(data, constants.W_OK)
  } catch {
    const right = { zh: '一个可以写入的文件夹的路径', en: 'the path of a folder that can be written to' }
    throw new SettingsError([{ name: 'LIANGJIAN_DATA', value: data, right }])
  }
}

/** The database is not there, or will not have us: PostgreSQL's words for a wrong password, user or database, the system's for the rest. */
const UNREACHED = /^(28...|3D000|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT)$/

/** What cannot be opened because a setting leads nowhere, as that setting. */
export function wrongSetting(error: unknown, { port, databaseUrl }: Settings): SettingsError | undefined {
  const { code = '', syscall, message } = error as NodeJS.ErrnoException
  if (syscall === 'listen' && (code === 'EADDRINUSE' || code === 'EACCES')) {
    const right = { zh: '一个空闲、允许使用的端口', en: 'a port that is free and that we may use' }
    return new SettingsError([{ name: 'PORT', value: String(port), right }])
  }
  if (databaseUrl === undefined || !UNREACHED.test(code) || (code === 'ENOENT' && syscall !== 'connect'))
    return undefined
  const right = { zh: `一个连得上的 PostgreSQL（${message}）`, en: `a PostgreSQL that can be reached (${message})` }
  return new SettingsError([{ name: 'DATABASE_URL', value: withoutPassword(databaseUrl), right }])
}

/** What keeps the program from starting and is no wrong setting: told, without a stack trace. */
export class Halted extends Error {}

/** A verb that reads or changes what is there does not begin a city of its own where a setting points to nothing. */
export function noData({ data }: Settings): SettingsError {
  const right = {
    zh: '已有数据的文件夹：这里还没有数据。新建请用 npm start（示例城市）或 found（自己的城市）',
    en: 'a folder that holds data: there is none here. npm start makes the example city, found one of your own',
  }
  return new SettingsError([{ name: 'LIANGJIAN_DATA', value: data, right }])
}

/** Whether the example has begun to be loaded into this city and not ended: here and now by another program, or it was broken off. */
export async function isLoading({ database, city }: World): Promise<boolean> {
  const { rows } = await database.query('select loading from city where city = $1', [city])
  return rows[0]?.['loading'] === true
}

/** A part of the example city is not served as if it were one: what has happened, and what to do. */
export function halfLoaded(databaseUrl: string): Halted {
  const shown = withoutPassword(databaseUrl)
  const name = decodeURIComponent(URL.parse(databaseUrl)?.pathname.slice(1) ?? '') || 'liangjian'
  const again = `    psql 'postgres://…/postgres' -c 'drop database "${name}" with (force)' -c 'create database "${name}"'`
  return new Halted(
    [
      '示例城市没有装完，没有启动。',
      `  上一次启动在装入示例数据时被中断，${shown} 里只有半个城市；也可能另一个程序正在装入。`,
      '  如果另一个程序正在装入：等它装完再启动。',
      '  如果没有：清空这个数据库再启动，示例会从头装入；或者把 DATABASE_URL 改为一个空的数据库。',
      again,
      'The example city was not loaded to its end; nothing has been started.',
      `  The start before was interrupted while it loaded the example: ${shown} holds half a city. Or another program is loading it now.`,
      '  If another program is loading it: start again when that is done.',
      '  If none is: empty this database and start again, and the example is loaded from its beginning; or set DATABASE_URL to an empty database.',
      again,
    ].join('\n'),
  )
}
