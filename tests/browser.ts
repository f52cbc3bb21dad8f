/** The browser of the journeys: finds Chromium and Chinese fonts, installs what is missing, and launches it. Never skips silently. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { chromium, type Browser, type LaunchOptions } from 'playwright-core'

/** Chromium without windows of its own, as Playwright drives it too: the same pages, in about two thirds of the time. */
const LIGHT = 'chromium-headless-shell'
const names = [LIGHT, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const places = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/opt/google/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The Chromium to drive: `CHROME_PATH`, else one on this machine, else Playwright's own; undefined when there is none. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROME_PATH) {
    if (!runnable(env.CHROME_PATH)) throw new Error(`CHROME_PATH=${env.CHROME_PATH} is not a program that can be run.`)
    return env.CHROME_PATH
  }
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...places]
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places]
  return [...candidates, chromium.executablePath()].find((path) => looksLikeBrowser(path) && runnable(path))
}

/** As `findBrowser`, but throws when there is none. */
export function browserPath(): string {
  const path = findBrowser()
  if (path) return path
  throw new Error('No Chromium was found. Run `npm test`, which installs it, or set CHROME_PATH to one.')
}

/** Whether this machine can draw Chinese: a missing font gives pictures full of boxes. */
export function hasChineseFont(): boolean {
  if (process.platform !== 'linux') return true
  const listed = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  return listed.status === 0 && listed.stdout.trim() !== ''
}

export interface Ensured {
  readonly path: string
  /** What had to be installed; empty when everything was there. */
  readonly installed: readonly string[]
  readonly seconds: number
}

/**
 * Makes sure that Chromium and a Chinese font are here, installing them if they are not; throws with the way out when it cannot. On a
 * machine that is there for tests (`CI`) the light one is installed beside another.
 */
export function ensureBrowser({ CI, CHROME_PATH } = process.env): Ensured {
  const began = Date.now()
  const found = findBrowser()
  const isGood = found !== undefined && (!CI || CHROME_PATH !== undefined || found.endsWith(LIGHT))
  const fonts = hasChineseFont() ? [] : ['fontconfig', 'fonts-noto-cjk']
  const wanted = [...(isGood ? [] : [LIGHT]), ...fonts]
  if (wanted.length > 0) {
    console.log(`Installing for the browser tests: ${wanted.join(', ')} …`)
    // Where there is no such package, what cannot be done without is installed all the same.
    const needed = [...(found === undefined ? ['chromium'] : []), ...fonts]
    let failure = installWithApt(wanted, needed.length === 0 ? BRIEF : undefined)
    if (failure !== undefined && needed.length > 0) failure = installWithApt(needed)
    if (!findBrowser()) installWithPlaywright(failure)
    if (!hasChineseFont())
      throw new Error(
        `No Chinese font was found and none could be installed (${failure ?? 'fc-list shows none'}). ` +
          'Install one, for example: apt-get install fontconfig fonts-noto-cjk',
      )
  }
  return { path: browserPath(), installed: wanted, seconds: (Date.now() - began) / 1000 }
}

/** A running Chromium for one journey file; close it when done. */
export function launch(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath(), ...options, args: [...flags, ...(options.args ?? [])] })
}

/** Milliseconds that a step may take of what would only be quicker. */
const BRIEF = 60_000

/** Installs Debian packages; returns why not when this is not Debian, not allowed, or not done in time. */
function installWithApt(packages: readonly string[], timeout?: number): string | undefined {
  if (!existsSync('/usr/bin/apt-get')) return 'there is no apt-get'
  const root = process.getuid?.() === 0
  if (!root && spawnSync('sudo', ['-n', 'true']).status !== 0) return 'not root, and sudo asks for a password'
  const patience = ['-o', `DPkg::Lock::Timeout=${timeout === undefined ? 300 : 30}`, '-o', 'Acquire::Retries=3']
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const command = [...(root ? [] : ['sudo', '-n']), 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
    const [program = 'env', ...args] = [...command, '-q', ...patience, ...step]
    const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26, timeout })
    if (done.status !== 0) return `apt-get ${step[0]} failed: ${(done.stderr || String(done.error)).trim().slice(-600)}`
  }
  return undefined
}

/** Playwright's own download of Chromium, where Debian's was not to be had. */
function installWithPlaywright(before: string | undefined): void {
  const cli = join(import.meta.dirname, '../node_modules/playwright-core/cli.js')
  const done = spawnSync(process.execPath, [cli, 'install', 'chromium'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (done.status === 0 && findBrowser()) return
  throw new Error(
    `Chromium could not be installed. apt: ${before ?? 'done, but no browser appeared'}. ` +
      `Playwright: ${(done.stderr || done.stdout || String(done.error)).trim().slice(-600)}. ` +
      'Install chromium by hand or set CHROME_PATH; the browser tests are not skipped.',
  )
}

/** Folders also stand among the candidates; only the names of browsers count. */
function looksLikeBrowser(path: string): boolean {
  return /(chrom|edge)[^/\\]*$/i.test(path)
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0
  } catch {
    return false
  }
}
