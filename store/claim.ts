/** Who holds a data folder: a lock that the operating system releases when its holder dies, however it dies. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { DatabaseSync } from 'node:sqlite'

/** The program that holds a folder: its process, the port it serves and the moment (ISO 8601) it began. */
export interface Running {
  readonly pid: number
  readonly port: number
  readonly since: string
}

/** Thrown when another living program holds the folder; `running` says which, as far as it has said so itself. */
export class FolderInUseError extends Error {
  readonly running: Partial<Running>

  constructor(folder: string, running: Partial<Running>) {
    const { pid, port, since } = running
    const who = pid === undefined ? '' : ` (process ${pid}, port ${port}, since ${since})`
    super(`Another program is already running on the data folder ${folder}${who}.`)
    this.name = 'FolderInUseError'
    this.running = running
  }
}

/**
 * Claims a data folder for this process until `release()` or death. A claim left by a dead process is no claim.
 * Throws `FolderInUseError` when a living process holds it, in this process or another.
 */
export function claimFolder(folder: string, info: { port: number; pid?: number; since?: string }): () => void {
  const note = join(folder, 'running.json')
  const unlock = takeLock(folder, '.claim')
  if (!unlock) throw new FolderInUseError(folder, readNote(note))
  const running: Running = { pid: process.pid, since: new Date().toISOString(), ...info }
  writeFileSync(note, `${JSON.stringify(running)}\n`)
  return () => {
    if (readNote(note).pid === running.pid) rmSync(note, { force: true })
    unlock()
  }
}

/** A lock that nothing refers to would be released with the memory it takes, though its holder lives. */
const held = new Set<DatabaseSync>()

/**
 * Takes the named lock of a folder, or returns undefined when another holds it. It is SQLite's file lock, the one
 * kernel-held lock that Node brings: no process id is ever guessed from a file, and nothing is left to clean up.
 * Immediate, not exclusive: an exclusive one is refused while others are only looking, so of two at once neither got it.
 */
export function takeLock(folder: string, name: string): (() => void) | undefined {
  mkdirSync(folder, { recursive: true })
  const lock = new DatabaseSync(join(folder, `${name}.lock`))
  try {
    lock.exec('begin immediate')
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) return undefined
    throw error
  }
  held.add(lock)
  return () => {
    held.delete(lock)
    if (lock.isOpen) lock.close()
  }
}

/** What the holder wrote about itself; empty in the instant before it has. */
function readNote(path: string): Partial<Running> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Running
  } catch {
    return {}
  }
}
