import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserPath, findBrowser, hasChineseFont, launch } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

test('the browser opens a page, and a press of a button is felt', async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await page.setContent(`<button onclick="this.textContent = '已受理'">受理</button>`)
  await page.getByRole('button', { name: '受理' }).click()
  expect(await page.getByRole('button').textContent()).toBe('已受理')
  await page.close()
})

test('Chinese is drawn with glyphs of its own, not as boxes', async () => {
  expect(hasChineseFont()).toBe(true)
  const page = await browser.newPage()
  await page.setContent('<p style="font-size: 40px"></p>')
  const draw = async (text: string) => {
    await page.locator('p').evaluate((element, words) => (element.textContent = words), text)
    return (await page.locator('p').screenshot()).toString('base64')
  }
  expect(await draw('诺')).not.toBe(await draw('健'))
  await page.close()
})

test('a browser that was named and is not there is refused, never passed over', () => {
  expect(() => findBrowser({ CHROME_PATH: '/nowhere/chromium' })).toThrow(/CHROME_PATH=\/nowhere\/chromium/)
  expect(browserPath()).toBe(findBrowser())
})
