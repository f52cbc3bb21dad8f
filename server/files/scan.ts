/** Hands a file to the virus scanner that the settings name. Only a clear "clean" lets it pass. */
import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** Exit code 0 is clean, 1 infected (as clamscan and clamdscan answer); whatever else happens is a failure of the scanner. */
export type ScanResult = 'clean' | 'infected' | 'failed'

/** Runs the command (program and arguments, no shell) with the file on standard input. Never throws. */
export async function scanFile(path: string, command: readonly string[], timeoutMs = 120_000): Promise<ScanResult> {
  const [program, ...args] = command
  if (program === undefined) return 'failed'
  const scanner = spawn(program, args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Our own settings hold secrets that are none of the scanner's business.
    env: { PATH: process.env['PATH'] ?? '' },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  })
  const ended = new Promise<number | undefined>((resolve) => {
    scanner.once('error', () => resolve(undefined))
    scanner.once('exit', (code) => resolve(code ?? undefined))
  })
  // A scanner may answer before it has read everything; one that says "clean" must have read it all.
  const fed = pipeline(createReadStream(path), scanner.stdin).then(
    () => true,
    () => false,
  )
  const code = await ended
  // What a dead scanner will never read ends with EPIPE; a grandchild that holds the pipe open must not hold us.
  const grace = setTimeout(() => scanner.stdin.destroy(), 1_000)
  const readAll = await fed
  clearTimeout(grace)
  if (code === 1) return 'infected'
  return code === 0 && readAll ? 'clean' : 'failed'
}
