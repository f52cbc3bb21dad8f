// What is right in itself and leads nowhere: a folder, a port, a database, each told as the setting that names it.
import { accessSync, constants, mkdirSync } from 'node:fs'
import { SettingsError, type Settings } from '../server/settings.ts'
import { withoutPassword } from '../server/variables.ts'

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
