// A person at a keyboard and nothing else: every key is counted, and whatever touches a pointer is found out.
import { expect } from 'vitest'
import type { Locator, Page } from 'playwright-core'

/** Seconds that a person of average practice takes for a key, and to think before each field (Card, Moran and Newell 1980). */
const KEY = 0.28
const THINK = 1.35
/** Keys for a Chinese sign, as input methods go: its letters, and the choice. */
const SIGN = 3
/** So many steps lead from one end of a page to the other; what is further away is not reached. */
const FAR = 120

export async function keyboard(page: Page) {
  let keys = 0
  let thoughts = 0
  await page.evaluate(() => {
    const told = window as unknown as { pointed: number }
    told.pointed = 0
    addEventListener('pointerdown', () => (told.pointed += 1), { capture: true })
  })
  const press = async (key: string) => {
    keys += 1
    await page.keyboard.press(key)
  }
  const isThere = (target: Locator) => target.evaluate((element) => element === document.activeElement)
  return {
    press,
    async type(text: string) {
      for (const sign of text) keys += /[\u4e00-\u9fff]/.test(sign) ? SIGN : 1
      await page.keyboard.type(text)
    },
    /** Goes there step by step, as one without a mouse must. */
    async to(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
      thoughts += 1
      await target.first().waitFor()
      for (let step = 0; step < FAR; step++) {
        if (await isThere(target.first())) return
        await press(key)
      }
      const at = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))
      expect.fail(`${String(target)} is not reached by ${key}; the focus is at ${at}`)
    },
    /** Chooses one of a group: one steps into it, and from one to the next by its arrows. */
    async choose(group: Locator, option: string) {
      thoughts += 1
      const wanted = group.getByRole('radio', { name: option, exact: true })
      await wanted.waitFor()
      const inside = () => group.evaluate((element) => element.contains(document.activeElement))
      for (let step = 0; step < FAR && !(await inside()); step++) await press('Tab')
      if (await isThere(wanted)) await press('Space')
      for (let step = 0; step < FAR && !(await wanted.isChecked()); step++) await press('ArrowDown')
      expect(await wanted.isChecked(), `${option} is chosen`).toBe(true)
    },
    /** Presses the key that a button on the page names. */
    async pressKeyOf(button: Locator) {
      thoughts += 1
      await press(await button.locator('kbd').innerText())
    },
    pointed: () => page.evaluate(() => (window as unknown as { pointed: number }).pointed),
    /** What it took, in keys and in seconds of a person. */
    taken: () => `${keys} keys, ${Math.round(keys * KEY + thoughts * THINK)} s`,
  }
}
