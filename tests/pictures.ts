// The pictures in the README, taken of a running example city: npm run pictures -- http://localhost:8080
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { launch } from './browser.ts'
import { PHONE, WIDE } from './page.ts'

const [origin = 'http://localhost:8080'] = process.argv.slice(2)
const folder = join(import.meta.dirname, '..', 'docs', 'pictures')

const pictures = [
  { name: 'portal', viewport: PHONE, path: '/' },
  { name: 'figure', viewport: PHONE, path: '/figures/F01' },
  { name: 'handler', viewport: WIDE, who: 'handler-industry', path: '/desk/' },
  { name: 'supervisor', viewport: WIDE, who: 'supervisor', path: '/desk/' },
]

mkdirSync(folder, { recursive: true })
const browser = await launch()
try {
  for (const { name, viewport, who, path } of pictures) {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    if (who !== undefined) {
      const answer = await context.request.post(`${origin}/auth/demo`, {
        data: { person: who },
        headers: { 'sec-fetch-site': 'same-origin' },
      })
      if (!answer.ok()) throw new Error(`${who} could not sign in: ${answer.status()}`)
    }
    const page = await context.newPage()
    await page.goto(origin + path)
    await page.locator('main h1:visible').first().waitFor()
    await page.waitForTimeout(1500)
    await page.screenshot({ path: join(folder, `${name}.png`) })
    await context.close()
  }
} finally {
  await browser.close()
}
