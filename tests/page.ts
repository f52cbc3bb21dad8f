// A page in a real browser, as one person of the small city, that notes whatever goes wrong in it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { builtDesks } from '../cli/desk.ts'
import type { Domain } from '../kernel/domain.ts'
import { launch } from './browser.ts'
import { served, type Served } from './served.ts'

export const WIDE = { width: 1440, height: 900 } as const
export const PHONE = { width: 390, height: 844 } as const

export type Stage = {
  readonly server: Served
  readonly browser: Browser
  /** Opens a window of its own; `problems` of the page gathers errors, refused loads and breaches of the page's policy. */
  open(person?: string, options?: BrowserContextOptions): Promise<Watched>
  /** Another person, or nobody, goes on in a window. */
  sitDown(page: Page, person: string | undefined): Promise<void>
  close(): Promise<void>
}

export type Watched = Page & { readonly problems: string[] }

/** A server with built desks and a browser. */
export async function stage(more: readonly Domain[] = []): Promise<Stage> {
  const [server, browser] = await Promise.all([builtDesks().then((folder) => served(more, folder)), launch()])
  const sitDown = async (page: Page, person: string | undefined) => {
    await page.context().clearCookies()
    if (person === undefined) return
    const [name, value] = (await server.cookie(person)).split(/=(.*)/s)
    await page.context().addCookies([{ name: name!, value: value!, url: server.origin }])
  }
  return {
    server,
    browser,
    sitDown,
    async open(person, options = {}) {
      const context = await browser.newContext({ viewport: WIDE, locale: 'zh-CN', ...options })
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      if (person !== undefined) await sitDown(page, person)
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(error.message))
      page.on('console', (said) => {
        if (said.type() === 'error') problems.push(said.text())
      })
      return Object.assign(page, { problems })
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Finding = { readonly id: string; readonly nodes: readonly { readonly html: string }[] }

/** What WCAG 2.2 A and AA, checked by axe-core, have against the page as it stands. */
export async function faults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => result.violations)`,
  )) as readonly Finding[]
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

/** By how many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
}
