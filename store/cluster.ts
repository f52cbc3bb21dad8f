/** The files of an embedded database and the process that its notes name: created, owned, reached, found, cleared. */
import { spawnSync, type SpawnOptions } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import type { Binaries, RunAs } from './binaries.ts'

const nobody: RunAs = { uid: 65534, gid: 65534 }
const longestSocket = 107 - '/.s.PGSQL.5432'.length

/** Who the server is to run as; undefined for ourselves. */
export function chooseUser(cluster: string): RunAs | undefined {
  const ourselves = process.getuid?.()
  const owner = existsSync(join(cluster, 'PG_VERSION')) ? statSync(cluster) : undefined
  if (ourselves === 0) {
    if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
    if (owner) chownAll(cluster, nobody)
    return nobody
  }
  if (owner && ourselves !== undefined && owner.uid !== ourselves)
    throw new Error(`${cluster} belongs to user ${owner.uid}, but this program runs as user ${ourselves}.`)
  return undefined
}

/** initdb into a folder beside, then one rename: a cluster is there whole or not at all. */
export function createCluster(order: {
  cluster: string
  binaries: Binaries
  runAs: RunAs | undefined
  user: string
}): void {
  const { cluster, binaries, runAs, user } = order
  if (existsSync(cluster) && readdirSync(cluster).length > 0)
    throw new Error(`${cluster} holds files but no database; move them away to create one.`)
  const fresh = `${cluster}.new`
  const failures: string[] = []
  for (const locale of ['C.UTF-8', 'C']) {
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { mode: 0o700 })
    if (runAs) chownSync(fresh, runAs.uid, runAs.gid)
    const said = within(fresh, runAs, (path, spawning, inherit) => {
      const auth = ['--auth-local=trust', '--auth-host=reject']
      const args = ['-D', path, '-U', user, '-E', 'UTF8', `--locale=${locale}`, ...auth]
      return spawnSync(binaries.initdb, args, {
        ...spawning,
        stdio: ['ignore', 'pipe', 'pipe', ...inherit],
        encoding: 'utf8',
      })
    })
    if (said.status === 0) {
      rmSync(cluster, { recursive: true, force: true })
      renameSync(fresh, cluster)
      return
    }
    failures.push(said.error?.message ?? said.stderr.trim())
  }
  throw new Error(`The database could not be created in ${cluster}.\n${failures.join('\n')}`)
}

/** A server as its postmaster.pid notes it: process id and folder of its socket. */
export interface Postmaster {
  readonly pid: number
  readonly sockets: string | undefined
}

/** The living postmaster of a cluster. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const noted = readNote(cluster)
  return noted && isPostmaster(noted.pid, cluster) ? noted : undefined
}

/** PostgreSQL writes process id, data folder, start, port and socket folder, a line each, the last a moment later. */
function readNote(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number.parseInt(lines[0] ?? '', 10)
    return pid > 0 ? { pid, sockets: lines[4] ? resolve(cluster, lines[4]) : undefined } : undefined
  } catch {
    return undefined
  }
}

/**
 * Process ids are used again, quickly in a container: alive is not enough, it must be a PostgreSQL, working in this
 * cluster (where the system lets us see that), and no zombie.
 */
export function isPostmaster(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') {
    const listed = spawnSync('ps', ['-o', 'stat=,comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout
    return /^[^Z]\S*\s.*postgres/.test(listed.trim())
  }
  try {
    if (!/^\d+ \(postgres\) [^ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return false
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES'
  }
}

/** PostgreSQL takes any living process with the noted id for its other self; where it is someone else, say so. */
export function clearStale(cluster: string): void {
  const noted = readNote(cluster)
  if (!noted || !isAlive(noted.pid) || isPostmaster(noted.pid, cluster)) return
  for (const left of ['postmaster.pid', '.s.PGSQL.5432', '.s.PGSQL.5432.lock'])
    rmSync(join(cluster, left), { force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The folder of the socket: the cluster itself, or a private one where its path is longer than a socket address can be. */
export function socketFolder(cluster: string, runAs: RunAs | undefined): string {
  if (Buffer.byteLength(cluster) <= longestSocket) return cluster
  const folder = join(tmpdir(), `lj-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`)
  if (Buffer.byteLength(folder) > longestSocket) throw new Error(`TMPDIR is too long for a socket: ${folder}`)
  const owner = runAs?.uid ?? process.getuid?.()
  if (!existsSync(folder)) {
    mkdirSync(folder, { mode: 0o700 })
    if (runAs) chownSync(folder, runAs.uid, runAs.gid)
  }
  const stat = lstatSync(folder)
  if (!stat.isDirectory() || (owner !== undefined && stat.uid !== owner) || (stat.mode & 0o077) !== 0)
    throw new Error(`${folder} should be a folder of user ${owner} with mode 700; remove it and start again.`)
  return folder
}

/**
 * Runs something on a folder as another user, by a path that this user can follow. Below a home of mode 0700 no path
 * leads there, so the process is given the open folder as descriptor 3 and is told its name under /proc.
 */
export function within<T>(
  folder: string,
  runAs: RunAs | undefined,
  run: (path: string, spawning: SpawnOptions, inherit: readonly number[]) => T,
): T {
  const spawning: SpawnOptions = { ...runAs, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } }
  const reachable = !runAs || spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...spawning }).status === 0
  if (reachable) return run(folder, spawning, [])
  const open = openSync(folder, 'r')
  try {
    return run('/proc/self/fd/3', spawning, [open])
  } finally {
    closeSync(open)
  }
}

function chownAll(folder: string, { uid, gid }: RunAs): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    chownSync(join(folder, entry), uid, gid)
  chownSync(folder, uid, gid)
  chmodSync(folder, 0o700)
}
