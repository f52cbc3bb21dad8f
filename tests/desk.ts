// A desk in the browser, as one person of the small city sits at it.
import { expect } from 'vitest'
import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Stage, Watched } from './page.ts'

const said = {
  line: 'communication',
  matter: 'difficulty',
  channel: 'web',
  title: '厂区供电不稳',
  body: '每周停电两次。',
  phone: '13900001234',
}

export function desks(stage: () => Stage) {
  const ask = (person: string | undefined, path: string, input?: unknown) =>
    input === undefined ? stage().server.ask(person, 'GET', path) : stage().server.ask(person, 'POST', path, { input })
  return {
    /** An appeal as somebody without an account raises it; its id. */
    raise: async (more: object = {}): Promise<string> => {
      const answer = await ask(undefined, '/api/records/appeal/raise', { ...said, ...more })
      expect(answer.status, answer.text).toBe(200)
      return (answer.body['done'] as { id: string }).id
    },
    /** A command on a record, of the appeals where nothing else is said, that must succeed. */
    give: async (person: string, id: string, name: string, input: unknown, kind = 'appeal'): Promise<void> => {
      const answer = await ask(person, `/api/records/${kind}/${id}/${name}`, input)
      expect(answer.status, answer.text).toBe(200)
    },
    show: async (person: string, kind: string, id: string) => (await ask(person, `/api/records/${kind}/${id}`)).body,
    ask,
    /** Opens a page of the desks and waits for its title. */
    open: async (person: string, path = '', options: BrowserContextOptions = {}): Promise<Watched> => {
      const page = await stage().open(person, options)
      await page.goto(`${stage().server.origin}/desk/${path}`)
      await page.locator('main h1:visible').first().waitFor()
      return page
    },
  }
}

export const dispatched = { unit: 'tax', line: 'communication', matter: 'difficulty', level: 'city' } as const

/** Finds a record in a form by typing, and takes the first that is found, all by keyboard. */
export async function find(page: Page, label: string, text: string): Promise<void> {
  const box = page.getByRole('form').getByRole('combobox', { name: label }).first()
  await box.fill(text)
  await page
    .locator('[role=listbox]:visible:not([aria-busy=true])')
    .getByRole('option')
    .first()
    .getByText(text)
    .waitFor()
  await box.press('Enter')
  await page.getByRole('form').getByRole('button', { name: /更改/ }).first().waitFor()
}
