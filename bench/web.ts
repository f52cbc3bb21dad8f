// What people wait for: bytes of the portal and of the desks against their budgets, and how soon the largest part of a page
// is painted on a slow line. The bytes are exact; the paints are the median of several cold loads in a real browser.
import type { Browser } from 'playwright-core'
import { ensureBrowser, launch } from '../tests/browser.ts'
import { deskWeight, pageWeight } from '../tests/weight.ts'
import { serve, signIn } from './client.ts'
import { handlers } from './case.ts'
import { server } from './fill.ts'
import { median, type Comparison } from './measure.ts'

const KB = 1024
const LOADS = 5
const PAGES = ['/', '/start/appeal/raise', '/figures/F01', '/clock', '/sign-in'] as const

/** A line and a machine: milliseconds there and back, bits a second, and how many times slower than this one it computes. */
type Line = { readonly latency: number; readonly down: number; readonly up: number; readonly slower: number }
/** Lighthouse's slow 4G and its telephone. */
const SLOW_4G: Line = { latency: 150, down: 1.6e6, up: 750e3, slower: 4 }
const OFFICE: Line = { latency: 40, down: 10e6, up: 10e6, slower: 1 }
/** Milliseconds. */
const PORTAL_PAINT = 1500
const DESK_PAINT = 2500
/** Milliseconds after the heading within which what is larger has been painted, too. */
const SETTLED = 1500

async function run(say: (line: string) => void): Promise<readonly Comparison[]> {
  ensureBrowser()
  const postgres = await server(say)
  try {
    const city = await postgres.filled(10_000)
    const whole = await serve({ url: city.config.connectionString })
    const browser = await launch()
    try {
      const origin = `http://localhost:${whole.port}`
      const cookie = await signIn(whole.port, handlers[0]!.id)
      return [...(await weights(origin)), ...(await paints(browser, origin, cookie, say))]
    } finally {
      await browser.close()
      await whole.close()
    }
  } finally {
    await postgres.close()
  }
}

const within = (name: string, ours: number, other: number, unit: string, agrees = true): Comparison => ({
  name: `web, ${name}`,
  ours,
  other,
  ratio: other / ours,
  unit,
  agrees,
})

async function weights(origin: string): Promise<readonly Comparison[]> {
  const pages = await Promise.all(PAGES.map((path) => pageWeight(origin, path)))
  const most = (of: (page: (typeof pages)[number]) => number) => Math.max(...pages.map(of)) / 1000
  const desk = await deskWeight()
  return [
    within(
      'HTML and CSS of the heaviest page of the portal against 30 KB',
      most(({ html, css }) => html + css),
      30,
      'KB',
    ),
    within(
      'JavaScript of the portal against 20 KB',
      most(({ js }) => js),
      20,
      'KB',
    ),
    within('first page of the desks against 400 KB', desk.first / KB, 400, 'KB'),
    within('heaviest screen of the desks against 120 KB', Math.max(...desk.added.values()) / KB, 120, 'KB'),
  ]
}

async function paints(
  browser: Browser,
  origin: string,
  cookie: string,
  say: (line: string) => void,
): Promise<readonly Comparison[]> {
  const results: Comparison[] = []
  for (const path of PAGES) {
    const taken: Paint[] = []
    for (let load = 0; load < LOADS; load++) taken.push(await paint(browser, `${origin}${path}`, SLOW_4G))
    results.push(told(`${path} on a slow 4G line`, taken, PORTAL_PAINT, say))
  }
  const desk = `${origin}/desk/`
  const taken: Paint[] = []
  for (let load = 0; load < LOADS; load++) taken.push(await paint(browser, desk, OFFICE, cookie))
  const inOffice = told('a handler’s desk on an office line', taken, DESK_PAINT, say)
  // Whoever is not signed in is shown another page: it must not have been that one.
  const stranger = await paint(browser, desk, OFFICE)
  return [...results, { ...inOffice, agrees: inOffice.agrees && taken[0]!.heading !== stranger.heading }]
}

/** Milliseconds until the largest part was painted, and what the page’s heading says. */
type Paint = { readonly ms: number; readonly heading: string }

function told(name: string, taken: readonly Paint[], limit: number, say: (line: string) => void): Comparison {
  const ms = median(taken.map((one) => one.ms))
  say(`${name}: largest paint after ${Math.round(ms)} ms, “${taken[0]!.heading}”`)
  // Each load must have painted the same page.
  const agrees = taken.every((one) => one.heading !== '' && one.heading === taken[0]!.heading)
  return within(`largest paint of ${name} against ${limit} ms`, ms, limit, 'ms', agrees)
}

/** One load with an empty cache. */
async function paint(browser: Browser, url: string, line: Line, cookie?: string): Promise<Paint> {
  const phone = line.slower > 1
  const viewport = phone ? { width: 390, height: 844 } : { width: 1440, height: 900 }
  const context = await browser.newContext({ viewport, locale: 'zh-CN' })
  try {
    if (cookie !== undefined) {
      const [name, value] = cookie.split(/=(.*)/s)
      await context.addCookies([{ name: name!, value: value!, url: new URL('/', url).href }])
    }
    const page = await context.newPage()
    const tools = await context.newCDPSession(page)
    await tools.send('Network.enable')
    await tools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.latency,
      downloadThroughput: line.down / 8,
      uploadThroughput: line.up / 8,
    })
    await tools.send('Emulation.setCPUThrottlingRate', { rate: line.slower })
    // A desk keeps a stream open: it is never idle.
    await page.goto(url, { waitUntil: 'load' })
    const heading = (await page.locator('h1').first().textContent()) ?? ''
    await page.waitForTimeout(SETTLED)
    const ms = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1)!.startTime)).observe({
            type: 'largest-contentful-paint',
            buffered: true,
          })
        }),
    )
    return { ms, heading: heading.trim() }
  } finally {
    await context.close()
  }
}

export const bench = { says: 'bytes of portal and desks against their budgets; the largest paint on a slow line', run }
